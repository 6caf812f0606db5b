import { comesFromAws, describe } from "./aws/errors";
import type { Context } from "./context";
import { hasWaiting, reconcile } from "./reconcile";

/** Looks at all groups of this handler; one call if nothing waits. */
export async function sweep(context: Context): Promise<void> {
  const now = context.clock.now();
  // Who remembers no sweep may have missed any number of them: a heartbeat too many is better than one too few.
  const previousLook = context.memory.lastSweep ?? 0;
  const groups = (await context.autoScaling.groups(context.handler)).filter(hasWaiting);
  // Only now: a sweep that AWS failed has not looked.
  context.memory.lastSweep = now;
  for (const group of groups) {
    try {
      await reconcile(context, group, { previousLook });
    } catch (error) {
      if (!comesFromAws(error)) throw error;
      context.log.error({
        message: "a group could not be looked at; the next sweep tries again",
        group: group.name,
        error: describe(error),
      });
    }
  }
}
