import { resultOf, retains } from "../../contract";
import type { Activity, Situation } from "../situation";
import {
  complete,
  inspect,
  neverServed,
  type ActionInspection,
  type Completion,
  type Named,
  type Outcome,
  type Wait,
} from "./decision";
import { hold } from "./hold";
import type { Reason } from "./reason";

/** Applies the failure policy, unless an operator holds the instance. */
export function fail(
  situation: Situation,
  outcome: Outcome,
  reason: Reason,
  named: Named,
): Completion | ActionInspection | Wait {
  const { activity, instructions, isPoolOnly, transition } = situation;
  const { onFailure } = instructions;
  const held = hold(situation, reason);
  if (held !== undefined) return held;
  if (retains(onFailure) && transition === "terminate") {
    if (activity === undefined) {
      return inspect("activity", "retentionUnknown");
    }
    const but = reasonToLetGo(activity, isPoolOnly);
    if (but !== undefined)
      return complete("CONTINUE", outcome, withMore(reason, `, but the instance ${but}: continue`), named);
  }
  return complete(resultOf(onFailure), outcome, withMore(reason, `: ${onFailure}`), named);
}

/** Why an instance is not retained; undefined if it may be. */
function reasonToLetGo(activity: Activity, isPoolOnly: boolean): string | undefined {
  if (isPoolOnly) return "is in the warm pool";
  if (neverServed(activity.cause)) return "never served";
  return activity.retainedBefore ? "was retained before" : undefined;
}

function withMore({ code, text }: Reason, more: string): Reason {
  return { code, text: `${text}${more}` };
}
