import { comesFromAws, describe } from "./aws/errors";
import type { LifecycleAction } from "./aws/autoScaling";
import type { Context } from "./context";
import type { Completion, Decision } from "./decide";
import { isWaiting } from "./servedHook";
import { cancelCommand } from "./send";
import type { Transition } from "../contract";

/** An instance at a hook, as the log names it. */
export interface Subject {
  readonly group: string;
  readonly hook: string;
  readonly instance: string;
  readonly transition: Transition;
  /** Token of the action, where an event has told it. */
  readonly token: string | undefined;
}

/** Time between two tries to complete an action that does not seem to be there (yet), ms. */
const retryPause = 5_000;

/** Tries to complete an action on the way of an event; after that it is the sweep's. */
const eventTries = 3;

/** Writes one line for a decision. */
export function logDecision(
  context: Context,
  { token: _, ...subject }: Subject,
  decision: Decision,
  since: number | undefined,
): void {
  const elapsed = since === undefined ? undefined : Math.round((context.clock.now() - since) / 1000);
  const outcome = decision.kind === "complete" ? { outcome: decision.outcome } : {};
  const entry = { ...subject, decision: decision.kind, reason: decision.reason, ...outcome, elapsed };
  const isGood = decision.kind !== "complete" || ["succeeded", "skipped"].includes(decision.outcome);
  context.log[isGood ? "info" : "warn"]({ message: `${decision.kind}: ${decision.reason}`, ...entry });
}

/**
 * Completes an action as an event asks for it. "No active lifecycle action" means that it is over, or that Auto
 * Scaling does not show it yet: while the instance still waits, it is tried again.
 */
export async function completeNow(context: Context, subject: Subject, completion: Completion): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    if (await completeOnce(context, subject, completion)) return;
    const found = await context.autoScaling.describe([subject.instance]);
    if (!isWaiting(found.get(subject.instance)?.lifecycleState, subject.transition)) return;
    if (tries >= eventTries || context.remaining() < 2 * retryPause) return;
    await context.clock.sleep(retryPause);
  }
}

/**
 * Completes an action once.
 * @returns whether there was one. Where there was none though our command has ended, the instance waits for
 * somebody else's hook, or the next sweep finds it again.
 */
export async function completeOnce(
  context: Context,
  subject: Subject,
  completion: Completion,
): Promise<boolean> {
  if (completion.cancels !== undefined) await cancelCommand(context, completion.cancels, subject.instance);
  return context.autoScaling.complete(actionOf(subject), completion.result);
}

/** Extends an action; one that is over is left alone. */
export async function heartbeat(context: Context, subject: Subject): Promise<void> {
  await context.autoScaling.heartbeat(actionOf(subject));
}

/**
 * Runs a step; a failure of AWS is logged and left to the next sweep.
 * @returns whether it went through
 */
export async function attempt(
  context: Context,
  subject: Subject,
  step: () => Promise<unknown>,
): Promise<boolean> {
  try {
    await step();
    return true;
  } catch (error) {
    if (!comesFromAws(error)) throw error;
    const { token: _, ...named } = subject;
    context.log.error({
      message: "a call to AWS failed; the next sweep tries again",
      ...named,
      error: describe(error),
    });
    return false;
  }
}

function actionOf({ group, hook, instance, token }: Subject): LifecycleAction {
  return { group, hook, instance, token };
}
