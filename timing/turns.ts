import { schedule, type TransitionTimes } from "./schedule";

/** How many stop scripts of a group may run at once. */
export interface DrainTimes {
  readonly maxConcurrent: number;
  /** How long a script may wait for its turn, seconds from Auto Scaling's choice of the instance. */
  readonly maxWait?: number | undefined;
  /** Greatest number of instances of the group, where that is known. */
  readonly maxSize?: number | undefined;
}

/**
 * Shortest time for which a script can wait for its turn, seconds: until the slowest target group has deregistered an
 * instance that was chosen earlier, and that instance has had its turn.
 */
export function shortestTurnWait(terminate: TransitionTimes, deregistrationDelay: number): number {
  return turnWaitBehind(1, terminate, deregistrationDelay);
}

/**
 * How long a script may wait for its turn, seconds: as given, else until all other instances of the group have had
 * theirs. Undefined where neither is known.
 */
export function turnWaitOf(
  { maxConcurrent, maxSize, maxWait }: DrainTimes,
  terminate: TransitionTimes,
  deregistrationDelay: number,
): number | undefined {
  if (maxWait !== undefined) return maxWait;
  if (maxSize === undefined) return undefined;
  return turnWaitBehind(Math.max(1, Math.ceil(maxSize / maxConcurrent) - 1), terminate, deregistrationDelay);
}

/** The deregistrations of all instances overlap, their turns do not. */
function turnWaitBehind(turns: number, terminate: TransitionTimes, deregistrationDelay: number): number {
  return deregistrationDelay + turns * schedule(terminate).turn;
}
