import { decodeInstructions, lifecycleTransitions, type Instructions, type Transition } from "../../contract";
import {
  Simulator,
  NormalBehaviour,
  combine,
  type Code,
  type Combination,
  type DeadLetter,
  type FaultName,
  type Group,
  type GroupSettings,
  type HookSettings,
  type SimulationEvent,
  type World,
} from "../../simulator";

import { preparePool } from "./pool";

/** What a rehearsal plays. */
export interface RehearsalSettings {
  readonly transition: Transition;
  readonly instances: number;
  /** Seconds that a script takes, about; undefined for a usual time, or less where it may take less. */
  readonly scriptSeconds: number | undefined;
  readonly faults: readonly FaultName[];
  readonly seed: string;
  /** Name of the group; undefined where the program has only one group. */
  readonly group: string | undefined;
}

/** A rehearsal that can be played: its settings, with the world that the program makes. */
export interface Prepared {
  readonly settings: RehearsalSettings;
  readonly world: World;
  readonly groupName: string;
}

/** The result of a rehearsal. */
export interface Rehearsal extends Prepared {
  /** When it began, ms since 1970 in virtual time. */
  readonly began: number;
  readonly events: readonly SimulationEvent[];
  readonly deadLetters: readonly DeadLetter[];
}

/** A rehearsal that cannot be played; the message says what to do. */
export class RehearsalError extends Error {}

/** Called for everything that happens, as it happens, with the beginning of the rehearsal. */
export type Watcher = (event: SimulationEvent, began: number) => void;

/** Longest time of a rehearsal, ms of virtual time: the longest wait that Auto Scaling allows, and a little more. */
const longest = 50 * 3_600_000;

/** How long a script takes if nobody says, seconds. */
const usualScriptSeconds = 20;

/** Puts faults into the world and finds the group, without playing anything. */
export function prepare(usual: World, settings: RehearsalSettings): Prepared {
  const world = faultsIn(settings).world(usual);
  return { settings, world, groupName: chooseGroup(world, settings.group) };
}

/** Plays a scale-in or a scale-out of a group of a world. */
export function rehearse(world: World, settings: RehearsalSettings): Promise<Rehearsal> {
  return rehearsePrepared(prepare(world, settings), () => undefined);
}

/** Plays a prepared rehearsal, and shows a watcher what happens. */
export async function rehearsePrepared(prepared: Prepared, watcher: Watcher): Promise<Rehearsal> {
  return { ...prepared, ...(await play(prepared, codeOf(prepared.world), watcher)) };
}

/** Plays the same without any hooks, to show what happens to the instances then. */
export async function rehearseWithoutHooks({ groupName, settings, world }: Prepared): Promise<Rehearsal> {
  const groups = world.groups.map((group) => ({ ...group, hooks: [] }));
  const bare = {
    settings,
    groupName,
    world: { ...world, groups, functions: [], rules: [], subscriptions: [] },
  };
  return { ...bare, ...(await play(bare, new Map(), () => undefined)) };
}

/** The files of all functions, as they would be uploaded. */
export function codeOf(world: World): Code {
  return new Map(world.functions.map(({ arn, code, handler }) => [arn, { files: code, handler }]));
}

/** The group of a rehearsal. */
export function groupOf({ groupName, world }: Prepared): GroupSettings | undefined {
  return world.groups.find(({ name }) => name === groupName);
}

/** The hook of the rehearsed transition with the instructions that it carries; undefined if no hook is ours. */
export function servedHookOf(prepared: Prepared): ServedHook | undefined {
  const transition = lifecycleTransitions[prepared.settings.transition];
  for (const hook of groupOf(prepared)?.hooks ?? []) {
    const instructions = decodeInstructions(hook.notificationMetadata);
    if (instructions === undefined || hook.lifecycleTransition !== transition) continue;
    return { ...hook, instructions };
  }
  return undefined;
}

/** The instructions that the group's hook carries; undefined if the hook is not ours. */
export function instructionsOf(prepared: Prepared): Instructions | undefined {
  return servedHookOf(prepared)?.instructions;
}

