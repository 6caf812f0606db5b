import { ReplaceOn } from "../../contract";
import type { Group } from "../aws/autoScaling";
import { isOutOfTime } from "../aws/errors";
import { logFailure } from "../carryOut";
import type { Context } from "../context";
import { servedHooks } from "../servedHook";
import { choose, type Due } from "./choose";
import { openMark } from "./mark";

/** How often sweeps ask EC2 for retirements as long as none is left to do, ms: they are announced days ahead. */
const readEvery = 3600_000;

/**
 * Replaces instances that EC2 is going to end: in each group one instance, and only if the group is whole. The sweeps
 * replace the rest, as they see again what is left.
 * @param reasons - What to look for; a sweep looks for everything that the handler was told to look for
 */
export async function replaceInstances(
  context: Context,
  groups: readonly Group[],
  reasons: readonly ReplaceOn[] = [...context.replaceOn],
): Promise<void> {
  const groupOf = new Map(groups.flatMap(({ instances, name }) => instances.map(({ id }) => [id, name])));
  if (groupOf.size === 0) return;
  const found = await Promise.all(reasons.map((reason) => readDues(context, groupOf, reason)));
  const dues = found.flat();
  await Promise.all(
    groups.map(async (group) => {
      try {
        await replaceOne(context, group, dues);
      } catch (error) {
        if (!isOutOfTime(error)) logFailure(context, error, { group: group.name });
      }
    }),
  );
}

async function replaceOne(context: Context, group: Group, dues: readonly Due[]): Promise<void> {
  const { autoScaling, clock, handler, log } = context;
  const choice = choose(group, dues, clock.now());
  if (choice.kind === "none") return;
  if (choice.kind === "wait") {
    log.info({ message: `replacing none: ${choice.why}`, group: group.name });
    return;
  }
  const { instance, reason } = choice.due;
  const hooks = servedHooks(handler, group.name, await autoScaling.hooks(group.name), log);
  if (!hooks.some(({ transition }) => transition === "terminate")) {
    log.warn({
      message: "replacing none: the group has no terminate hook of this handler",
      group: group.name,
    });
    return;
  }
  const isNew = await autoScaling.replace(instance);
  log.info({
    message: isNew ? `replacing: ${sentences[reason]}` : "replacing none: the instance is on its way already",
    group: group.name,
    instance,
    ...(isNew ? { code: reason } : {}),
  });
}

const sentences: Readonly<Record<ReplaceOn, string>> = {
  retirement: "EC2 is going to retire or to stop the instance",
  rebalance: "EC2 recommends to rebalance the Spot instance",
};

/** Instances that are to be replaced for a reason; there may be instances of other groups among them. */
async function readDues(
  context: Context,
  groupOf: ReadonlyMap<string, string>,
  reason: ReplaceOn,
): Promise<readonly Due[]> {
  const found = await readers[reason](context, groupOf);
  return [...found].map(([instance, at]) => ({ instance, reason, at }));
}

const readers: Readonly<
  Record<
    ReplaceOn,
    (context: Context, groupOf: ReadonlyMap<string, string>) => Promise<ReadonlyMap<string, number>>
  >
> = { retirement: readRetirements, rebalance: readRecommendations };

/**
 * Reads the retirements once an hour, and at every look as long as one of the groups' instances has one. A process that
 * remembers nothing looks at once.
 */
async function readRetirements(
  { clock, ec2, memory }: Context,
  groupOf: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, number>> {
  const now = clock.now();
  if (now - (memory.retirementsReadAt ?? -Infinity) < readEvery) return new Map();
  const found = await ec2.retirements();
  memory.retirementsReadAt = [...found.keys()].some((instance) => groupOf.has(instance)) ? undefined : now;
  return found;
}

/** Reads which of the groups' instances this handler has marked. */
async function readRecommendations(
  context: Context,
  groupOf: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, number>> {
  const marks = await context.ec2.marks();
  const found = new Map<string, number>();
  for (const [instance, group] of groupOf) {
    const mark = marks.get(instance);
    const at = mark === undefined ? undefined : openMark(context, group, instance, mark);
    if (at !== undefined) found.set(instance, at);
  }
  return found;
}
