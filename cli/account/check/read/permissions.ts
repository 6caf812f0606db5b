import { SimulatePrincipalPolicyCommand, type EvaluationResult } from "@aws-sdk/client-iam";
import { chunks, found, type Look, type Reads } from "./reads";

/** Requests that a role may have to make, all with the same condition keys. */
export interface Asked {
  readonly role: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** Values of condition keys. */
  readonly context: Readonly<Record<string, string>>;
}

/** A request that the role's policies do not allow. */
export interface Denial {
  readonly role: string;
  readonly action: string;
  readonly resource: string;
}

/** Resources in a call: the answer has a result for each action on each resource, and is cut off at 1,000. */
const resourcesAtOnce = 50;

/** Lets IAM evaluate requests of roles; requests on one resource by one role are made once. */
export async function readDenials(reads: Reads, asked: Asked): Promise<Look<readonly Denial[]>> {
  const { account, look } = reads;
  const { actions, context, resources, role } = asked;
  const answers = await Promise.all(
    chunks(resources, resourcesAtOnce).map((ResourceArns) =>
      look({
        what: "permissions of handlers and hooks",
        action: "iam:SimulatePrincipalPolicy",
        key: JSON.stringify([role, actions, context, ResourceArns]),
        make: () =>
          account.clients.iam.send(
            new SimulatePrincipalPolicyCommand({
              PolicySourceArn: role,
              ActionNames: [...actions],
              ResourceArns,
              ContextEntries: Object.entries(context).map(([ContextKeyName, value]) => ({
                ContextKeyName,
                ContextKeyValues: [value],
                ContextKeyType: "string",
              })),
              MaxItems: 1000,
            }),
          ),
      }),
    ),
  );
  if (answers.some(({ kind }) => kind === "missing")) return { kind: "missing" };
  if (answers.some(({ kind }) => kind === "unread")) return { kind: "unread" };
  const results = answers.flatMap((answer) => found(answer)?.EvaluationResults ?? []);
  return { kind: "found", value: results.flatMap((result) => denialsIn(role, result)) };
}

/** A result on several resources has a result for each of them. Source: IAM API, EvaluationResult. */
function denialsIn(role: string, result: EvaluationResult): Denial[] {
  const {
    EvalActionName: action = "",
    EvalDecision,
    EvalResourceName = "*",
    ResourceSpecificResults = [],
  } = result;
  const each =
    ResourceSpecificResults.length > 0
      ? ResourceSpecificResults.map(({ EvalResourceDecision, EvalResourceName: resource = "*" }) => ({
          resource,
          decision: EvalResourceDecision,
        }))
      : [{ resource: EvalResourceName, decision: EvalDecision }];
  return each
    .filter(({ decision }) => decision !== "allowed")
    .map(({ resource }) => ({ role, action, resource }));
}
