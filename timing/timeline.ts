import { completionRecovery, networkDeregistration, sweepInterval } from "./limits";
import { deregistrationDelayOf, scheduleOfTerminate, type Plan } from "./plan";
import type { TargetGroupTimes } from "./targetGroups";

/** One moment of a worst-case schedule. */
export interface TimelineStep {
  /** Seconds since the scale-in was decided. */
  readonly at: number;
  readonly what: string;
}

/** The worst case of a scale-in, step by step. */
export function timeline(plan: Plan): TimelineStep[] {
  const delay = deregistrationDelayOf(plan);
  const { announce, drain, targetGroups = [], terminate, warmPool } = plan;
  const { agentTimeout, budget, heartbeatTimeout, heartbeatInterval, turn, turnWait } =
    scheduleOfTerminate(plan);
  const isAlone = drain === undefined;
  // The wait for the turn counts from the decision.
  const begun = isAlone ? delay : Math.max(delay, turnWait);
  const started = begun + agentTimeout;
  const networks = targetGroups.filter(({ isNetwork }) => isNetwork);
  const steps: TimelineStep[] = [
    { at: 0, what: `Terminating: ${deregistration(targetGroups, networks, delay)}` },
    ...(announce === undefined ? [] : [announcement(begun)]),
    ...openConnections(networks, delay),
    {
      at: delay,
      what: `Terminating:Wait: the hook fires (heartbeat timeout ${heartbeatTimeout} s) and ${isAlone ? "the stop document is sent" : `the instance waits until fewer than ${drain.maxConcurrent} of those before it have yet to stop`}`,
    },
    ...(isAlone
      ? []
      : [
          {
            at: begun,
            what: `its turn has come, or was given up after ${turnWait} s; the stop document is sent`,
          },
        ]),
    {
      at: started,
      what: "the stop document is on its way at the latest, even if the hook's event was lost or the SSM agent did not answer",
    },
  ];
  if (heartbeatInterval !== undefined) {
    steps.push({
      at: delay + heartbeatInterval,
      what: `first heartbeat; from here one every ${heartbeatInterval} s until ${isAlone ? "" : "the turn and "}the budget of ${budget} s ${isAlone ? "is" : "are"} over`,
    });
  }
  if (terminate.maxWait) {
    steps.push({
      at: started + budget - terminate.timeout,
      what: `sessions have ended or were given up after ${terminate.maxWait} s; the stop script starts`,
    });
  }
  steps.push(
    {
      at: started + budget,
      what: `the stop script has ended or was stopped after ${terminate.timeout} s`,
    },
    {
      at: begun + turn,
      what: `the action is completed, even if the command's event was lost for ${completionRecovery} s; ${warmPool?.reuseOnScaleIn ? "the instance returns to the warm pool" : "EC2 terminates the instance"}`,
    },
  );
  return steps.sort((one, other) => one.at - other.at);
}

function deregistration(
  targetGroups: readonly TargetGroupTimes[],
  networks: readonly TargetGroupTimes[],
  delay: number,
): string {
  if (targetGroups.length === 0) return "there is no target group to drain";
  const several = targetGroups.length > 1;
  if (networks.length === 0)
    return several
      ? `the target groups send no new requests and let open ones finish for up to ${delay} s`
      : `the target group sends no new requests and lets open ones finish for ${delay} s`;
  return `new connections may still come in for ${networkDeregistration} s; the target ${several ? "groups let" : "group lets"} open ones go on for up to ${delay} s`;
}

/** The next sweep announces the choice, unless the stop document comes before the sweep. */
function announcement(begun: number): TimelineStep {
  const at = Math.min(sweepInterval, begun);
  const unless = begun < sweepInterval ? ", unless no sweep has come before the stop document" : "";
  return { at, what: `the announce script has started${unless}` };
}

/** What becomes of connections through a Network Load Balancer that are open when the delay is over. */
function openConnections(networks: readonly TargetGroupTimes[], delay: number): TimelineStep[] {
  if (networks.length === 0) return [];
  const what = networks.every(({ closesConnections }) => closesConnections)
    ? "the Network Load Balancer closes the connections that are still open"
    : "connections through the Network Load Balancer that are still open go on until the application closes them";
  return [{ at: delay, what }];
}

/** A timeline as text, one line a step. */
export function describeTimeline(steps: readonly TimelineStep[]): string {
  return steps.map(({ at, what }) => `${at} s ${what}`).join("\n");
}
