import type { Context } from "../context";
import type { Facts } from "../deliberate";
import type { ActionMemory } from "../memory";
import { once } from "../once";
import { mayRetain, type ServedHook } from "../servedHook";

/**
 * The facts that can be read about instances at a hook, by instance id. Where one call tells of several instances, we
 * read the fact for all of them.
 * @param unhealthy - Instances that Auto Scaling calls unhealthy, whose machines may be gone
 */
export function factsAbout(
  { autoScaling, runCommand }: Context,
  hook: ServedHook,
  instances: readonly string[],
  unhealthy: readonly string[],
): (instance: string, memory: ActionMemory) => Facts {
  const { document } = hook.instructions;
  const activities = once(() =>
    autoScaling.activities(hook.group, hook.transition, instances, mayRetain(hook)),
  );
  const machines = once(() => runCommand.machines(unhealthy));
  return (instance, memory) => ({
    activity: async () => {
      memory.activity = (await activities()).get(instance);
      return memory.activity;
    },
    history: async () => (await runCommand.invocations({ document, instance })) ?? [],
    end: (command) => runCommand.end(command, instance),
    machine: async () => (await machines()).get(instance) ?? "gone",
  });
}
