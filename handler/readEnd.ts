import { describe } from "./aws/errors";
import type { CommandEnd } from "./aws/commandEnd";
import type { Subject } from "./carryOut";
import type { Context } from "./context";
import { isOpenEnd } from "./deliberate";

/** Time between two looks at a command that is over though SSM does not show its end (yet), ms. */
const lookPause = 5_000;

/** Most looks of an event at a command; after them the sweep looks at it. */
const eventLooks = 3;

/** How a command ended on an instance; undefined if SSM does not say, for any reason. */
export async function readEnd(
  context: Context,
  { group, hook, instance, transition }: Subject,
  commandId: string,
): Promise<CommandEnd | undefined> {
  try {
    for (let looks = 1; ; looks += 1) {
      const end = await context.runCommand.end(commandId, instance);
      if (end && !isOpenEnd(end)) return end;
      if (looks >= eventLooks || context.clock.now() + lookPause > context.until) return undefined;
      await context.clock.sleep(lookPause);
    }
  } catch (error) {
    context.log.warn({
      message: `could not read how ${commandId} ended`,
      ...{ group, hook, instance, transition },
      error: describe(error),
    });
    return undefined;
  }
}
