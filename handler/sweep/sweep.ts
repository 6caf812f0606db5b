import pLimit from "p-limit";
import type { Group, Instance } from "../aws/autoScaling";
import { OutOfTime, describe, isOutOfTime } from "../aws/errors";
import { logFailure } from "../carryOut";
import type { Context } from "../context";
import { answerLife } from "../busy/protection";
import { forgetAnnounced, forgetAnswers, forgetOthers, placeOf } from "../memory";
import { replaceInstances } from "../replace";
import { isAtHook } from "../servedHook";
import { announce, isChosen } from "./announce";
import { tendBusy } from "./busy";
import { withPool } from "./pool";
import { reconcile, startInTurn } from "./reconcile";

/** Groups that are looked at side by side. */
const sideBySide = 20;

/** Share of a sweep's time after which it looks at no further group, so that it starts scripts in the rest. */
const lookingShare = 0.6;

/**
 * Looks at all groups of this handler; one call if nothing waits. Heartbeats and completions of all groups cannot wait
 * and come first, then the sweep starts scripts. If its time does not suffice, the next sweep begins where this sweep
 * stopped.
 */
export async function sweep(context: Context): Promise<void> {
  const { clock, memory, until } = context;
  const began = clock.now();
  const limit = pLimit(sideBySide);
  const listed = await context.autoScaling.groups(context.handler);
  const { groups, late: unread } = await withPools(context, listed, limit);
  remember(context, groups);
  const waiting = inTurn(
    groups.filter(({ instances }) => instances.some(isAtHook)),
    memory.next,
  );
  const lookUntil = began + (until - began) * lookingShare;

  const replacing = replace(context, listed);
  const looks = await Promise.all(
    waiting.map((group) =>
      limit(() =>
        guarded(context, group.name, async () => {
          if (clock.now() > lookUntil) throw new OutOfTime();
          const due = await reconcile(context, group, { isSweep: true });
          memory.groups.set(group.name, began);
          return due;
        }),
      ),
    ),
  );
  // Nothing waits for what these find out, so they come after the looks, beside the scripts that are started.
  const tends = Promise.all(
    groups.map((group) => limit(() => guarded(context, group.name, () => tendBusy(context, group)))),
  );
  const due = looks.flatMap((one) => (one.kind === "done" ? one.result : []));
  // Apart from the limit of the starts, which wait for none of these.
  const announcing = pLimit(sideBySide);
  const announcements = Promise.all(
    groups.map((group) =>
      announcing(() => guarded(context, group.name, () => announce(context, group, due))),
    ),
  );
  const starts = await Promise.all(
    due.map((one) => limit(() => guarded(context, one.hook.group, () => startInTurn(context, one)))),
  );

  await replacing;
  await tends;
  await announcements;
  const late = new Set(
    [...unread, ...looks, ...starts].filter(({ kind }) => kind === "late").map(({ group }) => group),
  );
  memory.next = waiting.find(({ name }) => late.has(name))?.name;
  if (late.size > 0) {
    context.log.warn({
      message: `the time of this sweep is over; the next one goes on with ${late.size} of ${waiting.length} groups`,
    });
  }
}

/**
 * Replaces instances that AWS is going to end, beside everything else, as long as the sweep's picture of the groups is
 * fresh. A failure affects nothing else, and the next sweep tries again.
 * @param groups - As they are listed: an instance of a warm pool serves nobody, and Auto Scaling replaces none there
 */
async function replace(context: Context, groups: readonly Group[]): Promise<void> {
  try {
    await replaceInstances(context, groups);
  } catch (error) {
    if (isOutOfTime(error)) return;
    context.log.error({
      message: "looking for instances to replace failed; the next sweep tries again",
      error: describe(error),
    });
  }
}

/** Reads the warm pools of groups, side by side. A group whose pool cannot be read is looked at without the pool. */
async function withPools(
  context: Context,
  listed: readonly Group[],
  limit: ReturnType<typeof pLimit>,
): Promise<{ readonly groups: readonly Group[]; readonly late: readonly Step<Group>[] }> {
  const read = await Promise.all(
    listed.map(async (group) => {
      const step = await limit(() => guarded(context, group.name, () => withPool(context, group)));
      return { step, group: step.kind === "done" ? step.result : group };
    }),
  );
  return { groups: read.map(({ group }) => group), late: read.map(({ step }) => step) };
}

/** How a step for one group ended: it is done, the sweep ran out of time first, or it failed. */
type Step<Result> = { readonly group: string } & (
  { readonly kind: "done"; readonly result: Result } | { readonly kind: "late" | "failed" }
);

/** Runs a step for one group. A failure, of AWS or of the handler itself, is logged and affects no other group. */
async function guarded<Result>(
  context: Context,
  group: string,
  step: () => Promise<Result>,
): Promise<Step<Result>> {
  try {
    return { group, kind: "done", result: await step() };
  } catch (error) {
    if (isOutOfTime(error)) return { group, kind: "late" };
    logFailure(context, error, { group });
    return { group, kind: "failed" };
  }
}

/** Forgets instances that do not wait any more, and notes the groups where nothing waits, as nothing was sent there. */
function remember({ clock, memory }: Context, groups: readonly Group[]): void {
  const now = clock.now();
  const waiting = new Set<string>();
  for (const group of groups) {
    const own = group.instances.filter(isAtHook);
    if (own.length === 0 && !group.hasUnreadPool) memory.groups.set(group.name, now);
    for (const { id } of own) waiting.add(placeOf({ group: group.name, instance: id }));
  }
  forgetOthers(memory, waiting);
  forgetAnnounced(memory, new Set([...waiting, ...placesOf(groups, isChosen)]));
  // An answer that is left out here would count no more; one that is just too old still says that it is.
  forgetAnswers(memory, now - 2 * answerLife);
}

function placesOf(groups: readonly Group[], has: (instance: Instance) => boolean): string[] {
  return groups.flatMap(({ instances, name }) =>
    instances.filter(has).map(({ id }) => placeOf({ group: name, instance: id })),
  );
}

/** The groups in the order in which they are looked at: from where the last sweep stopped. */
function inTurn(groups: readonly Group[], next: string | undefined): readonly Group[] {
  const first = Math.max(
    0,
    groups.findIndex(({ name }) => name === next),
  );
  return [...groups.slice(first), ...groups.slice(0, first)];
}
