import type { Route, Transition } from "../../contract";
import type { Group, Instance } from "../aws/autoScaling";
import type { Context } from "../context";
import { isAmbiguous, routeOf, type Launch } from "../route";
import type { ServedHook } from "../servedHook";

/** The route of an instance through the hooks of a transition; undefined if it waits at none of them. */
export type RouteFor = (instance: Instance, transition: Transition) => Route | undefined;

/**
 * The routes of the instances of a group. `Warmed:Pending:Wait` is the state of an instance that launches into the warm
 * pool and of an instance that returns to the pool, where the wrong script would do harm: the latest launch tells the
 * two apart, as it has ended for an instance that returns. One call for all instances, none where no state leaves a
 * question open.
 */
export async function readRoutes(
  { autoScaling }: Context,
  { instances, name }: Group,
  hooks: readonly ServedHook[],
): Promise<RouteFor> {
  const tellsOrigin = hooks.some(({ instructions }) => instructions.inWarmPool !== undefined);
  const open = instances.filter(
    ({ lifecycleState }) => isAmbiguous(lifecycleState) || (tellsOrigin && lifecycleState === "Pending:Wait"),
  );
  const ids = open.map(({ id }) => id);
  const launches: ReadonlyMap<string, Launch> =
    ids.length === 0 ? new Map() : await autoScaling.launches(name, ids);
  return ({ id, lifecycleState }, transition) => routeOf(lifecycleState, transition, launches.get(id));
}
