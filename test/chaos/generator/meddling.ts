import { handlerTag } from "../../../contract";
import {
  deleteWarmPool,
  detach,
  enterStandby,
  exitStandby,
  fillWarmPool,
  forgeHookEvent,
  parametersOf,
  resumeProcesses,
  runByHand,
  suspendProcesses,
  type Box,
  type GroupSettings,
  type HookSettings,
  type World,
} from "../../../simulator";
import type { Instance, Process } from "../../../simulator/autoScaling/model";
import { second, type Disturbance } from "./disturbance";
import { changeHooks, editMetadata, withSecondHook } from "./hooks";
import { sendOthers } from "./others";

/** What people, deployments and strangers do to groups, hooks and documents meanwhile. */
export const meddling = {
  "messages of others": { share: 8, meanwhile: sendOthers },
  "hooks changed meanwhile": { share: 5, meanwhile: changeHooks },
  "metadata edited by hand": { share: 0.5, meanwhile: editMetadata },
  "two hooks of ours": { share: 4, world: withSecondHook },
  "forged events": {
    share: 4,
    meanwhile: (box) => {
      atInstances(box, "forged", (instance, hook) => {
        forgeHookEvent(box, instance, hook);
      });
    },
  },
  "forged events at an open topic": {
    share: 1,
    world: (world) => ({ ...world, topicPolicies: new Map() }),
    meanwhile: (box) => {
      atInstances(box, "forged", (instance, hook) => {
        if (instance.state === "InService") forgeHookEvent(box, instance, hook);
      });
    },
  },
  "documents run by hand": {
    share: 4,
    meanwhile: (box) => {
      atInstances(box, "byHand", (instance, hook, isWhole) => {
        runByHand(box, instance, hook, isWhole ? parametersOf(instance, hook) : {});
      });
    },
  },
  "standby and detached instances": { share: 5, meanwhile: standAside },
  "suspended processes": { share: 4, meanwhile: suspend },
  "warm pools": {
    share: 0.5,
    meanwhile: (box) => {
      const { chance, clock } = box.stage;
      for (const group of box.autoScaling.groups.values()) {
        fillWarmPool(box.autoScaling, group, chance.between(`${group.settings.name}/pool`, 1, 2));
        clock.after(chance.between(`${group.settings.name}/poolEnds`, 10, 200) * second, () => {
          deleteWarmPool(box.autoScaling, group);
        });
      }
    },
  },
  "long histories": { share: 3, meanwhile: rememberMuch },
  "a hundred groups": { share: 0.1, world: withCopies },
} as const satisfies Record<string, Disturbance>;

/** Does something to three instances, in whatever state they are then. */
function atInstances(
  box: Box,
  about: string,
  act: (instance: Instance, hook: HookSettings, isWhole: boolean) => void,
): void {
  const { chance, clock } = box.stage;
  for (let number = 1; number <= 3; number += 1) {
    clock.after(chance.between(`${about}/${number}`, 1, 200) * second, () => {
      const all = [...box.autoScaling.groups.values()].flatMap((group) => [...group.instances.values()]);
      const instance = all[chance.between(`${about}/${number}/instance`, 0, Math.max(0, all.length - 1))];
      const hooks = [...(instance?.group.hooks.values() ?? [])];
      const hook = hooks[chance.between(`${about}/${number}/hook`, 0, Math.max(0, hooks.length - 1))];
      if (instance && hook) act(instance, hook, chance.happens(`${about}/${number}/whole`, 0.5));
    });
  }
}

/** Puts one instance of a group on standby for a while, or detaches it. */
function standAside(box: Box): void {
  const { autoScaling, stage } = box;
  const { chance, clock } = stage;
  for (const group of autoScaling.groups.values()) {
    const { name } = group.settings;
    clock.after(chance.between(`${name}/aside`, 0, 90) * second, () => {
      const instance = [...group.instances.values()].find(({ state }) => state === "InService");
      if (instance === undefined || group.desired === 0) return;
      if (chance.happens(`${name}/detached`, 0.4)) {
        detach(autoScaling, instance);
        return;
      }
      enterStandby(autoScaling, instance);
      clock.after(chance.between(`${name}/back`, 30, 300) * second, () => {
        exitStandby(autoScaling, instance);
        clock.after(chance.between(`${name}/goes`, 10, 60) * second, () => {
          autoScaling.setDesired(group, 0);
        });
      });
    });
  }
}

/** Suspends processes of each group for a while. */
function suspend(box: Box): void {
  const { autoScaling, stage } = box;
  const choices: readonly (readonly Process[])[] = [
    ["Terminate"],
    ["HealthCheck"],
    ["HealthCheck", "ReplaceUnhealthy"],
    ["Launch"],
  ];
  const { chance, clock } = stage;
  for (const group of autoScaling.groups.values()) {
    const { name } = group.settings;
    clock.after(chance.between(`${name}/suspended`, 0, 100) * second, () => {
      suspendProcesses(group, ...(choices[chance.between(`${name}/processes`, 0, choices.length - 1)] ?? []));
      clock.after(chance.between(`${name}/resumed`, 30, 300) * second, () => {
        resumeProcesses(autoScaling, group);
      });
    });
  }
}

/** Commands of the last thirty days, for instances that are gone. */
function rememberMuch(box: Box): void {
  const { chance, began } = box.stage;
  const number = chance.pick("history", [200, 1_000, 3_000]);
  const documents = [...box.runCommand.documents.keys()];
  for (let index = 0; index < number; index += 1) {
    const document = documents[index % documents.length];
    if (document === undefined) return;
    box.runCommand.remember({
      document,
      instances: [`i-${String(index).padStart(17, "0")}`],
      requestedAt: began - (number - index) * chance.pick("history/pace", [1, 60, 600]) * second,
    });
  }
}

/** So many groups on one handler, as far as its role lets it serve them by their tag. */
const crowd = 100;

function withCopies(world: World): World {
  const own = world.groups.filter(({ tags }) => handlerTag in tags);
  const copies = own.flatMap((group) =>
    Array.from({ length: Math.ceil(crowd / own.length) }, (_, index) => copyOf(group, index + 1)),
  );
  return { ...world, groups: [...world.groups, ...copies] };
}

function copyOf(group: GroupSettings, number: number): GroupSettings {
  const name = `${group.name}-copy${number}`;
  return { ...group, name, arn: group.arn.replace(group.name, name) };
}
