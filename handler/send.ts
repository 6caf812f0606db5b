import { budgetOf, type DocumentParameters, type Route, type RouteParameters } from "../contract";
import { maxGlobalTimeout } from "../timing";
import { describe } from "./aws/errors";
import type { Sent, Taken } from "./aws/refusal";
import type { Context } from "./context";
import { recall } from "./memory";
import type { ServedHook } from "./servedHook";
import type { Command } from "./situation";
import { tellStarted } from "./tell";
import type { CommandParameters } from "./trigger";

/** An instance on which the document of a hook is to be run. Instants are milliseconds since 1970. */
export interface DocumentTarget {
  readonly instance: string;
  /** Token of the action, where an event named it. */
  readonly token: string | undefined;
  /** When the wait began. */
  readonly since: number;
  /** When the action began at the earliest; undefined if that is not known. */
  readonly actionSince?: number | undefined;
  /** Whether the hook has yet to fire. Defaults to false. */
  readonly early?: boolean;
  /** Whether the instance's metadata service does not tell that the instance is on its way. Defaults to false. */
  readonly isUntold?: boolean;
  /** Where the instance comes from and goes to. Defaults to not known. */
  readonly route?: Route;
  /** Whether no command was sent for the action before, as far as is known. Defaults to false. */
  readonly isFirst?: boolean;
}

/** Gets the instances that SSM refuses, and the cause, as soon as SSM has refused them. */
export type OnRefused = (instances: readonly string[], cause: string) => Promise<void> | void;

/** Most instances that SendCommand takes. */
export const sentAtOnce = 50;

/**
 * Sends the document of a hook to instances, up to 50 with a call. If SSM refuses instances, sends it again to the
 * rest. Logs other failures: the next sweep tries again.
 * @param onRefused is called before the document is sent to the rest, for which there may be no time in the invocation
 */
export async function sendDocument(
  context: Context,
  hook: ServedHook,
  targets: readonly DocumentTarget[],
  onRefused: OnRefused,
): Promise<void> {
  // The event of a command comes when it has ended on all of its instances: too late to pass a turn on.
  const size = hook.instructions.drain === undefined ? sentAtOnce : 1;
  const batches = alike(hook, targets)
    .flatMap((some) => inBatches(some, size))
    .map((batch) => sendBatch({ context, hook, onRefused, isRest: false }, batch));
  await Promise.all(batches);
}

/** The instances that one command can serve, as its parameters are the same for all of its instances. */
function alike(hook: ServedHook, targets: readonly DocumentTarget[]): (readonly DocumentTarget[])[] {
  const groups = new Map<string, DocumentTarget[]>();
  for (const target of targets) {
    const key = JSON.stringify([target.isUntold ?? false, routeParameters(hook, target.route)]);
    groups.set(key, [...(groups.get(key) ?? []), target]);
  }
  return [...groups.values()];
}

/** What a batch is part of. */
interface Sending {
  readonly context: Context;
  readonly hook: ServedHook;
  readonly onRefused: OnRefused;
  /** Whether it is the rest of a batch of which SSM refused some instances. */
  readonly isRest: boolean;
}

function inBatches(targets: readonly DocumentTarget[], size: number): (readonly DocumentTarget[])[] {
  const count = Math.ceil(targets.length / size);
  return Array.from({ length: count }, (_, index) => targets.slice(index * size, (index + 1) * size));
}

/** Sends the document of a hook to one instance. Logs failures other than a refusal: the next sweep tries again. */
export function sendToOne(context: Context, hook: ServedHook, target: DocumentTarget): Promise<Sent> {
  return sendCommand(context, hook, [target]);
}

async function sendBatch(sending: Sending, targets: readonly DocumentTarget[]): Promise<void> {
  if (targets.length === 0) return;
  const sent = await sendCommand(sending.context, sending.hook, targets);
  if (sent.kind === "refused") await sendWithout(sending, targets, sent);
}

/** Makes the call, and logs the answer unless it is a refusal. */
async function sendCommand(
  context: Context,
  hook: ServedHook,
  targets: readonly DocumentTarget[],
): Promise<Sent> {
  const { delivery, document, scriptLogGroup } = hook.instructions;
  const instances = targets.map(({ instance }) => instance);
  const parameters = parametersFor(context, hook, targets);
  const send = (route: Partial<RouteParameters>) =>
    context.runCommand.send({
      document,
      instances,
      parameters: { ...parameters, ...route },
      delivery,
      budget: budgetOf(hook.instructions),
      early: targets.some((target) => target.early),
      logGroup: scriptLogGroup,
    });
  const route = routeParameters(hook, targets[0]?.route);
  const first = await send(route);
  // A deployment that takes the warm pool away changes the document before the hook.
  const isUnknown =
    first.kind === "refused" && first.isUnknownParameter === true && Object.keys(route).length > 0;
  const sent = isUnknown ? await send({}) : first;
  const subject = { group: hook.group, hook: hook.name, transition: hook.transition };
  switch (sent.kind) {
    case "sent":
      rememberSent(context, hook, instances, sent);
      context.log.info({
        message: `sent ${document} as ${sent.commandId} to ${instances.join(", ")}`,
        ...subject,
      });
      for (const { instance, isFirst } of targets)
        if (isFirst) tellStarted(context, { ...subject, instance }, { document, commandId: sent.commandId });
      return sent;
    case "failed":
      context.log.error({
        message: `could not send ${document} to ${instances.join(", ")}; the next sweep tries again`,
        ...subject,
        error: sent.error,
      });
      return sent;
    case "refused":
      return sent;
  }
}

