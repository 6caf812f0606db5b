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
  const dues = await readDues(context, groups, reasons);
  await Promise.all(
    groups.map(async (group) => {
      try {
        await replaceOne(context, group, dues.get(group.name) ?? []);
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

/** The instances that are to be replaced, by their group. */
async function readDues(
  context: Context,
  groups: readonly Group[],
  reasons: readonly ReplaceOn[],
): Promise<ReadonlyMap<string, readonly Due[]>> {
  const groupOf = new Map(groups.flatMap(({ instances, name }) => instances.map(({ id }) => [id, name])));
  const found = new Map<string, Due[]>();
  const add = (due: Due) => {
    const group = groupOf.get(due.instance);
    if (group !== undefined) found.set(group, [...(found.get(group) ?? []), due]);
  };
  if (groupOf.size === 0) return found;
  if (reasons.includes("retirement"))
    for (const [instance, at] of await readRetirements(context, groupOf))
      add({ instance, reason: "retirement", at });
  if (reasons.includes("rebalance")) {
    for (const [instance, value] of await context.ec2.marks()) {
      const at = openMark(context, groupOf.get(instance) ?? "", instance, value);
      if (at !== undefined) add({ instance, reason: "rebalance", at });
    }
  }
  return found;
}

/**
 * Retirements of the groups' instances: once an hour, and at every look as long as any is left. A process that remembers
 * nothing looks at once.
 */
async function readRetirements(
  { clock, ec2, memory }: Context,
  groupOf: ReadonlyMap<string, string>,
): Promise<readonly (readonly [string, number])[]> {
  const now = clock.now();
  if (memory.retirementsReadAt !== undefined && now - memory.retirementsReadAt < readEvery) return [];
  const own = [...(await ec2.retirements())].filter(([instance]) => groupOf.has(instance));
  memory.retirementsReadAt = own.length > 0 ? undefined : now;
  return own;
}
