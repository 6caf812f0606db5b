import { Chance } from "../../../simulator";
import type { Disturbance } from "./disturbance";
import { disturbances, type DisturbanceName } from "./disturbances";

/** One run of chaos: everything in it follows from its seed and the stack's. */
export interface Run {
  readonly seed: string;
  /** Seed of the family of stacks from which that of the run is drawn. */
  readonly familySeed: string;
  readonly disturbances: readonly DisturbanceName[];
}

/** Runs that share a family of stacks: to evaluate one takes as long as some dozens of runs. */
export const runsPerFamily = 500;

/** The run of a number. */
export function drawRun(seed: string, number: number): Run {
  const own = `${seed}/${number}`;
  const chance = new Chance(own);
  const drawn = Object.entries<Disturbance>(disturbances)
    .filter(([name, { share }]) => chance.happens(`has/${name}`, share / 100))
    .map(([name]) => name as DisturbanceName);
  return {
    seed: own,
    familySeed: `${seed}/family/${Math.floor(number / runsPerFamily)}`,
    disturbances: drawn,
  };
}
