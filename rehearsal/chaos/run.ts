import { Chance } from "../box";
import { disturbances, type Disturbance, type DisturbanceName } from "./disturbances";

/** One run of chaos: everything in it follows from its seed and the stack's. */
export interface Run {
  readonly seed: string;
  readonly stackSeed: string;
  readonly disturbances: readonly DisturbanceName[];
}

/** Runs that share a stack: to evaluate one takes longer than to play it. */
const runsPerStack = 200;

/** The run of a number. */
export function drawRun(seed: string, number: number): Run {
  const own = `${seed}/${number}`;
  const chance = new Chance(own);
  const drawn = Object.entries<Disturbance>(disturbances)
    .filter(([name, { share }]) => chance.happens(`has/${name}`, share / 100))
    .map(([name]) => name as DisturbanceName);
  return {
    seed: own,
    stackSeed: `${seed}/stack/${Math.floor(number / runsPerStack)}`,
    disturbances: drawn,
  };
}
