import { lifecycleTransitions } from "../../contract";
import { Box, GoodDay, type Chance, type Conduct, type Occurrence, type World } from "../box";
import type { Group } from "../box/autoScaling/model";
import { disturbances, type Disturbance } from "./disturbances";
import type { Run } from "./run";
import type { Stack } from "./stack";

/** What came of a run. */
export interface Play {
  readonly world: World;
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
  const { box, close } = await Box.open({
    world: { ...worldOf(run, stack.world), rules },
    code: stack.code,
    seed: run.seed,
    conduct: (chance) => conductOf(run, chance),
  });
  const inspected = new Set<string>();
  try {
    for (const group of box.autoScaling.groups.values()) move(box, group);
    if (run.disturbances.includes("messages of others")) sendOthers(box, stack.world);
    if (run.disturbances.includes("hooks changed meanwhile")) changeHooks(box);
    await box.run(box.stage.began + longest, () => isOver(box, inspected));
    const { began } = box.stage;
    return {
      world: stack.world,
      began,
      occurrences: box.occurrences,
      deadLetters: box.lambda.deadLetters.length,
    };
  } finally {
    await close();
  }
}

function worldOf(run: Run, world: World): World {
  return run.disturbances.reduce((so, name) => {
    const one: Disturbance = disturbances[name];
    return one.world?.(so) ?? so;
  }, world);
}

function conductOf(run: Run, chance: Chance): Conduct {
  const scriptSeconds = {
    launch: chance.pick("launchSeconds", [1, 10, 30]),
    terminate: chance.pick("stopSeconds", [1, 1, 5, 5, 20, 100]),
  };
  const usual: Conduct = new GoodDay(chance, { scriptSeconds });
  return run.disturbances.reduce((so, name) => {
    const one: Disturbance = disturbances[name];
    return one.conduct?.(so, chance) ?? so;
  }, usual);
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

/**
 * Nothing is on its way any more. Instances that were retained are terminated for good by somebody who has looked at
 * them, once.
 */
function isOver(box: Box, inspected: Set<string>): boolean {
  const groups = [...box.autoScaling.groups.values()];
  const left = groups.flatMap(({ instances }) => [...instances.values()]);
  if (groups.some(({ desired }) => desired > 0) || left.some(({ state }) => state !== retained)) return false;
  const fresh = left.filter(({ id }) => !inspected.has(id));
  for (const instance of fresh) {
    inspected.add(instance.id);
    box.autoScaling.terminateAtRequest(instance, false);
  }
  return fresh.length === 0;
}

const retained = "Terminating:Retained";

/** Messages that are not for the function: malformed ones, test notifications, hooks and commands of others. */
function sendOthers(box: Box, world: World): void {
  const { chance, clock } = box.stage;
  const [topic] = world.topics;
  const texts = [
    "",
    "{",
    "null",
    "[]",
    '{"Event":"autoscaling:TEST_NOTIFICATION"}',
    '{"LifecycleTransition":"autoscaling:TEST_NOTIFICATION","LifecycleHookName":"graceful-terminate-sns"}',
    JSON.stringify({
      LifecycleTransition: lifecycleTransitions.terminate,
      AutoScalingGroupName: "somebody-elses",
      LifecycleHookName: "their-hook",
      EC2InstanceId: "i-00000000000000001",
      LifecycleActionToken: "00000000-0000-4000-8000-000000000001",
      NotificationMetadata: "{}",
      Time: new Date(box.stage.began).toISOString(),
    }),
  ] as const;
  for (let sent = 0; sent < 3; sent += 1) {
    clock.after(chance.between(`others/${sent}`, 0, 300) * second, () => {
      const message = chance.pick(`others/${sent}/text`, texts);
      if (topic !== undefined) box.topics.publish({ topic, message, subject: "", role: undefined });
      box.bus.put(commandOfOthers(world, chance.pick(`others/${sent}/status`, ["Success", "Failed"])));
    });
  }
}

/** A command that somebody ran by hand from one of our documents, without its parameters. */
function commandOfOthers(world: World, status: string) {
  const [document = ""] = world.documents.keys();
  return {
    source: "aws.ssm",
    detailType: "EC2 Command Status-change Notification",
    resources: [],
    detail: {
      "command-id": "00000000-0000-4000-8000-000000000002",
      "document-name": document,
      parameters: {},
      status,
    },
  };
}

/** Puts each hook again with a longer timeout, as an update of the stack would. */
function changeHooks(box: Box): void {
  const { chance, clock } = box.stage;
  for (const group of box.autoScaling.groups.values()) {
    clock.after(chance.between(`change/${group.settings.name}`, 1, 400) * second, () => {
      for (const hook of group.hooks.values()) {
        const heartbeatTimeout = Math.min(7200, hook.heartbeatTimeout + 60);
        box.autoScaling.putHook(group, { ...hook, heartbeatTimeout });
      }
    });
  }
}
