import { maxGlobalTimeout, maxHeartbeatTimeouts } from "./limits";
import { deregistrationDelayOf, scheduleOfTerminate, type Plan } from "./plan";
import { schedule } from "./schedule";
import { shortestTurnWait } from "./turns";
import type { Violation } from "./violation";

/** Scripts that wait for each other: how many run at once. */
export function checkMaxConcurrent({ drain }: Plan): Violation[] {
  if (drain === undefined || (Number.isInteger(drain.maxConcurrent) && drain.maxConcurrent >= 1)) return [];
  return [
    {
      argument: "drain.maxConcurrent",
      value: drain.maxConcurrent,
      allowed: "a whole number, 1 or more",
      cure: "Give how many instances may run their stop scripts at once, or leave drain out.",
    },
  ];
}

/** Scripts that wait for each other: whether there is time for the wait. */
export function checkTurnWait(plan: Plan): Violation[] {
  const { drain, terminate } = plan;
  const { turn } = schedule(terminate);
  if (drain === undefined) return [];
  const { maxConcurrent, maxSize, maxWait } = drain;
  const { heartbeatTimeout, turnWait } = scheduleOfTerminate(plan);
  const least = shortestTurnWait(terminate, deregistrationDelayOf(plan));
  const room = Math.min(maxGlobalTimeout, maxHeartbeatTimeouts * heartbeatTimeout) - turn;
  const why =
    room + turn === maxGlobalTimeout
      ? `Auto Scaling ends every wait after ${maxGlobalTimeout} s`
      : `Auto Scaling ends a wait after ${maxHeartbeatTimeouts} heartbeat timeouts of ${heartbeatTimeout} s`;
  if (maxWait !== undefined) {
    if (Number.isInteger(maxWait) && maxWait >= least && maxWait <= room) return [];
    return [
      {
        argument: "drain.maxWait",
        value: maxWait,
        allowed: `a whole number of seconds from ${least} to ${room}: one instance before it may take ${least} s, and ${why}, of which its own turn takes ${turn} s`,
        cure:
          maxWait < least
            ? "Raise it, or leave drain out: with less, the script would not wait for its turn."
            : "Shorten it, shorten terminate.timeout, or raise drain.maxConcurrent.",
      },
    ];
  }
  if (maxSize === undefined) {
    return [
      {
        argument: "drain.maxWait",
        value: undefined,
        allowed: "given where the greatest number of instances is not known while the program runs",
        cure: `Give how long an instance may wait for its turn: ${least} s for each instance that may go before it.`,
      },
    ];
  }
  if (turnWait <= room) return [];
  return [
    {
      argument: "drain.maxConcurrent, maxSize",
      value: `${maxConcurrent} and ${maxSize}`,
      allowed: `so that the last of them waits at most ${room} seconds for its turn: it would wait ${turnWait} s, and ${why}, of which its own turn takes ${turn} s`,
      cure: "Raise drain.maxConcurrent, lower maxSize, shorten terminate.timeout, or give drain.maxWait: a script that has waited that long starts all the same.",
    },
  ];
}
