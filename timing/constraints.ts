import { checkAnnounce, checkAnnounceTimeout } from "./announceConstraints";
import {
  completionRecovery,
  delivery,
  deregistrationDelayRange,
  maxGlobalTimeout,
  maxHeartbeatTimeout,
  maxHeartbeatTimeouts,
  minHeartbeatTimeout,
  minTimeout,
  startRecovery,
} from "./limits";
import type { Plan } from "./plan";
import { schedule, type TransitionTimes } from "./schedule";
import { checkMaxConcurrent, checkTurnWait } from "./turnConstraints";
import { outside, type Violation } from "./violation";

/** Finds what is impossible in a plan. */
export type Constraint = (plan: Plan) => Violation[];

/** Longest time that a script and its wait for sessions may take together, seconds. */
export const maxExecution = maxGlobalTimeout - startRecovery - completionRecovery - delivery;

/** Longest time for which an agent may be asked, seconds: the time that the shortest script leaves. */
export const maxAgentTimeout = maxGlobalTimeout - completionRecovery - delivery - minTimeout;

/** Each value by itself. */
const ranges = {
  deregistrationDelay: ({ targetGroups }) =>
    targetGroups?.flatMap(({ argument, deregistrationDelay }) =>
      outside(
        argument,
        deregistrationDelay,
        deregistrationDelayRange,
        "seconds",
        "Give the time that open requests may take to finish; 0 cuts them off.",
      ),
    ) ?? [],
  timeout: eachTransition((path, { timeout }) =>
    outside(
      `${path}.timeout`,
      timeout,
      { min: minTimeout, max: maxExecution },
      "seconds",
      "Give the longest time that the script may take; the SSM agent takes less than 5 s for an hour.",
    ),
  ),
  maxWait: eachTransition((path, { maxWait }) =>
    outside(
      `${path}.sessions.maxWait`,
      maxWait,
      { min: 1, max: maxExecution - minTimeout },
      "seconds",
      "Give how long to wait for sessions before the script starts anyway.",
    ),
  ),
  agentTimeout: eachTransition((path, { agentTimeout }) =>
    outside(
      `${path}.agentTimeout`,
      agentTimeout,
      { min: startRecovery, max: maxAgentTimeout },
      "seconds",
      "Give how long an SSM agent that does not answer is asked, or leave it out: it is derived from the timeout.",
    ),
  ),
  heartbeatTimeout: eachTransition((path, { heartbeatTimeout }) =>
    outside(
      `${path}.heartbeatTimeout`,
      heartbeatTimeout,
      { min: minHeartbeatTimeout, max: maxHeartbeatTimeout },
      "seconds",
      "Leave it out: it is derived from the timeout.",
    ),
  ),
  maxConcurrent: checkMaxConcurrent,
  announceTimeout: checkAnnounceTimeout,
} satisfies Record<string, Constraint>;

/** Values against each other; checked only if each value by itself is in its range. */
const sums = {
  total: eachTransition((path, times) => {
    const { total } = schedule(times);
    if (total <= maxGlobalTimeout) return [];
    const { agentTimeout, maxWait, timeout } = times;
    const given = Object.entries({ timeout, "sessions.maxWait": maxWait, agentTimeout }).filter(isGiven);
    const sum = given.reduce((before, [, value]) => before + value, 0);
    const kept = total - sum;
    return [
      {
        argument: given.map(([argument]) => `${path}.${argument}`).join(" + "),
        value: sum,
        allowed: `at most ${maxGlobalTimeout - kept} seconds: Auto Scaling ends every wait after ${maxGlobalTimeout} s, and ${kept} s of it are kept for delivery and for lost events`,
        cure: `Shorten ${path}.${maxWait === undefined ? "agentTimeout" : "sessions.maxWait"}.`,
      },
    ];
  }),
  globalTimeout: eachTransition((path, times) => {
    const { total, heartbeatTimeout } = schedule(times);
    const needed = Math.ceil(total / maxHeartbeatTimeouts);
    if (needed <= heartbeatTimeout || total > maxGlobalTimeout) return [];
    return [
      {
        argument: `${path}.heartbeatTimeout`,
        value: heartbeatTimeout,
        allowed: `at least ${needed} seconds: Auto Scaling ends a wait after ${maxHeartbeatTimeouts} heartbeat timeouts (${maxHeartbeatTimeouts * heartbeatTimeout} s), and this one may take ${total} s`,
        cure: "Raise it, or leave it out: it is derived from the timeout.",
      },
    ];
  }),
  turnWait: checkTurnWait,
  announce: checkAnnounce,
} satisfies Record<string, Constraint>;

/** Every constraint on times, by name. */
export const constraints = { ...ranges, ...sums };

/**
 * Finds what is impossible in a plan; empty if the plan is possible. Sums are checked only if each value is in its
 * range.
 */
export function check(plan: Plan): Violation[] {
  const find = (some: Record<string, Constraint>) => Object.values(some).flatMap((one) => one(plan));
  const found = find(ranges);
  return found.length > 0 ? found : find(sums);
}

function isGiven(entry: [string, number | undefined]): entry is [string, number] {
  return entry[1] !== undefined;
}

function eachTransition(find: (path: string, times: TransitionTimes) => Violation[]): Constraint {
  return (plan) => [
    ...find("terminate", plan.terminate),
    ...(plan.launch ? find("launch", plan.launch) : []),
  ];
}
