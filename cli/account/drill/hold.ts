import { holdRoom } from "../../../handler/decide";
import { globalTimeout } from "../../../timing";
import { positionOf, waitBegan, waitEnded, type Between, type Course } from "./course";
import { scriptEndOf } from "./script";
import type { OwnHook } from "../hooks";

/**
 * When the last hold of an instance ended or is going to end: by its tag, once the tag was seen to be gone, or as long
 * before the hook's global timeout as the handler honours it; undefined where nobody holds the instance.
 */
export function holdEndOf(course: Course, hook: Pick<OwnHook, "heartbeatTimeout">): Between | undefined {
  const last = course.holds.at(-1);
  if (last === undefined) return undefined;
  const honoured = globalTimeout(hook.heartbeatTimeout) * 1000 - holdRoom;
  const wait = waitBegan(course);
  // A handler that no event told of the wait counts from the beginning of the activity.
  const began = course.activity?.StartTime?.getTime() ?? wait?.after ?? -Infinity;
  return {
    after: Math.min(last.until, last.over?.after ?? Infinity, began + honoured),
    by: Math.min(last.until, last.over?.by ?? Infinity, (wait?.by ?? Infinity) + honoured),
  };
}

/**
 * From when on the handler may complete the action: from the end of a script that succeeded; after a failure, and where
 * no guard gave a result, not before the end of a hold. Undefined where neither is known.
 */
export function decidableFrom(course: Course, hook: OwnHook): Between | undefined {
  const script = scriptEndOf(course);
  const hold = holdEndOf(course, hook);
  if (script === undefined || hold === undefined) return script?.when ?? hold;
  if (script.isGood) return script.when;
  return { after: Math.max(script.when.after, hold.after), by: Math.max(script.when.by, hold.by) };
}

/** Whether an instance has gone on before the hold ended, and without a success of its script. */
export function leftDuringHold(course: Course, hook: OwnHook): boolean {
  const [left, until] = [waitEnded(course), holdEndOf(course, hook)];
  if (left === undefined || until === undefined || scriptEndOf(course)?.isGood === true) return false;
  return left.by < until.after;
}

/** Whether a hold counts for an instance in a state: it waits, and its script has not succeeded. */
export function mayBeHeld(course: Course, state: string): boolean {
  return positionOf(state, course.transition) === "waiting" && scriptEndOf(course)?.isGood !== true;
}
