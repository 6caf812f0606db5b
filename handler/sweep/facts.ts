import type { Context } from "../context";
import type { Facts } from "../deliberate";
import { holdsOf } from "../hold";
import type { ActionMemory } from "../memory";
import { once } from "../once";
import { mayRetain, type ServedHook } from "../servedHook";
import type { Activity } from "../situation";

/** Reads the scaling activities of instances at a hook, and remembers them; the call is made once for all of them. */
export function activitiesOf(
  { autoScaling }: Context,
  hook: ServedHook,
  instances: readonly string[],
): (instance: string, memory: ActionMemory) => Promise<Activity | undefined> {
  const activities = once(() =>
    autoScaling.activities(hook.group, hook.transition, instances, mayRetain(hook)),
  );
  return async (instance, memory) => (memory.activity = (await activities()).get(instance));
}

/**
 * The facts that can be read about instances at a hook, by instance id. Where one call tells of several instances, we
 * read the fact for all of them.
 * @param unhealthy - Instances that Auto Scaling calls unhealthy, whose machines may be gone
 */
export function factsAbout(
  context: Context,
  hook: ServedHook,
  instances: readonly string[],
  unhealthy: readonly string[],
): (instance: string, memory: ActionMemory) => Facts {
  const { runCommand } = context;
  const { document } = hook.instructions;
  const activityOf = activitiesOf(context, hook, instances);
  const holdOf = holdsOf(context, { group: hook.group, hook: hook.name }, instances);
  const machines = once(() => runCommand.machines(unhealthy));
  return (instance, memory) => ({
    activity: () => activityOf(instance, memory),
    history: async () => (await runCommand.invocations({ document, instance })) ?? [],
    end: (command) => runCommand.end(command, instance),
    machine: async () => (await machines()).get(instance) ?? "gone",
    hold: () => holdOf(instance, memory),
  });
}
