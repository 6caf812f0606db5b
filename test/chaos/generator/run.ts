import { Random, faults, isFault, type FaultName } from "../../../simulator";

/** One run of chaos: everything in it follows from its seed and the stack's. */
export interface Run {
  readonly seed: string;
  /** Seed of the family of stacks from which the stack of the run is drawn. */
  readonly familySeed: string;
  readonly faults: readonly FaultName[];
}

/** Runs that share a family of stacks: to evaluate a family takes as long as some dozens of runs. */
export const runsPerFamily = 500;

/** The run of a number. */
export function drawRun(seed: string, number: number): Run {
  const own = `${seed}/${number}`;
  const random = new Random(own);
  const drawn = Object.keys(faults)
    .filter(isFault)
    .filter((name) => random.happens(`has/${name}`, (faults[name].share ?? 0) / 100));
  return {
    seed: own,
    familySeed: `${seed}/family/${Math.floor(number / runsPerFamily)}`,
    faults: drawn,
  };
}
