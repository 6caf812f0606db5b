import type { Instructions } from "../contract";
import type { Subject } from "./carryOut";
import type { Context } from "./context";
import { describe } from "./aws/errors";

/** Whether there is a probe of the user's that may hold up the script of a hook. */
export function hasProbe({ isBusy }: Context, { maxWait }: Instructions): boolean {
  return isBusy !== undefined && maxWait > 0;
}

/** How long a probe may take, ms; one that takes longer counts as busy. */
const probeTimeout = 10_000;

/** Asks the user's probe; one that fails or hangs counts as busy, which ends with maxWait. */
export async function probe(context: Context, { group, hook, instance }: Subject): Promise<boolean> {
  const { isBusy } = context;
  if (isBusy === undefined) return false;
  const query = { instanceId: instance, groupName: group, hookName: hook };
  // The callback is the user's: it may throw before it promises anything.
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
