import {
  LifecycleEventType,
  retains,
  type LifecycleEventDetail,
  type OnFailure,
  type Transition,
} from "../contract";
import type { Context } from "./context";
import { isGood, type Completion } from "./decide";
import type { ActionKey } from "./memory";
import { durationsOf, type ActionTimes } from "./metrics";

/** An action, as events name it. */
type Place = ActionKey & { readonly transition: Transition };

/** What events say about the command of an action. */
export interface CommandFacts {
  readonly document?: string | undefined;
  readonly commandId?: string | undefined;
}

/** What events say about a completed action, where it is known. */
export interface CompletionFacts extends CommandFacts, ActionTimes {
  /** The failure policy of the hook. */
  readonly onFailure?: OnFailure | undefined;
}

/** Tells that a document was sent for the first time in an action. */
export function tellStarted(context: Context, place: Place, facts: CommandFacts): void {
  context.tell({
    type: LifecycleEventType.Started,
    at: context.clock.now(),
    detail: detailOf(context, place, facts),
  });
}

/** Tells that AWS has taken a completion, and whether the group keeps the instance. */
export function tellCompleted(
  context: Context,
  place: Place,
  completion: Completion,
  facts: CompletionFacts,
): void {
  const at = context.clock.now();
  const { outcome, reason, result } = completion;
  const { CommandTime, CompletionLag, WaitTime } = durationsOf(facts, at);
  const detail = {
    ...detailOf(context, place, facts),
    ...{ outcome, result, code: reason.code, reason: reason.text },
    ...{ waitTime: WaitTime, commandTime: CommandTime, completionLag: CompletionLag },
  };
  const { Completed, Failed, Retained } = LifecycleEventType;
  context.tell({ type: isGood(outcome) ? Completed : Failed, at, detail });
  if (isRetained(place, completion, facts)) context.tell({ type: Retained, at, detail });
}

/** A termination that a policy which retains has failed is abandoned only to keep its instance. */
function isRetained(
  { transition }: Place,
  { outcome, result }: Completion,
  { onFailure }: CompletionFacts,
): boolean {
  const isKept = onFailure !== undefined && retains(onFailure) && result === "ABANDON";
  return transition === "terminate" && !isGood(outcome) && isKept;
}

function detailOf(
  { handler }: Context,
  { group, hook, instance, transition }: Place,
  { commandId, document }: CommandFacts,
): LifecycleEventDetail {
  return { version: 1, handler, group, hook, instance, transition, document, commandId };
}
