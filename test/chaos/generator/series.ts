import type { FaultName } from "../../../simulator";
import { check, type Broken, type Exemption, type Checked } from "../checker";
import { play, type Play } from "./play";
import { drawRun, type Run } from "./run";
import { drawFamily, drawStack, nameOf, type Family, type Stack } from "./stack";

/** Which runs to play. */
export interface Series {
  readonly seed: string;
  /** Number of the first run. */
  readonly first: number;
  readonly count: number;
  /** False takes the sweep's schedule away, to show that the promises break without it. */
  readonly withSweep: boolean;
}

/** The outcome of a series; plain data, so that it can cross from one process to another. */
export interface Outcome {
  readonly runs: number;
  readonly actions: number;
  readonly exempt: Readonly<Partial<Record<Exemption, number>>>;
  /** Sum of the shares of exempt actions of the runs, each from 0 to 1. */
  readonly exemptShares: number;
  readonly failures: readonly Failure[];
  /** Faults of each run, as one text. */
  readonly combinations: readonly string[];
  /** Names of the stacks that were played. */
  readonly stacks: readonly string[];
}

/** A run that broke promises. */
export interface Failure {
  readonly run: Run;
  readonly broken: readonly Broken[];
}

/** Plays runs one after the other. */
export async function playSeries({ count, first, seed, withSweep }: Series): Promise<Outcome> {
  let outcome = nothing;
  const families = new FamilyShelf();
  for (let number = first; number < first + count; number += 1) {
    const run = drawRun(seed, number);
    const stack = drawStack(await families.get(run.familySeed), run.seed);
    const checked = check(await play(run, stack, withSweep));
    outcome = add(outcome, {
      runs: 1,
      actions: checked.actions,
      exempt: Object.fromEntries(checked.exempt),
      exemptShares: shareOf(checked),
      failures: checked.broken.length > 0 ? [{ run, broken: checked.broken }] : [],
      combinations: [[...run.faults].join(" + ")],
      stacks: [`${run.familySeed} ${nameOf(stack)}`],
    });
  }
  return outcome;
}

/** Share of the actions of a run that are exempt, from 0 to 1. */
function shareOf({ actions, exempt }: Checked): number {
  const all = [...exempt.values()].reduce((sum, count) => sum + count, 0);
  return actions === 0 ? 0 : all / actions;
}

/** Nothing played yet. */
export const nothing: Outcome = {
  runs: 0,
  actions: 0,
  exempt: {},
  exemptShares: 0,
  failures: [],
  combinations: [],
  stacks: [],
};

/** Two outcomes in one. */
export function add(one: Outcome, other: Outcome): Outcome {
  const exempt = { ...one.exempt };
  for (const [reason, count] of Object.entries(other.exempt) as [Exemption, number][])
    exempt[reason] = (exempt[reason] ?? 0) + count;
  return {
    runs: one.runs + other.runs,
    actions: one.actions + other.actions,
    exempt,
    exemptShares: one.exemptShares + other.exemptShares,
    failures: [...one.failures, ...other.failures],
    combinations: [...new Set([...one.combinations, ...other.combinations])],
    stacks: [...new Set([...one.stacks, ...other.stacks])],
  };
}

/** A failure with no more faults than it needs, and the run that shows it. */
export interface Minimal extends Failure {
  readonly played: Play;
}

/** Takes faults away as long as the same promise stays broken. */
export async function minimize({ broken, run }: Failure, withSweep: boolean): Promise<Minimal> {
  const stack = drawStack(await drawFamily(run.familySeed), run.seed);
  const [{ promise } = { promise: "" }] = broken;
  let smallest = await attempt(run, stack, withSweep);
  for (const name of run.faults) {
    const smaller = await attempt(without(smallest.run, name), stack, withSweep);
    if (smaller.broken.some((one) => one.promise === promise)) smallest = smaller;
  }
  return { ...smallest, broken: smallest.broken.filter((one) => one.promise === promise) };
}

async function attempt(run: Run, stack: Stack, withSweep: boolean): Promise<Minimal> {
  const played = await play(run, stack, withSweep);
  const { broken }: Checked = check(played);
  return { run, broken, played };
}

function without(run: Run, name: FaultName): Run {
  return { ...run, faults: run.faults.filter((one) => one !== name) };
}

/** Keeps the last family: runs that follow each other share it. */
class FamilyShelf {
  private held: { readonly seed: string; readonly family: Family } | undefined;

  async get(seed: string): Promise<Family> {
    if (this.held?.seed !== seed) this.held = { seed, family: await drawFamily(seed) };
    return this.held.family;
  }
}
