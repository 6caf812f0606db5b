import type { Instructions } from "../contract";
import type { Subject } from "./carryOut";
import type { Context } from "./context";
import { describe } from "./aws/errors";

/** Whether the user has a probe that may hold up the script of a hook. */
export function hasProbe({ isBusy }: Context, { maxWait }: Instructions): boolean {
  return isBusy !== undefined && maxWait > 0;
}

/** How long a probe may take, ms; if it takes longer, the instance counts as busy. */
const probeTimeout = 10_000;

/** Asks the user's probe; if it fails or hangs, the instance counts as busy, which ends with maxWait. */
export async function probe(context: Context, { group, hook, instance }: Subject): Promise<boolean> {
  const { isBusy } = context;
  if (isBusy === undefined) return false;
  const query = { instanceId: instance, groupName: group, hookName: hook };
  // The user's callback may throw before it returns a promise.
  const ask = async () => Boolean(await isBusy(query));
  try {
    const answer = await context.clock.within(probeTimeout, ask());
    if (answer !== undefined) return answer;
    throw new Error(`no answer within ${probeTimeout / 1000} s`);
  } catch (error) {
    context.log.warn({
      message: "isBusy failed and counts as busy",
      group,
      hook,
      instance,
      error: describe(error),
    });
    return true;
  }
}
