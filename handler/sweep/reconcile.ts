import type { Group } from "../aws/autoScaling";
import type { Context } from "../context";
import { isAtHook, type ServedHook } from "../servedHook";
import { readCases, type EndedCommand, type Look } from "./cases";
import { settle } from "./carryOutCase";
import { hooksOf, remembers } from "./hooks";
import { withPool } from "./pool";
import { readRoutes } from "./routes";
import { start, type Due } from "./start";
import { settleInTurn, takesTurns } from "./turns";

/**
 * Compares what is with what should be for the waiting instances of one group: completes actions that are finished,
 * extends actions that need it, applies the failure policy where there is no more time. Needs no event and harms
 * nothing when events or other sweeps do the same at the same time.
 * @returns the instances whose scripts are to be started
 */
export async function reconcile(context: Context, group: Group, look: Look): Promise<Due[]> {
  return reconcileHooks(context, group, await hooksOf(context, group), look);
}

async function reconcileHooks(
  context: Context,
  group: Group,
  hooks: readonly ServedHook[],
  look: Look,
): Promise<Due[]> {
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
        const settled = takesTurns(hook)
          ? await settleInTurn(context, group, hook, cases, look)
          : await settle(context, cases);
        return { hook, cases: settled };
      }),
  );
}

/** Looks at some instances as a sweep would: reads their state, their hook and their commands first. */
export async function reconcileInstances(
  context: Context,
  group: string,
  hook: string,
  instances: readonly string[],
  ended?: Omit<EndedCommand, "instances">,
): Promise<void> {
  const look = {
    isSweep: false,
    hook,
    ended: ended && { ...ended, instances },
    about: instances,
  };
  if (remembers(context.memory, group, hook, takesTurns)) return reconcileGroup(context, group, look);
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
  const hooks = await hooksOf(context, unknown);
  if (hooks.some((one) => one.name === hook && takesTurns(one))) return reconcileGroup(context, group, look);
  const due = await reconcileHooks(context, unknown, hooks, look);
  await Promise.all(due.map((one) => start(context, one)));
}

/**
 * Looks at a whole group as a sweep would: where its instances take turns, what becomes of one instance decides what
 * is due for the others.
 */
export async function reconcileGroup(context: Context, name: string, look: Look): Promise<void> {
  const listed = await context.autoScaling.group(name);
  const group = listed && (await withPool(context, listed));
  if (!group?.instances.some(isAtHook)) return;
  const due = await reconcile(context, group, look);
  await Promise.all(due.map((one) => startInTurn(context, one)));
}

/**
 * Starts the scripts of a hook. An instance that SSM refuses may have nothing to stop: it then passes its turn on at
 * once, unless its action was over already.
 */
export async function startInTurn(context: Context, due: Due): Promise<void> {
  const hasCompleted = await start(context, due);
  if (hasCompleted && takesTurns(due.hook))
    await reconcileGroup(context, due.hook.group, { isSweep: false, hook: due.hook.name });
}
