import { decodeInstructions } from "../contract";
import { attempt, completeNow, logDecision, type Subject } from "./carryOut";
import type { Context } from "./context";
import { deliberate, type Deliberation, type Facts } from "./deliberate";
import { reconcile } from "./reconcile";
import { sendDocument } from "./send";
import { mayRetain, type ServedHook } from "./servedHook";
import type { Situation } from "./situation";
import type { HookAction } from "./trigger";

/** An event older than this may tell of a wait that is over, ms; the state is read first. */
const freshFor = 60_000;

/** Time between two tries to reach the agent of an instance that is still booting, ms. */
const bootPause = 5_000;

/** Time kept free at the end of an invocation, ms. */
const reserve = 15_000;

/** An instance has begun to wait: run the document on it, without a look at anything else. */
export async function onHookAction(context: Context, action: HookAction): Promise<void> {
  const { group, hook: name, instance, time, token, transition } = action;
  const instructions = decodeInstructions(action.metadata);
  if (instructions?.handler !== context.handler) {
    context.log.info({ message: "ignored: the hook is not for this handler", group, hook: name, instance });
    return;
  }
  const now = context.clock.now();
  if (now - time > freshFor) return reconcileInstance(context, group, name, instance);

  const subject: Subject = { group, hook: name, instance, transition, token };
  const hook: ServedHook = { group, name, transition, heartbeatTimeout: Infinity, instructions };
  const situation: Situation = {
    transition,
    instructions,
    // Neither read nor needed: the wait has only begun, so there are no commands and no heartbeat can be due.
    heartbeatTimeout: Infinity,
    waiting: true,
    commands: [],
    listedSince: 0,
    repeats: false,
    reachable: true,
    busy: false,
    since: time,
    activity: undefined,
    now,
    previousLook: now,
  };
  const facts: Facts = {
    activity: async () =>
      (await context.autoScaling.activities(group, transition, [instance], mayRetain(hook))).get(instance),
    history: () => context.runCommand.invocations({ document: instructions.document, instance }),
  };
  await attempt(context, subject, () => start(context, hook, subject, situation, facts));
}

/** Starts the document; an instance that is still booting is tried until the invocation's time is nearly over. */
async function start(
  context: Context,
  hook: ServedHook,
  subject: Subject,
  situation: Situation,
  facts: Facts,
): Promise<void> {
  for (;;) {
    const next = await deliberate(context, subject, { ...situation, now: context.clock.now() }, facts);
    logDecision(context, subject, next.decision, situation.since);
    if (next.decision.kind !== "run") return finish(context, subject, next);
    const since = situation.since ?? situation.now;
    const run = { instance: subject.instance, token: subject.token, since, actionSince: situation.since };
    const refused = await sendDocument(context, hook, [run]);
    if (refused.length === 0) return;
    const refusal = await deliberate(context, subject, { ...next.situation, reachable: false }, facts);
    if (refusal.decision.kind === "complete") {
      logDecision(context, subject, refusal.decision, situation.since);
      return finish(context, subject, refusal);
    }
    if (subject.transition !== "launch" || context.remaining() < reserve + bootPause) return;
    await context.clock.sleep(bootPause);
  }
}

async function finish(context: Context, subject: Subject, { decision }: Deliberation): Promise<void> {
  if (decision.kind === "complete") await completeNow(context, subject, decision);
}

/** Looks at one instance as a sweep would: reads its state, its hook and its commands first. */
export async function reconcileInstance(
  context: Context,
  group: string,
  hook: string,
  ...instances: readonly string[]
): Promise<void> {
  const details = await context.autoScaling.describe(instances);
  const found = [...details].map(([id, { lifecycleState }]) => ({ id, lifecycleState }));
  if (!found.some(({ lifecycleState }) => lifecycleState.endsWith(":Wait"))) return;
  await reconcile(context, { name: group, instances: found, repeats: true }, { isSweep: false, hook });
}
