import type { Transition } from "../../contract";
import type { LogEntry } from "../../evaluate/engine";
import { readProject } from "../../evaluate/project";
import type { World } from "../../simulator";
import { readStack } from "../../stack";
import { waysOf, type Way } from "./phases";
import { prepare, rehearsePrepared, RehearsalError, type Rehearsal } from "./rehearsal";

/** The phases of a transition, from the decision on, in their order. */
export const phases = ["toHook", "toScript", "script", "toCompletion", "whole"] as const;
export type Phase = (typeof phases)[number];

/** Shortest and longest time of each phase, seconds; a phase that no instance passed is absent. */
export type PhaseTimes = Readonly<Partial<Record<Phase, { readonly min: number; readonly max: number }>>>;

/** Predicts the times of a transition on an account by a rehearsal. */
export interface Predictor {
  /** Sentences about what the rehearsal assumes. */
  readonly notes: readonly string[];
  /** @param scriptSeconds how long the script takes, about; undefined for a usual time */
  play(scriptSeconds: number | undefined): Promise<PhaseTimes>;
}

/** What is predicted. */
export interface Foreseen {
  /** Name of the group on the account. */
  readonly group: string;
  readonly transition: Transition;
  readonly instances: number;
}

/** Reads a stack of the program in a folder, so that a transition of its group can be predicted. */
export async function readPredictor(
  folder: string,
  stack: string,
  foreseen: Foreseen,
  onLog: (entry: LogEntry) => void,
): Promise<Predictor> {
  const { notes, world } = await readStack(readProject(folder, stack), { onLog });
  return { notes, play: predictorOf(world, stack, foreseen) };
}

/** Predicts a transition of a group of a world. @throws RehearsalError where the world has no such group */
export function predictorOf(world: World, stack: string, foreseen: Foreseen): Predictor["play"] {
  const group = sameName(
    world.groups.map(({ name }) => name),
    foreseen.group,
    stack,
  );
  const { instances, transition } = foreseen;
  return async (scriptSeconds) => {
    const settings = { group, instances, transition, scriptSeconds, faults: [], seed: "1" };
    return timesOf(await rehearsePrepared(prepare(world, settings), () => undefined));
  };
}

/** The end of a name that Pulumi makes unique. */
const suffix = /-[0-9a-f]{7}$/;

/**
 * The name of the group of a program that became a group of the account: names that Pulumi made differ in their suffix.
 * @throws RehearsalError
 */
function sameName(names: readonly string[], name: string, stack: string): string {
  const [only] = names;
  if (only !== undefined && names.length === 1) return only;
  const same = names.filter((one) => one.replace(suffix, "") === name.replace(suffix, ""));
  const [found] = same;
  if (found !== undefined && same.length === 1) return found;
  throw new RehearsalError(
    `--stack is ${stack}, whose program registers ${names.join(", ") || "no group"}, none of which is like ${name}. Name the stack of this group, or leave --stack out.`,
  );
}

/** The times of a rehearsal's phases. */
function timesOf(rehearsal: Rehearsal): PhaseTimes {
  const ways = waysOf(rehearsal);
  const ends = endsOf(rehearsal);
  const moments: Readonly<Record<Phase, (way: Way) => readonly [number | undefined, number | undefined]>> = {
    toHook: ({ decided, waited }) => [decided, waited],
    toScript: ({ scriptStarted, waited }) => [waited, scriptStarted],
    script: ({ scriptEnded, scriptStarted }) => [scriptStarted, scriptEnded],
    toCompletion: ({ completed, scriptEnded }) => [scriptEnded, completed],
    whole: ({ decided, ended, instance }) => [decided, ends.get(instance) ?? ended],
  };
  return Object.fromEntries(
    phases.flatMap((phase) => {
      const times = ways.flatMap((way) => {
        const [from, to] = moments[phase](way);
        return from === undefined || to === undefined ? [] : [(to - from) / 1000];
      });
      return times.length > 0 ? [[phase, { min: Math.min(...times), max: Math.max(...times) }]] : [];
    }),
  );
}

/** When the activities of instances ended, as an account shows it: later than the end of the machine. */
function endsOf({ began, events }: Rehearsal): ReadonlyMap<string, number> {
  return new Map(
    events.flatMap((event) =>
      event.kind === "instance" && event.state === "Terminated" ? [[event.instance, event.at - began]] : [],
    ),
  );
}