/** A hook that the stack's handler serves. */
export interface ServedHook extends HookSettings {
  readonly instructions: Instructions;
}

async function play(
  prepared: Prepared,
  code: Code,
  watcher: Watcher,
): Promise<Pick<Rehearsal, "began" | "events" | "deadLetters">> {
  const { settings, world } = prepared;
  const seconds = scriptSecondsOf(prepared);
  const { simulator, close } = await Simulator.open({
    world,
    code,
    seed: settings.seed,
    behaviour: (random) =>
      faultsIn(settings).behaviour(
        new NormalBehaviour(random, { scriptSeconds: { launch: seconds, terminate: seconds } }),
      ),
    onEvent: (event) => {
      watcher(event, simulator.context.began);
    },
  });
  try {
    await scale(simulator, prepared);
    return {
      began: simulator.context.began,
      events: simulator.events,
      deadLetters: simulator.lambda.deadLetters,
    };
  } finally {
    await close();
  }
}

async function scale(simulator: Simulator, { groupName, settings }: Prepared): Promise<void> {
  const { instances, transition } = settings;
  const group = simulator.autoScaling.groups.get(groupName);
  if (group === undefined) throw new RehearsalError(`There is no group ${groupName}.`);
  const isDone =
    transition === "launch"
      ? createLaunchEnd(simulator, group, instances)
      : () => [...group.instances.values()].every(({ state }) => stays.test(state));
  preparePool(simulator, group, settings);
  if (transition === "terminate") simulator.autoScaling.populate(group, instances);
  faultsIn(settings).meanwhile(simulator);
  // Instances that EC2 ends need no scale-in, and are not to be replaced here.
  if (settings.faults.some((one) => endings.has(one))) group.desired = 0;
  else simulator.autoScaling.setDesired(group, transition === "launch" ? instances : 0);
  await simulator.run(simulator.context.began + longest, isDone);
}

/** Faults by which EC2 ends the instances, or announces their end. */
const endings: ReadonlySet<FaultName> = new Set(["spot-interruption", "retirement", "rebalance"]);

/** States in which an instance stays after a scale-in: it is retained, or in the warm pool. */
const stays = /^(Warmed:(Stopped|Running|Hibernated)|.*:Retained)$/;

/**
 * Tells whether the launches of the first instances have ended: in service, or gone. The rehearsal does not wait for
 * their replacements.
 */
function createLaunchEnd(simulator: Simulator, group: Group, instances: number): () => boolean {
  const asked = new Set<string>();
  let seen = 0;
  return () => {
    for (; seen < simulator.events.length && asked.size < instances; seen += 1) {
      const one = simulator.events[seen];
      if (one?.kind === "instance" && one.state === "Pending") asked.add(one.instance);
    }
    if (asked.size < instances) return false;
    return [...asked].every((id) => (group.instances.get(id)?.state ?? "InService") === "InService");
  };
}

/** The given time, or a time that a script may well take: well below its timeout. */
function scriptSecondsOf(prepared: Prepared): number {
  const instructions = instructionsOf(prepared);
  const most = instructions === undefined ? usualScriptSeconds : Math.floor(instructions.execution / 2);
  return prepared.settings.scriptSeconds ?? Math.min(usualScriptSeconds, most);
}

function faultsIn({ faults, seed }: RehearsalSettings): Combination {
  return combine(faults, "rehearsal", seed);
}

function chooseGroup({ groups }: World, wanted: string | undefined): string {
  const names = groups.map(({ name }) => name);
  const [first] = names;
  if (first === undefined) {
    throw new RehearsalError("The program registers no Auto Scaling group. There is nothing to rehearse.");
  }
  if (wanted === undefined && names.length === 1) return first;
  const found = names.filter((name) => name === wanted || name.startsWith(`${wanted ?? ""}-`));
  const [match] = found;
  if (wanted !== undefined && match !== undefined && (found.length === 1 || match === wanted)) return match;
  const given = wanted === undefined ? "is not given" : `is ${JSON.stringify(wanted)}`;
  throw new RehearsalError(`--group ${given}; it must be one of ${names.join(", ")}.`);
}
