import { interruptionNotice, scaleInTime } from "../../timing";
import type { Finding } from "../finding";
import { stackPolicy } from "../rule";
import { seconds } from "../schema";
import { groupsOf, hooksAt, longestDeregistration, type Group } from "../stack/group";
import { functionsOf, functionsWarnedOfInterruption } from "../stack/handlers";
import { heartbeatTimeoutOf, scheduleOf, type Hook } from "../stack/hook";
import { longest, parts } from "../stack/parts";
import type { Resources } from "../stack/resource";
import { hasSpotInstances } from "../stack/spot";
import { notYetKnown } from "../stack/value";

/** A Spot instance can finish its work between EC2's interruption warning and the interruption. */
export const spotDrainFitsInterruptionNotice = stackPolicy({
  name: "spot-drain-fits-interruption-notice",
  what: "Spot instances drain between EC2's interruption warning and their end.",
  why: "EC2 interrupts them two minutes after the warning, whatever a lifecycle hook says; work that takes longer is cut off.",
  severity: "high",
  enforcementLevel: "advisory",
  onAccount: true,
  limits: { max: interruptionNotice },
  schema: {
    max: seconds(
      "Most seconds; more for a group that relies on rebalance recommendations, which can come earlier.",
      { minimum: 1 },
    ),
  },
  check: (resources, { max }) =>
    groupsOf(resources)
      .filter((group) => hasSpotInstances(resources, group))
      .flatMap((group) => findingOn(resources, group, max)),
});

function findingOn(resources: Resources, group: Group, max: number): Finding[] {
  const hooks = hooksAt(group, "terminate");
  const isWarned = startsAtWarning(resources, hooks);
  // A function that gets the warning does not wait for the target group.
  const deregistration = isWarned ? undefined : longestDeregistration(group.targetGroups);
  const work = longest(hooks.map((hook) => ({ seconds: workAt(hook), what: `at ${hook.label}` })));
  const drain = scaleInTime({
    deregistrationDelay: deregistration?.seconds ?? 0,
    wait: work?.seconds ?? 0,
  });
  if (drain <= max) return [];
  return [
    {
      urn: group.resource.urn,
      subject: group.label,
      what: "the drain of a Spot instance",
      actual: `${drain} s: ${parts(deregistration, work)}`,
      allowed: `at most ${max} s`,
      cure: `Shorten it${isWarned ? "" : ", start the work at the warning (spot: true in graceful-asg)"}, or keep what takes longer on On-Demand instances.`,
    },
  ];
}

/**
 * The budget of the script where a hook has instructions of graceful-asg; for other hooks the whole heartbeat timeout.
 */
function workAt(hook: Hook): number | undefined {
  if (hook.metadata === notYetKnown) return undefined;
  return scheduleOf(hook)?.budget ?? heartbeatTimeoutOf(hook);
}

function startsAtWarning(resources: Resources, hooks: readonly Hook[]): boolean {
  const warned = functionsWarnedOfInterruption(resources);
  return hooks.some((hook) => functionsOf(resources, hook).some((one) => warned.includes(one)));
}
