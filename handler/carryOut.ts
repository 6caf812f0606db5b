import type { Transition } from "../contract";
import type { LifecycleAction } from "./aws/autoScaling";
import { comesFromAws, describe, isOutOfTime } from "./aws/errors";
import type { Context } from "./context";
import { isGood, type Completion, type Decision } from "./decide";
import { recall } from "./memory";
import { completionMetrics } from "./metrics";
import { cancelCommand } from "./send";
import { isWaiting } from "./servedHook";
import { tellCompleted, type CompletionFacts } from "./tell";

/** An instance at a hook, as the log names it. */
export interface Subject {
  readonly group: string;
  readonly hook: string;
  readonly instance: string;
  readonly transition: Transition;
  /** Token of the action, where an event named it. */
  readonly token: string | undefined;
}

/** What is known of an action besides its decision. Instants are milliseconds since 1970. */
export interface Known extends CompletionFacts {
  /** When the handler began to handle the action. */
  readonly since?: number | undefined;
}

/** Time between two tries to complete an action that Auto Scaling does not show (yet), ms. */
const retryPause = 5_000;

/** Most tries of an event to complete an action; after them the sweep completes it. */
const eventTries = 3;

/** For how long Auto Scaling may not show an action yet, ms. */
const showsWithin = 120_000;

/**
 * Writes one line for a decision. Before a completion it logs only a failure, so that the failure is logged however the
 * call ends; the line that metrics count follows the success of the call.
 */
export function logDecision(
  context: Context,
  subject: Subject,
  decision: Decision,
  since: number | undefined,
): void {
  if (decision.kind === "complete") {
    if (isGood(decision.outcome)) return;
    context.log.warn({
      message: `completing: ${decision.reason.text}`,
      ...entryOf(context, subject, decision, since),
    });
    showOutput(context, subject, decision);
    return;
  }
  context.log.info({
    message: `${decision.kind}: ${decision.reason.text}`,
    ...entryOf(context, subject, decision, since),
  });
}

/**
 * Completes an action as an event asks for it. "No active lifecycle action" means that the action is over, or that Auto
 * Scaling does not show it yet: while the instance still waits, the handler tries again.
 */
export async function completeNow(
  context: Context,
  subject: Subject,
  completion: Completion,
  known: Known,
): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    if (await completeOnce(context, subject, completion, known)) return;
    const found = await context.autoScaling.describe([subject.instance]);
    if (!isWaiting(found.get(subject.instance)?.lifecycleState, subject.transition)) return;
    if (tries >= eventTries || context.clock.now() + retryPause > context.until) return;
    await context.clock.sleep(retryPause);
  }
}

/**
 * Completes an action once, and logs, counts and tells that if there was an action. If there was no action for two minutes, the instance
 * waits at somebody else's hook.
 * @returns whether there was an action
 */
export async function completeOnce(
  context: Context,
  subject: Subject,
  completion: Completion,
  known: Known,
): Promise<boolean> {
  if (completion.cancels !== undefined) await cancelCommand(context, completion.cancels, subject.instance);
  const memory = recall(context.memory, subject);
  if (await context.autoScaling.complete(actionOf(subject), completion.result)) {
    const { outcome, reason, result } = completion;
    context.log[isGood(outcome) ? "info" : "warn"]({
      message: `completed with ${result}: ${reason.text}`,
      ...entryOf(context, subject, completion, known.since),
      outcome,
    });
    context.putMetrics(completionMetrics(context.handler, subject, outcome, known, context.clock.now()));
    tellCompleted(context, subject, completion, known);
    memory.isOver = true;
    return true;
  }
  const now = context.clock.now();
  memory.goneSince ??= now;
  if (now - memory.goneSince >= showsWithin) memory.isOver = true;
  // The hook may have another name than memory says.
  context.memory.hooks.delete(subject.group);
  return false;
}

/** Extends an action, unless it is over. */
export async function heartbeat(context: Context, subject: Subject): Promise<void> {
  const isThere = await context.autoScaling.heartbeat(actionOf(subject));
  if (isThere) recall(context.memory, subject).extendedAt = context.clock.now();
}

/**
 * Runs a step that concerns one instance. A failure, of AWS or of the handler itself, is logged and left to the next
 * sweep, so that no instance holds up another instance.
 * @returns what the step returns; undefined if it failed
 */
export async function attempt<Result>(
  context: Context,
  subject: Subject,
  step: () => Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await step();
  } catch (error) {
    // The sweep logs once that its time is over.
    if (!isOutOfTime(error)) logFailure(context, error, namesOf(subject));
    return undefined;
  }
}

/** Logs a failure, and whether AWS or the handler itself failed. */
export function logFailure(
  context: Context,
  error: unknown,
  subject: { readonly group: string } & Partial<Subject>,
): void {
  context.log.error({
    message: comesFromAws(error)
      ? "a call to AWS failed; the next sweep tries again"
      : "the handler itself failed; the next sweep tries again",
    ...subject,
    error: describe(error),
  });
}

function showOutput(context: Context, subject: Subject, { failed }: Completion): void {
  if (!failed?.output) return;
  context.log.warn({
    message: `the end of the output of ${failed.id}`,
    ...namesOf(subject),
    output: failed.output,
  });
}

function entryOf(context: Context, subject: Subject, decision: Decision, since: number | undefined) {
  const elapsed = since === undefined ? undefined : Math.round((context.clock.now() - since) / 1000);
  const { code, text } = decision.reason;
  const extension = decision.kind === "run" && decision.extend ? { extends: true } : {};
  return { ...namesOf(subject), decision: decision.kind, ...extension, code, reason: text, elapsed };
}

/** Without the token, which does not belong in a log. */
function namesOf({ group, hook, instance, transition }: Subject) {
  return { group, hook, instance, transition };
}

function actionOf({ group, hook, instance, token }: Subject): LifecycleAction {
  return { group, hook, instance, token };
}
