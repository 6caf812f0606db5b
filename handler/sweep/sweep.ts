import pLimit from "p-limit";
import type { Group } from "../aws/autoScaling";
import { isOutOfTime } from "../aws/errors";
import { logFailure } from "../carryOut";
import type { Context } from "../context";
import { forgetOthers, placeOf } from "../memory";
import { isAtHook } from "../servedHook";
import { reconcile } from "./reconcile";
import { start, type Due } from "./start";

/** Groups that are looked at side by side. */
const sideBySide = 20;

/** Share of a sweep's time after which no further group is looked at, so that scripts are started in the rest. */
const lookingShare = 0.6;

/**
 * Looks at all groups of this handler; one call if nothing waits. What cannot wait comes first: heartbeats and completions of
 * all groups, then scripts are started. Where the time does not suffice, the next sweep begins where this one stopped.
 */
export async function sweep(context: Context): Promise<void> {
  const { clock, memory, until } = context;
  const began = clock.now();
  const groups = await context.autoScaling.groups(context.handler);
  remember(context, groups);
  const waiting = inTurn(
    groups.filter(({ instances }) => instances.some(isAtHook)),
    memory.next,
  );
  const lookUntil = began + (until - began) * lookingShare;
  const late = new Set<string>();
  const limit = pLimit(sideBySide);
  const side = <T>(group: string, step: () => Promise<T>) => limit(() => guarded(context, group, late, step));

  const due: Due[] = [];
  await Promise.all(
    waiting.map((group) =>
      side(group.name, async () => {
        if (clock.now() > lookUntil) {
          late.add(group.name);
          return;
        }
        due.push(...(await reconcile(context, group, { isSweep: true })));
        memory.groups.set(group.name, began);
      }),
    ),
  );
  await Promise.all(due.map((one) => side(one.hook.group, () => start(context, one))));

  memory.next = waiting.find(({ name }) => late.has(name))?.name;
  if (late.size > 0) {
    context.log.warn({
      message: `the time of this sweep is over; the next one goes on with ${late.size} of ${waiting.length} groups`,
    });
  }
}

/** Does something for one group. Its failure, AWS's or the handler's own, is logged, and stays its own. */
async function guarded(
  context: Context,
  group: string,
  late: Set<string>,
  step: () => Promise<unknown>,
): Promise<void> {
  try {
    await step();
  } catch (error) {
    if (isOutOfTime(error)) late.add(group);
    else logFailure(context, error, { group });
  }
}

/** What does not wait any more is forgotten; of groups where nothing waits it is known that nothing was sent. */
function remember({ clock, memory }: Context, groups: readonly Group[]): void {
  const now = clock.now();
  const waiting = new Set<string>();
  for (const group of groups) {
    const own = group.instances.filter(isAtHook);
    if (own.length === 0) memory.groups.set(group.name, now);
    for (const { id } of own) waiting.add(placeOf({ group: group.name, instance: id }));
  }
  forgetOthers(memory, waiting);
}

/** The groups in the order in which they are looked at: from where the last sweep stopped. */
function inTurn(groups: readonly Group[], next: string | undefined): readonly Group[] {
  const first = Math.max(
    0,
    groups.findIndex(({ name }) => name === next),
  );
  return [...groups.slice(first), ...groups.slice(0, first)];
}
