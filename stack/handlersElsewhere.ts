import { isUnknown } from "../evaluate/engine";
import { isFields } from "../contract";
import type { Account } from "../evaluate/provider";
import type { Registration } from "../evaluate/registration";

/** Names of a handler, as a group or a lifecycle of another stack gets them. */
export interface HandlerNames {
  readonly name: string;
  readonly topicArn: string;
  readonly notificationRoleArn: string;
  readonly functionRoleName: string;
}

/** Handlers that the components of a program name and that the program does not make. */
export function handlersElsewhere(registrations: readonly Registration[]): readonly HandlerNames[] {
  const functions = registrations
    .filter(({ type }) => type === "aws:lambda/function:Function")
    .map(({ state }) => state["name"]);
  const named = registrations
    .filter(({ type }) => type.startsWith("graceful-asg:index:"))
    .flatMap(({ inputs }) => handlerOf(inputs["handler"]) ?? [])
    .filter(({ name }) => !functions.includes(name));
  return [...new Map(named.map((handler) => [handler.name, handler])).values()];
}

/**
 * Registers the resources of a handler in another stack: a handler as this version makes it, under that handler's
 * names.
 * @param record records a handler of its own in an account and a Region
 */
export async function registerElsewhere(
  handler: HandlerNames,
  record: (
    account: Account,
  ) => Promise<{ readonly registrations: readonly Registration[]; readonly result: HandlerNames }>,
): Promise<readonly Registration[]> {
  const [, partition = "aws", , region = "us-east-1", id = "123456789012"] = handler.topicArn.split(":");
  const { registrations, result } = await record({ id, region, partition });
  return renamed(registrations, [
    [result.topicArn, handler.topicArn],
    [result.notificationRoleArn, handler.notificationRoleArn],
    [result.functionRoleName, handler.functionRoleName],
    [result.name, handler.name],
  ]);
}

/** Moves resources to the account of a handler: where a program is rehearsed, its own account is made up. */
export function inAccountOf(
  { topicArn }: HandlerNames,
  registrations: readonly Registration[],
  account: Account,
): readonly Registration[] {
  const [, , , , id = account.id] = topicArn.split(":");
  return renamed(registrations, [[account.id, id]]);
}

/** Resources with some names replaced, in texts as well. */
function renamed(
  registrations: readonly Registration[],
  names: readonly (readonly [from: string, to: string])[],
): readonly Registration[] {
  const rename = (value: unknown): unknown => {
    if (typeof value === "string")
      return names.reduce((text, [from, to]) => text.replaceAll(from, to), value);
    if (Array.isArray(value)) return value.map(rename);
    if (!isFields(value) || isUnknown(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, rename(one)]));
  };
  return registrations.map((one) => ({
    ...one,
    inputs: fieldsOf(rename(one.inputs)),
    state: fieldsOf(rename(one.state)),
  }));
}

function handlerOf(handler: unknown): HandlerNames | undefined {
  if (!isFields(handler)) return undefined;
  const { functionRoleName, name, notificationRoleArn, topicArn } = handler;
  return typeof name === "string" &&
    typeof topicArn === "string" &&
    typeof notificationRoleArn === "string" &&
    typeof functionRoleName === "string"
    ? { name, topicArn, notificationRoleArn, functionRoleName }
    : undefined;
}

function fieldsOf(value: unknown): Registration["inputs"] {
  return isFields(value) ? value : {};
}
