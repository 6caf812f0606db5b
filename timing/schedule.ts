import {
  completionRecovery,
  delivery,
  maxDefaultAgentTimeout,
  maxGlobalTimeout,
  maxHeartbeatTimeout,
  maxHeartbeatTimeouts,
  startRecovery,
} from "./limits";

/** The times that a user gives for one transition; seconds. */
export interface TransitionTimes {
  /** How long the script may take. */
  readonly timeout: number;
  /** How long the script may wait for sessions to end before it starts. Defaults to 0. */
  readonly maxWait?: number;
  /**
   * How long the handler keeps asking an agent that does not answer. Defaults to a quarter of the budget, 180 to 900.
   */
  readonly agentTimeout?: number;
  /** How long the script may wait for its turn, where the scripts of a group wait for each other. Defaults to 0. */
  readonly turnWait?: number | undefined;
  /** The hook's heartbeat timeout. Defaults to the shortest that needs no heartbeats, at most 7200. */
  readonly heartbeatTimeout?: number;
}

/** What follows from the times of a transition; seconds. */
export interface Schedule {
  /** How long a command may wait for the agent. */
  readonly delivery: number;
  /** The document step's timeout: waiting for sessions and the script itself. */
  readonly execution: number;
  /** From sending the command to its end. */
  readonly budget: number;
  /**
   * How long the handler keeps asking an agent that does not answer; the handler may send a command as late as that.
   */
  readonly agentTimeout: number;
  /** How long the script may wait for its turn. */
  readonly turnWait: number;
  /** From the start of the wait, or of the turn, to the end of the wait, recovery of lost events included. */
  readonly turn: number;
  /** From the start of the wait to its end: the wait for the turn, and the turn. */
  readonly total: number;
  /** The hook's heartbeat timeout. */
  readonly heartbeatTimeout: number;
  /** When Auto Scaling ends the wait, heartbeats or not. */
  readonly globalTimeout: number;
  /**
   * Time between heartbeats; undefined where the hook's timeout covers the total: the handler then sends a heartbeat
   * only where recovery outlasts it.
   */
  readonly heartbeatInterval: number | undefined;
}

/** Derives the schedule of a transition; says nothing about whether it is possible (see constraints). */
export function schedule(times: TransitionTimes): Schedule {
  const execution = (times.maxWait ?? 0) + times.timeout;
  const budget = delivery + execution;
  const agentTimeout = times.agentTimeout ?? defaultAgentTimeout(budget);
  const turnWait = times.turnWait ?? 0;
  const turn = turnOf(budget, agentTimeout);
  const total = turnWait + turn;
  const heartbeatTimeout = times.heartbeatTimeout ?? Math.min(total, maxHeartbeatTimeout);
  return {
    delivery,
    execution,
    budget,
    agentTimeout,
    turnWait,
    turn,
    total,
    heartbeatTimeout,
    globalTimeout: globalTimeout(heartbeatTimeout),
    heartbeatInterval: heartbeatInterval(heartbeatTimeout, budget, agentTimeout, turnWait),
  };
}

/** The longest wait that a hook with this heartbeat timeout allows, seconds. */
export function globalTimeout(heartbeatTimeout: number): number {
  return Math.min(maxGlobalTimeout, maxHeartbeatTimeouts * heartbeatTimeout);
}

/**
 * Time between heartbeats, seconds: a third of the heartbeat timeout, so that two heartbeats may be lost. Undefined
 * where the hook's timeout covers the wait for the turn, the budget and the recovery of lost events.
 */
export function heartbeatInterval(
  heartbeatTimeout: number,
  budget: number,
  agentTimeout: number,
  turnWait = 0,
): number | undefined {
  const total = turnWait + turnOf(budget, agentTimeout);
  return heartbeatTimeout < total ? Math.floor(heartbeatTimeout / 3) : undefined;
}

/**
 * How long after the start of a run a command without a token counts as part of the same wait, seconds: the run may
 * have begun before the drain, at a Spot warning, and the command that follows may be a recovery.
 */
export function joinWindow(
  { agentTimeout, budget }: Pick<Schedule, "agentTimeout" | "budget">,
  deregistrationDelay: number,
): number {
  return deregistrationDelay + agentTimeout + budget;
}

/**
 * A quarter of the budget: a long drain can wait for an agent that is busy, a short drain should not. Lost events need
 * time for recovery in any case, and every wait ends after 48 hours.
 */
function defaultAgentTimeout(budget: number): number {
  const room = maxGlobalTimeout - completionRecovery - budget;
  return Math.max(startRecovery, Math.min(maxDefaultAgentTimeout, Math.floor(budget / 4), room));
}

function turnOf(budget: number, agentTimeout: number): number {
  return agentTimeout + budget + completionRecovery;
}
