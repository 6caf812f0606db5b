// @ts-nocheck
import { completionRecovery } from "./limits";
import { deregistrationDelayOf, type Plan } from "./plan";
import { schedule } from "./schedule";

/** One moment of a worst-case schedule. */
export interface TimelineStep {
  /** Seconds since the scale-in was decided. */
  readonly at: number;
  readonly what: string;
}

/** The worst case of a scale-in, step by step. */
export function timeline(plan: Plan): TimelineStep[] {
  const delay = deregistrationDelayOf(plan);
  const { terminate } = plan;
  const { agentTimeout, budget, heartbeatTimeout, heartbeatInterval, total } = schedule(terminate);
  const started = delay + agentTimeout;
  const steps: TimelineStep[] = [
    {
      at: 0,
      what: `Terminating: the target group sends no new requests and lets open ones finish for ${delay} s`,
    },
    {
      at: delay,
      what: `Terminating:Wait: the hook fires (heartbeat timeout ${heartbeatTimeout} s) and the stop document is sent`,
    },
    {
      at: started,
      what: "the stop document is on its way at the latest, even if the hook's event was lost or the SSM agent did not answer",
    },
  ];
  if (heartbeatInterval !== undefined) {
    steps.push({
      at: delay + heartbeatInterval,
      what: `first heartbeat; from here one every ${heartbeatInterval} s until the budget of ${budget} s is over`,
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
      at: delay + total,
      what: `the action is completed, even if the command's event was lost for ${completionRecovery} s; EC2 terminates the instance`,
    },
  );
  return steps.sort((one, other) => one.at - other.at);
}

/** A timeline as text, one line a step. */
export function describeTimeline(steps: readonly TimelineStep[]): string {
  return steps.map(({ at, what }) => `${at} s ${what}`).join("\n");
}
