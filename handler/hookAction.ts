import type { Context } from "./context";
import { attempt, completeNow, logDecision, type Subject } from "./carryOut";
import { deliberate, type Deliberation } from "./deliberate";
import { recall } from "./memory";
import { hasProbe, probe } from "./probe";
import { sendDocument, type Run } from "./send";
import { instructionsFor, mayRetain, type ServedHook } from "./servedHook";
import type { Refusal, Situation } from "./situation";
import { factsAbout, reconcileInstances, rememberHook } from "./sweep";
import type { HookAction } from "./trigger";

/** An event older than this may tell of a wait that is over, ms; the state is read first. */
const freshFor = 60_000;

/**
 * The same where instances may be retained, ms: one that is terminated again passes the hook anew, and an event of its first
 * action would start its script beside that of its second.
 */
const freshForRetaining = 5_000;

/** Time between two tries to reach the agent of an instance that is still booting, ms. */
const bootPause = 5_000;

/** An instance has begun to wait: run the document on it, without a look at anything else. */
export async function onHookAction(context: Context, action: HookAction): Promise<void> {
  const { group, hook: name, instance, metadata, time, token, transition } = action;
  const instructions = instructionsFor(context.handler, { group, hook: name, metadata }, context.log);
  if (instructions === undefined) {
    context.log.info({ message: "ignored: the hook is not for this handler", group, hook: name, instance });
    return;
  }
  const now = context.clock.now();
  if (now - time > (mayRetain({ instructions, transition }) ? freshForRetaining : freshFor))
    return reconcileInstances(context, group, name, [instance]);

  const subject: Subject = { group, hook: name, instance, transition, token };
  const hook: ServedHook = { group, name, transition, heartbeatTimeout: Infinity, instructions };
  rememberHook(context.memory, hook, metadata, now);
  const situation = {
    transition,
    instructions,
    // Neither read nor needed: the wait has only begun, so there are no commands and no heartbeat can be due.
    heartbeatTimeout: Infinity,
    waiting: true,
    isFromWarmPool: action.origin === "WarmPool",
    isHealthy: true,
    machine: undefined,
    commands: [],
    listedSince: 0,
    repeats: false,
    refusal: undefined,
    hasProbe: hasProbe(context, instructions),
    isBusy: undefined,
    since: time,
    activity: undefined,
    now,
    extendedAt: undefined,
    previousLook: now,
  } satisfies Situation;
  await attempt(context, subject, () => start(context, hook, subject, situation));
}

/** Starts the document; an instance that is still booting is tried until the invocation's time is nearly over. */
async function start(
  context: Context,
  hook: ServedHook,
  subject: Subject,
  situation: Situation & { readonly since: number },
): Promise<void> {
  const { since } = situation;
  for (;;) {
    const next = await deliberateWithProbe(context, hook, subject, situation, undefined);
    logDecision(context, subject, next.decision, since);
    if (next.decision.kind !== "run") return finish(context, subject, next);
    const run = { instance: subject.instance, token: subject.token, since, actionSince: since };
    const cause = await refusalOf(context, hook, run);
    if (cause === undefined) return;
    const memory = recall(context.memory, subject);
    memory.refusedSince ??= context.clock.now();
    const refusal = { cause, since: memory.refusedSince };
    const refused = await deliberateWithProbe(context, hook, subject, situation, refusal);
    if (refused.decision.kind !== "wait" || subject.transition !== "launch") {
      logDecision(context, subject, refused.decision, since);
      return finish(context, subject, refused);
    }
    if (context.clock.now() + bootPause > context.until) return;
    await context.clock.sleep(bootPause);
  }
}

/** Sends the document to an instance; undefined unless SSM refuses it. */
async function refusalOf(context: Context, hook: ServedHook, run: Run): Promise<string | undefined> {
  let refusal: string | undefined;
  await sendDocument(context, hook, [run], (_, cause) => {
    refusal = cause;
  });
  return refusal;
}

async function deliberateWithProbe(
  context: Context,
  hook: ServedHook,
  subject: Subject,
  situation: Situation,
  refusal: Refusal | undefined,
): Promise<Deliberation> {
  const { clock, memory } = context;
  const { instance } = subject;
  const own = recall(memory, subject);
  const facts = factsAbout(context, hook, [instance], [instance])(instance, own);
  const first = await deliberate({ ...situation, refusal, now: clock.now() }, facts, own);
  if (first.decision.kind !== "inspect") return first;
  const isBusy = await probe(context, subject);
  return deliberate({ ...first.situation, isBusy, now: clock.now() }, facts, own);
}

async function finish(
  context: Context,
  subject: Subject,
  { decision, situation }: Deliberation,
): Promise<void> {
  if (decision.kind === "complete") await completeNow(context, subject, decision, situation.since);
}
