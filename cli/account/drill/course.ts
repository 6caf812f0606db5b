import type { Activity } from "@aws-sdk/client-auto-scaling";
import type { Transition } from "../../../contract";

/** When something happened, as far as two looks tell: after an instant, and by another; ms since 1970. */
export interface Between {
  readonly after: number;
  readonly by: number;
}

/** What was seen of one instance from its decision to its end. */
export interface Course {
  readonly instance: string;
  readonly transition: Transition;
  /** Whether Auto Scaling launched it in place of an instance of the drill. */
  readonly isReplacement: boolean;
  /** Its lifecycle states in their order; `Terminated` once neither its group nor the warm pool lists it any more. */
  readonly states: readonly SeenState[];
  /** Its scaling activity, as Auto Scaling described it last. */
  readonly activity: Activity | undefined;
  /** Status codes that its activity had, in their order. */
  readonly statusCodes: readonly string[];
  /** Its commands, oldest first. */
  readonly commands: readonly SeenCommand[];
  /** When SSM first showed its agent online; undefined for an agent that was there before, or never came. */
  readonly agentOnline: Between | undefined;
  /** How operators held it while it waited, in their order. */
  readonly holds: readonly SeenHold[];
}

/** An operator's hold, with the end that its tag gave; another end makes another hold. */
export interface SeenHold {
  /** Ms since 1970. */
  readonly until: number;
  readonly seen: Between;
  /** When the tag was seen to be gone, or to have another value; undefined until then. */
  readonly over: Between | undefined;
}

/** A lifecycle state, and when the instance entered it. */
export interface SeenState {
  readonly state: string;
  readonly entered: Between;
}

/** A command on an instance. */
export interface SeenCommand {
  readonly id: string;
  readonly document: string;
  /** By AWS's clock, ms since 1970. */
  readonly requestedAt: number;
  /** When lists first showed it. */
  readonly listed: Between;
  readonly status: string;
  readonly details: string;
  /** When lists first showed that an agent had taken it, or that it was over; undefined until then. */
  readonly begun: Between | undefined;
  /** When lists first showed that it was over; undefined until then. */
  readonly over: Between | undefined;
  /** How its step ended; undefined until it is over, or where SSM does not show it. */
  readonly step: StepEnd | undefined;
  /** Names of the fields of its record, and of the fields that are empty. */
  readonly fields: { readonly filled: readonly string[]; readonly empty: readonly string[] };
}

/** The end of the step that has the script. */
export interface StepEnd {
  readonly code: number;
  /** By the clock of the instance, ms since 1970; undefined if no agent began it. */
  readonly startedAt: number | undefined;
  readonly endedAt: number | undefined;
  readonly output: string;
}

/** Where an instance stands with respect to the hook of its transition. */
export type Position = "before" | "waiting" | "beyond";

const before: Readonly<Record<Transition, readonly string[]>> = {
  terminate: ["InService", "Terminating", "Warmed:Pending"],
  launch: ["Pending"],
};

/** Where a lifecycle state is on the way of a transition. */
export function positionOf(state: string, transition: Transition): Position {
  if (before[transition].includes(state)) return "before";
  if (transition === "terminate" && hasReturned.test(state)) return "beyond";
  return state.endsWith(":Wait") && state.startsWith("Pending") === (transition === "launch")
    ? "waiting"
    : "beyond";
}

/**
 * When the wait at the hook began: with the first state that is not before it, as a short wait may pass unseen; after the
 * activity began, and before the first command, which the handler sends to an instance that waits.
 */
export function waitBegan({ activity, commands, states, transition }: Course): Between | undefined {
  const seen = states.find(({ state }) => positionOf(state, transition) !== "before")?.entered;
  if (seen === undefined) return undefined;
  const started = activity?.StartTime?.getTime() ?? seen.after;
  const sent = commands[0]?.requestedAt ?? seen.by;
  const after = started <= seen.by ? Math.max(seen.after, started) : seen.after;
  return { after, by: sent >= after ? Math.min(seen.by, sent) : seen.by };
}

/** When the wait at the hook was over. */
export function waitEnded({ states, transition }: Course): Between | undefined {
  return states.find(({ state }) => positionOf(state, transition) === "beyond")?.entered;
}

/** How a transition has ended; an instance in the warm pool has returned there, where it was in service before. */
export type End = "gone" | "retained" | "in service" | "in the warm pool" | "failed";

/** How the transition of an instance has ended; undefined while it goes on. */
export function endOf({ states, transition }: Course): End | undefined {
  const state = states.at(-1)?.state ?? "";
  if (state.endsWith(":Retained")) return "retained";
  if (transition === "terminate") {
    if (state === "Terminated") return "gone";
    return hasReturned.test(state) ? "in the warm pool" : undefined;
  }
  if (state === "InService") return "in service";
  return state.startsWith("Terminat") ? "failed" : undefined;
}

/**
 * States of an instance that has returned to the warm pool. Auto Scaling may take it out again at once: it terminates what
 * is too much in the pool, and a scale-out uses what is there.
 */
const hasReturned = /^(Warmed:(Stopped|Running|Hibernated|Terminating.*)|Pending.*)$/;

/** The state in which an instance was seen last. */
export function stateOf({ states }: Course): string {
  return states.at(-1)?.state ?? "";
}
