import { budgetOf } from "../contract";
import { completionRecovery, startRecovery } from "../timing";
import type { Group, Instance } from "./aws/autoScaling";
import type { Invocation } from "./aws/runCommand";
import { attempt, completeOnce, heartbeat, logDecision, type Subject } from "./carryOut";
import type { Context } from "./context";
import { deliberate, type Deliberation, type Facts } from "./deliberate";
import { showOutput } from "./scriptOutput";
import { cancelCommand, sendDocument } from "./send";
import { isWaiting, mayRetain, servedHooks, type ServedHook } from "./servedHook";
import type { Activity, Situation } from "./situation";

/** How one look at a group differs from another. */
export interface Look {
  /** Sweeps send the heartbeats that fell due since they last saw to an action. */
  readonly isSweep: boolean;
  /** Only the instances of this hook; all hooks if absent. */
  readonly hook?: string;
}

/** Calls to AWS that run side by side. */
const parallel = 10;

/**
 * Compares what is with what should be for the waiting instances of one group: starts missing commands, completes
 * what has finished, extends what needs it, applies the failure policy where the budget is over.
 * Needs no event and harms nothing when events or other sweeps do the same at the same time.
 */
export async function reconcile(context: Context, group: Group, look: Look): Promise<void> {
  const hooks = servedHooks(context.handler, group.name, await context.autoScaling.hooks(group.name));
  for (const hook of hooks) {
    if (look.hook !== undefined && look.hook !== hook.name) continue;
    const waiting = group.instances.filter((one) => isWaiting(one.lifecycleState, hook.transition));
    if (waiting.length > 0) await reconcileHook(context, group, hook, waiting, look);
  }
}

/** Whether any instance of a group waits at any hook. */
export function hasWaiting({ instances }: Group): boolean {
  return instances.some(({ lifecycleState }) => lifecycleState.endsWith(":Wait"));
}

async function reconcileHook(
  context: Context,
  group: Group,
  hook: ServedHook,
  waiting: readonly Instance[],
  { isSweep }: Look,
): Promise<void> {
  const now = context.clock.now();
  const listedSince = now - (startRecovery + budgetOf(hook.instructions) + completionRecovery) * 1000;
  const { document } = hook.instructions;
  const invocations = groupByInstance(await context.runCommand.invocations({ document, after: listedSince }));
  const activities = once(() =>
    context.autoScaling.activities(
      hook.group,
      hook.transition,
      waiting.map(({ id }) => id),
      mayRetain(hook),
    ),
  );
  const cases = await inParallel(waiting, async ({ id }): Promise<Case | undefined> => {
    const subject: Subject = {
      group: hook.group,
      hook: hook.name,
      instance: id,
      transition: hook.transition,
      token: undefined,
    };
    const situation: Situation = {
      transition: hook.transition,
      instructions: hook.instructions,
      heartbeatTimeout: hook.heartbeatTimeout,
      waiting: true,
      commands: invocations.get(id) ?? [],
      listedSince,
      repeats: group.repeats,
      reachable: true,
      busy: false,
      since: undefined,
      activity: undefined,
      now,
      // Who remembers no look may have missed any number: a heartbeat too many is better than one too few.
      previousLook: isSweep ? (context.memory.looks.get(keyOf(subject)) ?? 0) : now,
    };
    const facts: Facts = {
      activity: async () => (await activities()).get(id),
      history: () => context.runCommand.invocations({ document, instance: id }),
    };
    let found: Case | undefined;
    await attempt(context, subject, async () => {
      found = { subject, facts, ...(await deliberate(context, subject, situation, facts)) };
    });
    return found;
  });
  const decided = cases.filter((one) => one !== undefined);
  const done = await inParallel(decided, (one) => carryOut(context, one));
  const ready = decided.filter((_, index) => done[index]);
  // One that AWS failed is not seen to: its heartbeat is due again.
  if (isSweep) for (const { subject } of ready) context.memory.looks.set(keyOf(subject), now);
  await inParallel(await run(context, hook, ready), (one) => carryOut(context, one));
  await inParallel(ready, async ({ decision, subject }) => {
    if (decision.kind === "complete" && decision.failed) await showOutput(context, subject, decision.failed);
  });
}

/** One waiting instance and what was decided about it. */
interface Case extends Deliberation {
  readonly subject: Subject;
  readonly facts: Facts;
}

/**
 * Carries out what concerns one instance alone.
 * @returns whether it went through; a script is not started before the extension that it needs.
 */
async function carryOut(context: Context, { decision, situation, subject }: Case): Promise<boolean> {
  logDecision(context, subject, decision, sinceOf(situation));
  return attempt(context, subject, async () => {
    if (decision.kind === "complete") await completeOnce(context, subject, decision);
    if (decision.kind === "heartbeat") await heartbeat(context, subject);
    if (decision.kind === "run" && decision.extend) await heartbeat(context, subject);
    if (decision.kind === "run" && decision.replaces !== undefined) {
      await cancelCommand(context, decision.replaces, subject.instance);
    }
  });
}

/**
 * Sends the document to all instances that need it.
 * @returns what is due for the instances that SSM refused.
 */
async function run(context: Context, hook: ServedHook, cases: readonly Case[]): Promise<Case[]> {
  const due = cases.filter(({ decision }) => decision.kind === "run");
  const refused = new Set(
    await sendDocument(
      context,
      hook,
      due.map(({ situation, subject }) => ({
        instance: subject.instance,
        token: undefined,
        since: sinceOf(situation) ?? situation.now,
        actionSince: situation.activity?.startedAt,
      })),
    ),
  );
  const unreachable = due.filter(({ subject }) => refused.has(subject.instance));
  return inParallel(unreachable, async (one) => {
    const situation = { ...one.situation, reachable: false };
    return { ...one, ...(await deliberate(context, one.subject, situation, one.facts)) };
  });
}

function keyOf({ group, hook, instance }: Subject): string {
  return [group, hook, instance].join(" ");
}

function sinceOf({ activity, commands }: Situation): number | undefined {
  return commands[0]?.requestedAt ?? activity?.startedAt;
}

function groupByInstance(invocations: readonly Invocation[]): ReadonlyMap<string, Invocation[]> {
  const groups = new Map<string, Invocation[]>();
  for (const one of invocations) groups.set(one.instance, [...(groups.get(one.instance) ?? []), one]);
  return groups;
}

/** Calls something at most once, at the first need. */
function once(
  read: () => Promise<ReadonlyMap<string, Activity>>,
): () => Promise<ReadonlyMap<string, Activity>> {
  let found: Promise<ReadonlyMap<string, Activity>> | undefined;
  return () => (found ??= read());
}

/** Maps with a limited number of calls under way. */
async function inParallel<T, R>(items: readonly T[], map: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let from = 0; from < items.length; from += parallel) {
    results.push(...(await Promise.all(items.slice(from, from + parallel).map(map))));
  }
  return results;
}
