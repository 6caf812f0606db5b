import type { Group } from "../aws/autoScaling";
import type { Context } from "../context";
import { isAtHook } from "../servedHook";
import { readCases, type EndedCommand, type Look } from "./cases";
import { settle } from "./carryOutCase";
import { hooksOf } from "./hooks";
import { readRoutes } from "./routes";
import { start, type Due } from "./start";

/**
 * Compares what is with what should be for the waiting instances of one group: completes actions that are finished,
 * extends actions that need it, applies the failure policy where there is no more time. Needs no event and harms
 * nothing when events or other sweeps do the same at the same time.
 * @returns the instances whose scripts are to be started
 */
export async function reconcile(context: Context, group: Group, look: Look): Promise<Due[]> {
  const hooks = await hooksOf(context, group);
  const routeFor = await readRoutes(context, group, hooks);
  return Promise.all(
    hooks
      .filter(({ name }) => look.hook === undefined || look.hook === name)
      .map(async (hook): Promise<Due> => {
        const waiting = group.instances.flatMap((instance) => {
          const route = routeFor(instance, hook.transition);
          return route === undefined ? [] : [{ instance, route }];
        });
        const cases = await readCases(context, group, hook, waiting, look);
        return { hook, cases: await settle(context, cases) };
      }),
  );
}

/** Looks at some instances as a sweep would: reads their state, their hook and their commands first. */
export async function reconcileInstances(
  context: Context,
  group: string,
  hook: string,
  instances: readonly string[],
  ended?: EndedCommand,
): Promise<void> {
  const details = await context.autoScaling.describe(instances);
  const found = [...details].map(([id, { isHealthy, lifecycleState }]) => ({
    id,
    isHealthy,
    isProtected: false,
    lifecycleState,
  }));
  if (!found.some(isAtHook)) return;
  // The tags and the protection are not known here, nor whether instances pass the hook twice.
  const unknown: Group = {
    name: group,
    instances: found,
    hasUnreadPool: false,
    repeats: true,
    busy: undefined,
    revisions: [],
  };
  const due = await reconcile(context, unknown, { isSweep: false, hook, ended });
  await Promise.all(due.map((one) => start(context, one)));
}
