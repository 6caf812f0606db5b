import {
  deleteWarmPool,
  detach,
  enterStandby,
  exitStandby,
  fillWarmPool,
  resumeProcesses,
  suspendProcesses,
} from "../autoScaling/operator";
import type { Process } from "../autoScaling/model";
import type { Simulator } from "../simulator";
import { changed, withOtherHook } from "../changes";
import { changeHooks, editMetadata, withSecondHook } from "./changedHooks";
import { withCopies } from "./copies";
import type { Draw } from "./draw";
import { minute, second, type Fault } from "./fault";

/** What people, deployments and other tools do to groups, hooks and topics. */
export const groups = {
  "early-drain": {
    only: "terminate",
    simulates: "Auto Scaling does not wait for the whole deregistration delay",
    share: 5,
    behaviour: (usual, draw) =>
      changed(usual, { draining: (instance, delay) => draw.between(instance, 0, delay) }),
  },
  "other-hook": {
    simulates: "somebody else's hook holds the instance for four more minutes",
    share: 5,
    world: withOtherHook,
    behaviour: (usual, draw) =>
      changed(usual, {
        otherHook: (hook, instance) => ({
          after: draw.number(`${hook}/${instance}`, 4 * minute, [second, 200 * second]),
          result: "CONTINUE",
        }),
      }),
  },
  "abandoning-hook": {
    simulates: "somebody else's hook ends with ABANDON after half a minute",
    share: 0.8,
    world: withOtherHook,
    behaviour: (usual, draw) =>
      changed(usual, {
        otherHook: (hook, instance) => ({
          after: draw.number(`${hook}/${instance}`, 30 * second, [second, minute]),
          result: draw.strikes(instance, 0.6) ? "ABANDON" : "CONTINUE",
        }),
      }),
  },
  "broken-topic": {
    simulates: "Auto Scaling may not publish to the topic any more",
    world: (world) => ({ ...world, topics: new Set() }),
  },
  "changed-hooks": {
    simulates: "a deployment shortens the timeouts of the hooks meanwhile",
    share: 5,
    meanwhile: changeHooks,
  },
  "edited-metadata": { share: 0.5, meanwhile: editMetadata },
  "second-hook": {
    simulates: "a second component puts a terminate hook of its own on the group",
    share: 4,
    world: withSecondHook,
  },
  "operator-hold": { share: 6, meanwhile: hold },
  standby: { share: 5, meanwhile: standAside },
  "suspended-processes": { share: 4, meanwhile: suspend },
  "warm-pool": {
    share: 0.5,
    meanwhile: (simulator, draw) => {
      for (const group of simulator.autoScaling.groups.values()) {
        const { name } = group.settings;
        fillWarmPool(simulator.autoScaling, group, draw.between(`${name}/size`, 1, 2));
        simulator.context.clock.after(draw.between(`${name}/ends`, 10, 200) * second, () => {
          deleteWarmPool(simulator.autoScaling, group);
        });
      }
    },
  },
  "long-history": { share: 3, meanwhile: rememberMuch },
  "hundred-groups": { share: 0.1, world: withCopies },
} as const satisfies Record<string, Fault>;

/** Puts one instance of a group on standby for a while, or detaches it. */
function standAside({ autoScaling, context: { clock } }: Simulator, draw: Draw): void {
  for (const group of autoScaling.groups.values()) {
    const { name } = group.settings;
    clock.after(draw.between(`${name}/at`, 0, 90) * second, () => {
      const instance = [...group.instances.values()].find(({ state }) => state === "InService");
      if (instance === undefined || group.desired === 0) return;
      if (draw.strikes(`${name}/detached`, 0.4)) {
        detach(autoScaling, instance);
        return;
      }
      enterStandby(autoScaling, instance);
      clock.after(draw.between(`${name}/back`, 30, 300) * second, () => {
        exitStandby(autoScaling, instance);
        clock.after(draw.between(`${name}/goes`, 10, 60) * second, () => {
          autoScaling.setDesired(group, 0);
        });
      });
    });
  }
}

/** Holds some of the instances that wait at a hook, each once: its failure policy waits for the end of the hold. */
function hold({ autoScaling, context: { clock }, ec2 }: Simulator, draw: Draw): void {
  const seen = new Set<string>();
  for (let at = 10 * second; at < 30 * minute; at += 10 * second) {
    clock.after(at, () => {
      for (const { id, state } of [...autoScaling.groups.values()].flatMap((group) => [
        ...group.instances.values(),
      ])) {
        if (!state.endsWith(":Wait") || seen.has(id)) continue;
        seen.add(id);
        if (draw.strikes(id, 0.7)) ec2.hold(id, clock.now() + draw.between(id, 60, 1800) * second);
      }
    });
  }
}

/** Suspends processes of each group for a while. */
function suspend({ autoScaling, context: { clock } }: Simulator, draw: Draw): void {
  for (const group of autoScaling.groups.values()) {
    const { name } = group.settings;
    clock.after(draw.between(`${name}/suspended`, 0, 100) * second, () => {
      suspendProcesses(group, ...draw.pick(`${name}/processes`, suspendable));
      clock.after(draw.between(`${name}/resumed`, 30, 300) * second, () => {
        resumeProcesses(autoScaling, group);
      });
    });
  }
}

const suspendable: readonly [readonly Process[], ...(readonly Process[])[]] = [
  ["Terminate"],
  ["HealthCheck"],
  ["HealthCheck", "ReplaceUnhealthy"],
  ["Launch"],
];

/** Commands of the last thirty days, for instances that are gone. */
function rememberMuch({ runCommand, context: { began } }: Simulator, draw: Draw): void {
  const number = draw.pick("number", [200, 1_000, 3_000]);
  const pace = draw.pick("pace", [1, 60, 600]) * second;
  const documents = [...runCommand.documents.keys()];
  for (let index = 0; index < number; index += 1) {
    const document = documents[index % documents.length];
    if (document === undefined) return;
    runCommand.remember({
      document,
      instances: [`i-${String(index).padStart(17, "0")}`],
      requestedAt: began - (number - index) * pace,
    });
  }
}
