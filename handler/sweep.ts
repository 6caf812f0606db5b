import { sweepInterval } from "../timing";
import { comesFromAws, describe } from "./aws/errors";
import type { Context } from "./context";
import { hasWaiting, reconcile } from "./reconcile";

/** What was not looked at for so long does not wait any more, ms. */
const forgottenAfter = 10 * sweepInterval * 1000;

/** Looks at all groups of this handler; one call if nothing waits. */
export async function sweep(context: Context): Promise<void> {
  const groups = (await context.autoScaling.groups(context.handler)).filter(hasWaiting);
  for (const group of groups) {
    try {
      await reconcile(context, group, { isSweep: true });
    } catch (error) {
      if (!comesFromAws(error)) throw error;
      context.log.error({
        message: "a group could not be looked at; the next sweep tries again",
        group: group.name,
        error: describe(error),
      });
    }
  }
  const { looks } = context.memory;
  for (const [action, at] of looks) if (context.clock.now() - at > forgottenAfter) looks.delete(action);
}
