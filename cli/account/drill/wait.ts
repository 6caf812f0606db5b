import { resultOf } from "../../../contract";
import { intervalOf } from "../../../handler/decide";
import { completionRecovery } from "../../../timing";
import { endOf, waitBegan, waitEnded, type Between, type Course } from "./course";
import { decidableFrom, leftDuringHold } from "./hold";
import { scriptEndOf } from "./script";
import type { OwnHook } from "../hooks";

/** What ended the wait of an instance at a hook, as far as it shows from outside. */
export type EndedBy = "handler" | "timeout" | "somebody else" | "somebody during a hold";

/** How long an instance waited at its hook, ms; undefined while it waits. */
export function waitLength(course: Course): Between | undefined {
  const [began, ended] = [waitBegan(course), waitEnded(course)];
  if (began === undefined || ended === undefined) return undefined;
  return { after: Math.max(0, ended.after - began.by), by: ended.by - began.after };
}

/**
 * What ended the wait at a hook; undefined while the instance waits. Auto Scaling does not say who completed an action,
 * so the times tell: the handler completes an action when its script has ended, or when it has asked an agent in vain
 * for the agent timeout. A wait that is over before was ended by somebody else, or Auto Scaling could not publish the
 * hook's event and applied the default result at once. While an operator holds an instance, the handler completes no
 * action whose script did not succeed: an operator does, or the hook times out.
 */
export function endedBy(course: Course, hook: OwnHook): EndedBy | undefined {
  const length = waitLength(course);
  if (length === undefined) return undefined;
  if (leftDuringHold(course, hook)) return "somebody during a hold";
  const { agentTimeout } = hook.instructions;
  const afterScript = lagOf(course, hook);
  if (afterScript !== undefined && afterScript.after <= completionRecovery * 1000) return "handler";
  if (hasTimedOut(length, hook)) return "timeout";
  return afterScript !== undefined || length.by >= agentTimeout * 1000 ? "handler" : "somebody else";
}

/** How late Auto Scaling may apply the default result, ms; seconds were observed. */
const timeoutLag = 60_000;

/** Whether a wait ended with the hook's timeout. A wait that is longer was extended by the handler, where it extends. */
function hasTimedOut(length: Between, hook: OwnHook): boolean {
  const timeout = hook.heartbeatTimeout * 1000;
  if (length.by < timeout) return false;
  return intervalOf(hook) === undefined || length.after <= timeout + timeoutLag;
}

/**
 * From the end of the script, or of a hold after a failure, to the end of the wait, ms; undefined until both are known.
 */
export function lagOf(course: Course, hook: OwnHook): Between | undefined {
  const [from, ended] = [decidableFrom(course, hook), waitEnded(course)];
  if (from === undefined || ended === undefined || ended.by < from.after) return undefined;
  return { after: Math.max(0, ended.after - from.by), by: Math.max(0, ended.by - from.after) };
}

/** The result with which the action ended: seen where the instance is retained, else what its end by the rules was. */
export function resultSeen(course: Course, hook: OwnHook): string {
  if (endOf(course) === "retained" || endOf(course) === "failed") return "ABANDON";
  if (endedBy(course, hook) === "timeout") return hook.defaultResult;
  const isGood = scriptEndOf(course)?.isGood ?? course.commands.length > 0;
  return isGood ? "CONTINUE" : resultOf(hook.instructions.onFailure);
}