function rememberSent(
  { memory }: Context,
  { group, instructions, name }: ServedHook,
  instances: readonly string[],
  { commandId, requestedAt }: Taken,
): void {
  const sent: Command = { id: commandId, requestedAt, status: "pending", budget: budgetOf(instructions) };
  for (const instance of instances)
    Object.assign(recall(memory, { group, hook: name, instance }), { sent, refusedSince: undefined });
}

/**
 * Sends again without the instances at fault; where AWS does not name them, we ask SSM. AWS may name one instance at a
 * time: we send a rest that is refused again by halves, side by side, so that many refused instances do not hold up the
 * rest for long.
 */
async function sendWithout(
  sending: Sending,
  targets: readonly DocumentTarget[],
  refused: Sent & { readonly kind: "refused" },
): Promise<void> {
  const all = targets.map(({ instance }) => instance);
  if (targets.length === 1 || refused.whole) {
    await sending.onRefused(all, refused.cause);
    return;
  }
  const named =
    refused.instances.length > 0 ? refused.instances : await unknownTo(sending.context, all, refused);
  const rest = targets.filter(({ instance }) => !named.includes(instance));
  const parts = named.length > 0 && !sending.isRest ? [rest] : halvesOf(rest);
  await Promise.all([
    named.length > 0 ? sending.onRefused(named, refused.cause) : undefined,
    ...parts.map((part) => sendBatch({ ...sending, isRest: true }, part)),
  ]);
}

function halvesOf(targets: readonly DocumentTarget[]): readonly (readonly DocumentTarget[])[] {
  const half = Math.ceil(targets.length / 2);
  return [targets.slice(0, half), targets.slice(half)];
}

/** Instances whose agents SSM does not know; one call tells that of all instances. */
async function unknownTo(
  { runCommand }: Context,
  instances: readonly string[],
  { isUnknown }: Sent & { readonly kind: "refused" },
): Promise<readonly string[]> {
  if (!isUnknown) return [];
  const machines = await runCommand.machines(instances);
  return instances.filter((id) => machines.get(id) !== "there");
}

/** The parameters of a batch name no instance and no action: a batch has several. */
function parametersFor(
  context: Context,
  hook: ServedHook,
  targets: readonly DocumentTarget[],
): DocumentParameters {
  const { group, instructions, name, transition } = hook;
  const only = targets.length === 1 ? targets[0] : undefined;
  const { instance, token } = only ?? {};
  const now = context.clock.now();
  const since = Math.min(...targets.map((target) => target.since));
  return {
    group,
    groupBase64: Buffer.from(group).toString("base64"),
    hook: name,
    action: instance && token ? context.seal.close(token, { group, hook: name, instance }) : "",
    instance: instance ?? "",
    transition,
    onFailure: instructions.onFailure,
    sent: toSeconds(now),
    since: sinceParameter(targets),
    // A probe has had its share of the wait already; sessions get the rest.
    sessionWait: context.isBusy
      ? String(Math.ceil(Math.max(0, since + instructions.maxWait * 1000 - now) / 1000))
      : "",
    meant: targets.every(({ isUntold }) => isUntold) ? "yes" : "",
  };
}

/** What a document that knows of routes is told about them. */
function routeParameters({ instructions }: ServedHook, route: Route | undefined): Partial<RouteParameters> {
  if (instructions.inWarmPool === undefined) return {};
  return { origin: route?.origin ?? "", destination: route?.destination ?? "" };
}

/** From when on a run belongs to the action, if that is known of all instances. */
export function sinceParameter(targets: readonly Pick<DocumentTarget, "actionSince">[]): string {
  const earliest = Math.min(...targets.map(({ actionSince = NaN }) => actionSince));
  return Number.isNaN(earliest) ? "" : toSeconds(earliest - clockTolerance);
}

/**
 * When an action began, as the parameters of its command tell, to a second; undefined if they do not tell, or tell of an
 * instant at which no action can have begun that is open now.
 */
export function actionSinceOf({ since }: CommandParameters, now: number): number | undefined {
  const began = since ? Number(since) * 1000 + clockTolerance : NaN;
  return began <= now && began >= now - maxGlobalTimeout * 1000 ? began : undefined;
}

/** How far the clocks of Lambda and Auto Scaling may be apart, ms. */
export const clockTolerance = 15_000;

/** An instant as a parameter holds it. */
export function toSeconds(instant: number): string {
  return String(Math.floor(instant / 1000));
}

/** Cancels a command; if that fails, the guard on the instance still keeps the script from running twice. */
export async function cancelCommand(context: Context, commandId: string, instance: string): Promise<void> {
  try {
    await context.runCommand.cancel(commandId, instance);
  } catch (error) {
    context.log.warn({ message: `could not cancel ${commandId}`, instance, error: describe(error) });
  }
}
