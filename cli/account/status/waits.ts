import type { AutoScalingGroup } from "@aws-sdk/client-auto-scaling";
import type { Transition } from "../../../contract";
import {
  beginning,
  beginningOfTheWait,
  commandsOfThisAction,
  intervalOf,
  type Decision,
} from "../../../handler/decide";
import { groupOf, type Group } from "../../../handler/aws/autoScaling";
import { recall } from "../../../handler/memory";
import { isAtHook, transitionsOf } from "../../../handler/servedHook";
import { hooksOf, reconcile, withPool, type DecidedCase } from "../../../handler/sweep";
import { globalTimeout, sweepInterval } from "../../../timing";
import type { Account } from "../account";
import { translate } from "../aws/errors";
import { handlersOf } from "../groups";
import { createDryHandler, type DryHandler } from "../handler";

/** An instance that waits at a hook of ours. Instants are milliseconds since 1970. */
export interface Wait {
  readonly instance: string;
  readonly hook: string;
  readonly transition: Transition;
  readonly lifecycleState: string;
  /** When the wait began; undefined if neither a scaling activity nor a command tells. */
  readonly since: number | undefined;
  /** The command that was sent last; undefined if none was. */
  readonly command: { readonly id: string; readonly status: string; readonly sentAt: number } | undefined;
  /**
   * When the hook times out unless somebody extends it; undefined where an operator's hold keeps it open. AWS does not tell when a hook was last extended, so where the
   * handler extends it regularly, this follows from the handler's schedule.
   */
  readonly hookEnds: number | undefined;
  /** Whether the hook has been extended by now, so that `hookEnds` is an estimate. */
  readonly isExtended: boolean;
  /** When Auto Scaling ends the wait whatever happens. */
  readonly globalEnds: number | undefined;
  /** What the handler decides at its next sweep, if nothing happens before. */
  readonly next: { readonly kind: Decision["kind"]; readonly code: string; readonly reason: string };
}

/** An instance on its way that waits at no hook of ours. */
export interface Passing {
  readonly instance: string;
  readonly lifecycleState: string;
}

/** What waits in a group. */
export interface GroupStatus {
  readonly group: string;
  readonly handlers: readonly string[];
  readonly instances: number;
  readonly waits: readonly Wait[];
  /** Instances on their way elsewhere: they deregister, or wait at somebody else's hook, or are retained. */
  readonly passing: readonly Passing[];
  /** What the handler would complain about. */
  readonly problems: readonly string[];
}

/** States of instances that are neither on their way nor kept for inspection. */
const settledStates: ReadonlySet<string> = new Set([
  "InService",
  "Standby",
  "Warmed:Stopped",
  "Warmed:Running",
  "Warmed:Hibernated",
]);

/** Looks at a group as its handlers do at a sweep, and decides as they do, but changes nothing. */
export async function statusOf(account: Account, described: AutoScalingGroup): Promise<GroupStatus> {
  const handlers = handlersOf(described);
  const listed = groupOf(described);
  const looks = await Promise.all(handlers.map((handler) => lookAs(account, handler, listed)));
  const waits = looks.flatMap((look) => look.waits);
  const instances = looks[0]?.group.instances ?? listed.instances;
  return {
    group: listed.name,
    handlers,
    instances: instances.length,
    waits: waits.sort((one, other) => (one.since ?? 0) - (other.since ?? 0)),
    passing: instances
      .filter(
        ({ id, lifecycleState }) =>
          !settledStates.has(lifecycleState) && !waits.some(({ instance }) => instance === id),
      )
      .map(({ id, lifecycleState }) => ({ instance: id, lifecycleState })),
    problems: [...new Set(looks.flatMap((look) => look.problems))],
  };
}

async function lookAs(account: Account, handler: string, listed: Group) {
  const dry = createDryHandler(account, handler);
  const group = await orFail(dry, () => withPool(dry.context, listed));
  const waiting = group.instances.filter(isAtHook);
  if (waiting.length === 0) return { group, waits: [], problems: [] };
  await orFail(dry, () => prepareMemory(dry, group));
  const due = await orFail(dry, () => reconcile(dry.context, group, { isSweep: true }));
  const cases = due.flatMap(({ cases: some }) => some);
  const waits = await orFail(dry, () => waitsOf(dry, group, cases));
  return {
    group,
    waits,
    problems: dry.problems.map(({ hook, message }) => `${hook ?? handler}: ${message}`),
  };
}

/** The handler goes on after a call that AWS refuses; a look that lacks its answer says something wrong. */
async function orFail<T>({ failures }: DryHandler, step: () => Promise<T>): Promise<T> {
  const settled = await Promise.allSettled([step()]);
  const [failure] = failures;
  if (failure !== undefined) throw translate(failure);
  const [result] = settled;
  if (result.status === "rejected") throw translate(result.reason);
  return result.value;
}

/** A fresh memory holds no earlier sweep, and would make a heartbeat due at once. */
async function prepareMemory({ context }: DryHandler, group: Group): Promise<void> {
  const { instances, name } = group;
  const { clock, memory } = context;
  for (const hook of await hooksOf(context, group))
    for (const { id } of instances.filter(({ lifecycleState }) =>
      transitionsOf(lifecycleState).includes(hook.transition),
    ))
      recall(memory, { group: name, hook: hook.name, instance: id }).look =
        clock.now() - sweepInterval * 1000;
}

async function waitsOf(
  { context }: DryHandler,
  group: Group,
  cases: readonly DecidedCase[],
): Promise<Wait[]> {
  const found = await Promise.all(
    (["launch", "terminate"] as const).map(async (transition) => {
      const some = cases.filter(({ subject }) => subject.transition === transition);
      const ids = some.map(({ subject }) => subject.instance);
      if (ids.length === 0) return [];
      const activities = await context.autoScaling.activities(group.name, transition, ids, false);
      return some.map((one) => {
        const activity = one.situation.activity ?? activities.get(one.subject.instance);
        return waitOf({ ...one, situation: { ...one.situation, activity } }, group);
      });
    }),
  );
  return found.flat();
}

function waitOf({ decision, situation, subject }: DecidedCase, { instances }: Group): Wait {
  const command = commandsOfThisAction(situation).at(-1);
  const began = [beginningOfTheWait(situation), beginning(situation)].filter((one) => one !== undefined);
  const since = began.length > 0 ? Math.min(...began) : undefined;
  return {
    instance: subject.instance,
    hook: subject.hook,
    transition: subject.transition,
    lifecycleState: instances.find(({ id }) => id === subject.instance)?.lifecycleState ?? "",
    since,
    command: command && { id: command.id, status: command.status, sentAt: command.requestedAt },
    ...endsOf(situation, since, decision.reason.code === "held"),
    next: { kind: decision.kind, code: decision.reason.code, reason: decision.reason.text },
  };
}

/** When the hook and the wait end. */
function endsOf(
  situation: DecidedCase["situation"],
  since: number | undefined,
  isHeld: boolean,
): Pick<Wait, "hookEnds" | "isExtended" | "globalEnds"> {
  if (since === undefined) return { hookEnds: undefined, isExtended: false, globalEnds: undefined };
  const { heartbeatTimeout, now } = situation;
  const globalEnds = since + globalTimeout(heartbeatTimeout) * 1000;
  const interval = intervalOf(situation);
  const slot = interval === undefined ? 0 : Math.floor((now - since) / (interval * 1000));
  const extended = since + slot * (interval ?? 0) * 1000;
  return {
    hookEnds: isHeld ? undefined : Math.min(extended + heartbeatTimeout * 1000, globalEnds),
    isExtended: slot > 0,
    globalEnds,
  };
}
