import { lifecycleTransitions } from "../../contract";
import type { Instance } from "../autoScaling/model";
import type { Simulator } from "../simulator";
import { forgeHookEvent, parametersOf, runByHand } from "../forgery";
import type { HookSettings } from "../world";
import type { Draw } from "./draw";
import { second, type Fault } from "./fault";

/** Faults by people who have nothing to do with the handler. */
export const strangers = {
  "forged-event": {
    only: "terminate",
    simulates: "somebody publishes a stop event for instances that stay",
    share: 4,
    meanwhile: (simulator, draw) => {
      atInstances(simulator, draw, (instance, hook) => {
        forgeHookEvent(simulator, instance, hook);
      });
    },
  },
  "open-topic": {
    share: 1,
    world: (world) => ({ ...world, topicPolicies: new Map() }),
    meanwhile: (simulator, draw) => {
      atInstances(simulator, draw, (instance, hook) => {
        if (instance.state === "InService") forgeHookEvent(simulator, instance, hook);
      });
    },
  },
  "document-by-hand": {
    only: "terminate",
    simulates: "somebody runs the stop document on instances that stay",
    share: 4,
    meanwhile: (simulator, draw) => {
      atInstances(simulator, draw, (instance, hook, id) => {
        runByHand(
          simulator,
          instance,
          hook,
          draw.strikes(`${id}/whole`, 0.5) ? parametersOf(instance, hook) : {},
        );
      });
    },
  },
} as const satisfies Record<string, Fault>;

/** Somebody does something to an instance by one of its hooks; the id tells draws apart. */
type Act = (instance: Instance, hook: HookSettings, id: string) => void;

/** Acts on each instance after a second, by its stop hook; in chaos on three instances, by any hook, in any state. */
function atInstances(simulator: Simulator, draw: Draw, act: Act): void {
  if (draw.mode === "rehearsal") atEach(simulator, act);
  else for (let number = 1; number <= 3; number += 1) atAny(simulator, draw, `${number}`, act);
}

function atEach(simulator: Simulator, act: Act): void {
  simulator.context.clock.after(second, () => {
    for (const group of simulator.autoScaling.groups.values())
      for (const instance of group.instances.values())
        for (const hook of group.hooks.values())
          if (hook.lifecycleTransition === lifecycleTransitions.terminate) act(instance, hook, instance.id);
  });
}

function atAny(simulator: Simulator, draw: Draw, id: string, act: Act): void {
  simulator.context.clock.after(draw.between(id, 1, 200) * second, () => {
    const all = [...simulator.autoScaling.groups.values()].flatMap((group) => [...group.instances.values()]);
    const instance = all[draw.between(`${id}/instance`, 0, Math.max(0, all.length - 1))];
    const hooks = [...(instance?.group.hooks.values() ?? [])];
    const hook = hooks[draw.between(`${id}/hook`, 0, Math.max(0, hooks.length - 1))];
    if (instance && hook) act(instance, hook, id);
  });
}
