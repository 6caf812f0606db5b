import { ReplaceOn } from "../../contract";
import type { Context } from "../context";
import type { Rebalance, Retirement } from "../trigger";
import { closeMark } from "./mark";
import { replaceInstances } from "./replace";

/**
 * AWS Health announces retirements. The event only says that it is time to look: what EC2 itself says of the instances
 * decides, so an event that is forged, repeated or late ends no instance.
 */
export async function onRetirement(context: Context, { instances }: Retirement): Promise<void> {
  if (!context.replaceOn.has(ReplaceOn.Retirement)) {
    ignore(context, "retirement");
    return;
  }
  const groups = await context.autoScaling.groups(context.handler);
  const named = new Set(instances);
  const own = groups.filter((group) => group.instances.some(({ id }) => named.has(id)));
  if (own.length === 0) {
    context.log.info({ message: "ignored: the retirement is of no instance of this handler's groups" });
    return;
  }
  // The next sweep asks EC2 again: EC2 may list the retirements later than Health announces them.
  context.memory.retirementsReadAt = undefined;
  await replaceInstances(context, own, [ReplaceOn.Retirement]);
}

/**
 * EC2 recommends to rebalance. A burst of recommendations concerns many instances of a group, each by an event of its
 * own, which all come at once; so the event only marks its instance, and the sweeps replace the marked instances one
 * after the other.
 */
export async function onRebalance(context: Context, { instance }: Rebalance): Promise<void> {
  if (!context.replaceOn.has(ReplaceOn.Rebalance)) {
    ignore(context, "rebalance");
    return;
  }
  const groups = await context.autoScaling.groups(context.handler);
  const group = groups.find(({ instances }) => instances.some(({ id }) => id === instance));
  if (group === undefined) {
    context.log.info({ message: "ignored: the Spot instance is in no group of this handler", instance });
    return;
  }
  if (group.capacity?.rebalances === true) {
    context.log.info({
      message: "ignored: Auto Scaling itself replaces the instance",
      group: group.name,
      instance,
    });
    return;
  }
  await context.ec2.mark(instance, closeMark(context, group.name, instance));
  context.log.info({
    message: "EC2 recommends to rebalance: marked for a sweep",
    group: group.name,
    instance,
  });
}

function ignore({ log }: Context, reason: string): void {
  log.info({ message: `ignored: this handler replaces no instance at a ${reason}` });
}
