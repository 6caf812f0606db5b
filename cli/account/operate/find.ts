import { createAutoScaling, type AutoScaling } from "../../../handler/aws/autoScaling";
import { transitionsOf } from "../../../handler/servedHook";
import type { Transition } from "../../../contract";
import { AccountError } from "../../accountError";
import type { Account } from "../account";
import { translated } from "../aws/errors";
import { isOwn, readHooks, type OwnHook } from "../hooks";

/** An instance of a group, and the hooks at which its lifecycle state lets it wait. */
export interface FoundInstance {
  readonly instance: string;
  readonly group: string;
  readonly lifecycleState: string;
  readonly hooks: readonly OwnHook[];
  /** Names of hooks that no handler of ours serves. */
  readonly foreign: readonly string[];
}

/** Auto Scaling as an operator calls it; the SDK tries again what AWS throttles. */
export function autoScalingOf({ clients }: Account): AutoScaling {
  return createAutoScaling(clients.autoScaling, (_, send) => translated(send));
}

/**
 * Finds an instance in its group.
 * @param may lifecycle states of which the command makes sense
 * @throws AccountError for an instance of no group, or in another state
 */
export async function findInstance(
  account: Account,
  instance: string,
  may: (found: Pick<FoundInstance, "lifecycleState">) => boolean,
  verb: string,
): Promise<FoundInstance> {
  const autoScaling = autoScalingOf(account);
  const found = (await autoScaling.describe([instance])).get(instance);
  if (found === undefined)
    throw new AccountError(
      `INSTANCE is ${instance}, but no Auto Scaling group in ${account.region} has that instance. Check the id, --region and the account; graceful-asg explain tells of instances that are gone.`,
    );
  const { group, lifecycleState } = found;
  if (!may(found))
    throw new AccountError(
      `INSTANCE is ${instance}, which is ${lifecycleState} in ${group}: there is nothing to ${verb}. graceful-asg status lists the instances that wait.`,
    );
  const waited: readonly Transition[] = isRetained(found) ? ["terminate"] : transitionsOf(lifecycleState);
  const all = await translated(() => readHooks(account, group));
  const hooks = all.filter(({ transition }) => transition !== undefined && waited.includes(transition));
  const own = hooks.filter(isOwn);
  const foreign = hooks.filter((one) => !isOwn(one)).map(({ name }) => name);
  return { instance, group, lifecycleState, hooks: own, foreign };
}

/** The hooks of ours at which an instance waits. @throws AccountError if there are none */
export function ownHooksOf(
  { foreign, group, hooks, instance }: FoundInstance,
  verb: string,
): readonly OwnHook[] {
  if (hooks.length > 0) return hooks;
  const named = foreign.length === 0 ? "has no hook" : `waits at ${foreign.join(", ")}`;
  throw new AccountError(
    `INSTANCE is ${instance}, which ${named} of ${group}; no handler of graceful-asg serves it. Use aws autoscaling to ${verb} it.`,
  );
}

/** Whether an instance is kept for inspection after its termination was abandoned. */
export function isRetained({ lifecycleState }: Pick<FoundInstance, "lifecycleState">): boolean {
  return lifecycleState.endsWith(":Retained");
}
