import type { Route } from "../contract";
import type { Context } from "./context";
import { attempt, completeNow, logDecision, type Subject } from "./carryOut";
import { decideFresh, type ActionInspection, type FreshDecision } from "./decide";
import { unnamed } from "./deliberate";
import { holdsOf } from "./hold";
import { recall } from "./memory";
import { hasProbe, probe } from "./probe";
import { isPoolOnly } from "./route";
import { sendToOne } from "./send";
import { instructionsFor, mayRepeat, type ServedHook } from "./servedHook";
import type { FreshAction } from "./situation";
import { activitiesOf, reconcileGroup, reconcileInstances, rememberHook } from "./sweep";
import type { HookAction } from "./trigger";

/** An event older than this may tell of a wait that is over, ms; the state is read first. */
const freshFor = 60_000;

/**
 * The same where instances may pass the hook again, ms: a retained instance that is terminated again does, and an
 * instance of a warm pool. An event of its first action would start its script beside the script of its second action.
 */
const freshForRepeating = 5_000;

/** Time between two tries to reach the agent of an instance that is still booting, ms. */
const bootPause = 5_000;

/** An instance has begun to wait: run the document on the instance, without a look at anything else. */
export async function onHookAction(context: Context, action: HookAction): Promise<void> {
  const { group, hook: name, instance, metadata, route, time, token, transition } = action;
  const instructions = instructionsFor(context.handler, { group, hook: name, metadata }, context.log);
  if (instructions === undefined) {
    context.log.info({ message: "ignored: the hook is not for this handler", group, hook: name, instance });
    return;
  }
  const now = context.clock.now();
  if (now - time > (mayRepeat({ instructions, transition }) ? freshForRepeating : freshFor))
    return reconcileInstances(context, group, name, [instance]);

  const subject: Subject = { group, hook: name, instance, transition, token };
  const hook: ServedHook = { group, name, transition, heartbeatTimeout: Infinity, instructions };
  rememberHook(context.memory, hook, metadata, now);
  recall(context.memory, subject).waitingSince = time;
  const fresh: FreshAction = {
    kind: "fresh",
    transition,
    instructions,
    isPoolOnly: isPoolOnly(transition, route),
    hasProbe: hasProbe(context, instructions),
    since: time,
    now,
  };
  await attempt(context, subject, () => start(context, hook, subject, fresh, route));
}

/** Whose turn it is only a look at the whole group tells. */
type TurnWanted = ActionInspection & { readonly fact: "turn" };

/** Starts the document; an instance that is still booting is tried until the invocation's time is nearly over. */
async function start(
  context: Context,
  hook: ServedHook,
  subject: Subject,
  action: FreshAction,
  route: Route,
): Promise<void> {
  const { since } = action;
  for (;;) {
    const decision = await decideWithFacts(context, hook, subject, action);
    if (decision.kind === "inspect") {
      await reconcileGroup(context, hook.group, {
        isSweep: false,
        hook: hook.name,
        about: [subject.instance],
      });
      return;
    }
    logDecision(context, subject, decision, since);
    if (decision.kind !== "run") return finish(context, subject, decision, since);
    const isFirst = (recall(context.memory, subject).sent?.requestedAt ?? 0) < since;
    const run = {
      instance: subject.instance,
      token: subject.token,
      since,
      actionSince: since,
      route,
      isFirst,
    };
    const sent = await sendToOne(context, hook, run);
    if (sent.kind !== "refused") return;
    const memory = recall(context.memory, subject);
    memory.refusedSince ??= context.clock.now();
    const refusal = { cause: sent.cause, since: memory.refusedSince };
    const refused = await decideWithFacts(context, hook, subject, { ...action, refusal });
    if (refused.kind !== "wait" || subject.transition !== "launch") {
      logDecision(context, subject, refused, since);
      return finish(context, subject, refused, since);
    }
    if (context.clock.now() + bootPause > context.until) return;
    await context.clock.sleep(bootPause);
  }
}

/** Decides, reading further facts as long as the decision asks for them. */
async function decideWithFacts(
  context: Context,
  hook: ServedHook,
  subject: Subject,
  action: FreshAction,
): Promise<Exclude<FreshDecision, ActionInspection> | TurnWanted> {
  const { instance } = subject;
  const activityOf = activitiesOf(context, hook, [instance]);
  const holdOf = holdsOf(context, subject, [instance]);
  let known = action;
  for (;;) {
    const decision = decideFresh({ ...known, now: context.clock.now() });
    if (decision.kind !== "inspect") return decision;
    switch (decision.fact) {
      case "turn":
        return { ...decision, fact: decision.fact };
      case "busy":
        known = { ...known, isBusy: await probe(context, subject) };
        break;
      case "hold":
        known = { ...known, hold: await holdOf(instance, recall(context.memory, subject)) };
        break;
      case "activity": {
        const activity = await activityOf(instance, recall(context.memory, subject));
        if (activity === undefined) return unnamed;
        known = { ...known, activity };
      }
    }
  }
}

/** Nothing is retained here: an event that is acted on as it comes is younger than any agent timeout then. */
async function finish(
  context: Context,
  subject: Subject,
  decision: FreshDecision,
  since: number,
): Promise<void> {
  if (decision.kind === "complete")
    await completeNow(context, subject, decision, { since, waitingSince: since });
}
