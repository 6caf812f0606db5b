import {
  Box,
  GoodDay,
  combine,
  type Chance,
  type Conduct,
  type Occurrence,
  type World,
} from "../../../simulator";
import type { Group } from "../../../simulator/autoScaling/model";
import type { Run } from "./run";
import type { Stack } from "./stack";

/** What came of a run. */
export interface Play {
  readonly world: World;
  /** Errors that AWS has answered by right and for good. */
  readonly refusals: ReadonlySet<string>;
  readonly began: number;
  readonly occurrences: readonly Occurrence[];
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
  const { box, close } = await Box.open({
    world,
    code: stack.code,
    seed: run.seed,
    conduct: (chance) => faults.conduct(goodDay(chance)),
  });
  const inspections: Inspections = new Map();
  try {
    for (const group of box.autoScaling.groups.values()) move(box, group);
    faults.meanwhile(box);
    await box.run(box.stage.began + longest, () => isOver(box, inspections));
    const { began } = box.stage;
    return {
      world,
      refusals: faults.refusals,
      began,
      occurrences: box.occurrences,
      deadLetters: box.lambda.deadLetters.length,
    };
  } finally {
    await close();
  }
}

function goodDay(chance: Chance): Conduct {
  return new GoodDay(chance, {
    scriptSeconds: {
      launch: chance.pick("launchSeconds", [1, 10, 30]),
      terminate: chance.pick("stopSeconds", [1, 1, 5, 5, 20, 100]),
    },
  });
}

/** What operators and scaling policies do with a group. */
function move(box: Box, group: Group): void {
  const { chance, clock } = box.stage;
  const { name } = group.settings;
  const size = chance.pick(`${name}/size`, [1, 1, 1, 1, 1, 1, 2, 3]);
  const first = chance.happens(`${name}/crowd`, 0.002) ? 60 + size : size;
  const launches = chance.happens(`${name}/grows`, 0.25) ? chance.pick(`${name}/more`, [1, 1, 2]) : 0;
  box.autoScaling.populate(group, first);
  let at = chance.between(`${name}/first`, 0, 60) * second;
  if (launches > 0) {
    clock.after(at, () => {
      box.autoScaling.setDesired(group, group.desired + launches);
    });
    at += chance.between(`${name}/then`, 60, 250) * second;
  }
  if (chance.happens(`${name}/request`, 0.2)) {
    clock.after(at, () => {
      const one = [...group.instances.values()].find(({ state }) => state === "InService");
      if (one && group.desired > 0) box.autoScaling.terminateAtRequest(one, true);
    });
    at += chance.between(`${name}/later`, 1, 100) * second;
  }
  clock.after(at, () => {
    box.autoScaling.setDesired(group, 0);
  });
}

/** How far somebody is who looks at the instances that were retained, by their ids. */
type Inspections = Map<string, "begun" | "done">;

/**
 * Nothing is on its way any more. Instances that were retained are terminated for good by somebody who has looked at
 * them, once, for some minutes.
 */
function isOver(box: Box, inspections: Inspections): boolean {
  const groups = [...box.autoScaling.groups.values()];
  const left = groups.flatMap(({ instances }) => [...instances.values()]);
  if (groups.some(({ desired }) => desired > 0) || left.some(({ state }) => state !== retained)) return false;
  const { chance, clock } = box.stage;
  for (const instance of left) {
    const { id } = instance;
    if (inspections.has(id)) continue;
    inspections.set(id, "begun");
    const length = chance.between(`${id}/inspection`, 300, 900) * second;
    clock.after(length, () => {
      box.autoScaling.terminateAtRequest(instance, false);
    });
    clock.after(length + leaving, () => inspections.set(id, "done"));
  }
  return left.every(({ id }) => inspections.get(id) === "done");
}

const retained = "Terminating:Retained";

/** Within this an instance is on its way whose termination somebody has asked for, ms. */
const leaving = 60 * second;
