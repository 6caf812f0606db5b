import type { Transition } from "../../contract";
import { Simulator, fillWarmPool, poolSize, type Group } from "../../simulator";

/**
 * Gives the warm pool of a group the instances that a rehearsal plays, and room for no others: a scale-out finds them
 * in the pool, as far as the pool is as large as that, and a scale-in finds room for the instances that return. So the
 * pool launches no instances of its own beside those that are rehearsed.
 */
export function preparePool(
  { autoScaling }: Simulator,
  group: Group,
  { instances, transition }: { readonly instances: number; readonly transition: Transition },
): void {
  const { warmPool } = group;
  if (warmPool === undefined) return;
  const prepared = transition === "launch" ? Math.min(instances, poolSize(group)) : 0;
  const room = transition === "launch" || warmPool.reuseOnScaleIn ? instances : 0;
  group.warmPool = { ...warmPool, minSize: 0, maxGroupPreparedCapacity: room };
  fillWarmPool(autoScaling, group, prepared);
}
