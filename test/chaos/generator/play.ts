import { decodeInstructions } from "../../../contract";
import {
  Simulator,
  NormalBehaviour,
  combine,
  fillWarmPool,
  putWarmPool,
  type Random,
  type Behaviour,
  type SimulationEvent,
  type World,
} from "../../../simulator";
import { busyTag } from "../../../contract";
import type { Group } from "../../../simulator/autoScaling/model";
import { worksNow } from "./busy";
import type { Run } from "./run";
import type { Stack } from "./stack";

/** The outcome of a run. */
export interface Play {
  readonly world: World;
  /** Errors with which AWS has rightly refused calls for good. */
  readonly refusals: ReadonlySet<string>;
  readonly began: number;
  readonly events: readonly SimulationEvent[];
  /** Events that were given up. */
  readonly deadLetters: number;
}

const second = 1_000;

/** Longest that a run may go on, ms of virtual time; far longer than anything in it may take. */
const longest = 8 * 3_600 * second;

/**
 * Plays a run: every group grows and shrinks a few times and is empty in the end, as before a stack is destroyed.
 * @param withSweep false takes the schedule away, to show that the promises break without it
 */
export async function play(run: Run, stack: Stack, withSweep = true): Promise<Play> {
  const rules = stack.world.rules.filter(
    ({ scheduleExpression }) => withSweep || scheduleExpression === undefined,
  );
  const faults = combine(run.faults, "chaos", run.seed);
  const world = { ...faults.world(stack.world), rules };
  const { simulator, close } = await Simulator.open({
    world,
    code: stack.code,
    seed: run.seed,
    behaviour: (random) => faults.behaviour(goodDay(random)),
  });
  const inspections: Inspections = new Map();
  try {
    for (const group of simulator.autoScaling.groups.values()) move(simulator, group);
    faults.meanwhile(simulator);
    await simulator.run(simulator.context.began + longest, () => isOver(simulator, inspections));
    const { began } = simulator.context;
    return {
      world,
      refusals: faults.refusals,
      began,
      events: simulator.events,
      deadLetters: simulator.lambda.deadLetters.length,
    };
  } finally {
    await close();
  }
}

function goodDay(random: Random): Behaviour {
  return new NormalBehaviour(random, {
    scriptSeconds: {
      launch: random.pick("launchSeconds", [1, 10, 30]),
      terminate: random.pick("stopSeconds", [1, 1, 5, 5, 20, 100]),
    },
    isBusy: worksNow,
  });
}

/** What operators and scaling policies do with a group. */
function move(simulator: Simulator, group: Group): void {
  const { random, clock } = simulator.context;
  const { name } = group.settings;
  const size = takesTurns(group)
    ? random.pick(`${name}/size`, [2, 3, 3, 4, 5])
    : random.pick(`${name}/size`, [1, 1, 1, 1, 1, 1, 2, 3]);
  const first = random.happens(`${name}/crowd`, 0.002) ? 60 + size : size;
  const launches = random.happens(`${name}/grows`, 0.25) ? random.pick(`${name}/more`, [1, 1, 2]) : 0;
  simulator.autoScaling.populate(group, first);
  if (group.warmPool !== undefined)
    fillWarmPool(simulator.autoScaling, group, random.pick(`${name}/pooled`, [0, 1, 1, 2]));
  let at = random.between(`${name}/first`, 0, 60) * second;
  if (launches > 0) {
    clock.after(at, () => {
      simulator.autoScaling.setDesired(group, group.desired + launches);
    });
    at += random.between(`${name}/then`, 60, 250) * second;
  }
  if (random.happens(`${name}/request`, 0.2)) {
    clock.after(at, () => {
      const one = [...group.instances.values()].find(({ state }) => state === "InService");
      if (one && group.desired > 0) simulator.autoScaling.terminateAtRequest(one, true);
    });
    at += random.between(`${name}/later`, 1, 100) * second;
  }
  if (group.settings.terminationPolicies.length > 0 || group.settings.tags[busyTag] !== undefined)
    at += moveSome(simulator, group, at);
  clock.after(at, () => {
    simulator.autoScaling.setDesired(group, 0);
  });
  if (group.warmPool === undefined) return;
  // The provider empties the pool in this way before it deletes a group.
  at += random.pick(`${name}/emptied`, [0, 60, 150, 300]) * second;
  clock.after(at, () => {
    if (group.warmPool !== undefined)
      putWarmPool(simulator.autoScaling, group, { minSize: 0, maxGroupPreparedCapacity: 0 });
  });
}

/**
 * Where it matters which instance goes, the group first grows by some instances and gives away a part of them.
 * @returns how long that takes, ms
 */
function moveSome(simulator: Simulator, group: Group, from: number): number {
  const { random, clock } = simulator.context;
  const { name } = group.settings;
  const all = random.between(`${name}/all`, 2, 8);
  const before = group.desired;
  simulator.autoScaling.populate(group, all);
  group.desired += before;
  const part = random.between(`${name}/part`, 1, all - 1);
  const at = random.between(`${name}/work`, 60, 400) * second;
  clock.after(from + at, () => {
    simulator.autoScaling.setDesired(group, Math.max(0, group.desired - part));
  });
  return at + random.between(`${name}/rest`, 60, 240) * second;
}

function takesTurns({ hooks }: Group): boolean {
  return [...hooks.values()].some(
    ({ notificationMetadata }) => decodeInstructions(notificationMetadata)?.drain !== undefined,
  );
}

/** How far the inspection of each retained instance is, by its id. */
type Inspections = Map<string, "begun" | "done">;

/**
 * Whether nothing is on its way any more. Somebody inspects each retained instance once, for some minutes, and then
 * terminates it for good.
 */
function isOver(simulator: Simulator, inspections: Inspections): boolean {
  const groups = [...simulator.autoScaling.groups.values()];
  const left = groups.flatMap(({ instances }) => [...instances.values()]);
  if (groups.some(({ desired }) => desired > 0) || left.some(({ state }) => !retained.test(state)))
    return false;
  const { random, clock } = simulator.context;
  for (const instance of left) {
    const { id } = instance;
    if (inspections.has(id)) continue;
    inspections.set(id, "begun");
    const length = random.between(`${id}/inspection`, 300, 900) * second;
    clock.after(length, () => {
      simulator.autoScaling.terminateAtRequest(instance, false);
    });
    clock.after(length + leaving, () => inspections.set(id, "done"));
  }
  return left.every(({ id }) => inspections.get(id) === "done");
}

const retained = /:Retained$/;

/** Longest time until an instance is on its way whose termination somebody has requested, ms. */
const leaving = 60 * second;
