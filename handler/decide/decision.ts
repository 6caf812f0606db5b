import type { LifecycleActionResult } from "../../contract";
import type { Command, Situation } from "../situation";
import { because, type Reason, type ReasonCode } from "./reason";

/** What to do next about one waiting instance. */
export type Decision =
  /** Send the document; cancel the command that it replaces; extend the action first if time runs short. */
  | { kind: "run"; reason: Reason; replaces: string | undefined; extend: boolean }
  | Wait
  | Completion
  | Inspection;

/** Nothing to do but to wait, or to extend the action meanwhile. */
export interface Wait {
  readonly kind: "wait" | "heartbeat";
  readonly reason: Reason;
}

/** Decide again with a further fact; each fact costs a call. */
export type Inspection =
  | ActionInspection
  | { kind: "inspect"; reason: Reason; fact: "machine" }
  /** How a command ended. */
  | { kind: "inspect"; reason: Reason; fact: "end"; command: string };

/**
 * A fact that a decision may need before the first command: the scaling activity, whose turn it is in the group, the
 * user's probe, or an operator's hold.
 */
export interface ActionInspection {
  kind: "inspect";
  reason: Reason;
  fact: "activity" | "turn" | "busy" | "hold";
}

/** What to do next about an instance for which no command was sent yet. */
export type FreshDecision = Exclude<Decision, Inspection> | ActionInspection;

/** Let the instance go on, with this result. */
export interface Completion {
  readonly kind: "complete";
  readonly result: LifecycleActionResult;
  readonly outcome: Outcome;
  readonly reason: Reason;
  /** A command that is still open and should be cancelled. */
  readonly cancels: string | undefined;
  /** The command whose script failed; its output tells why. */
  readonly failed: Command | undefined;
}

/** How a lifecycle action ended; a dimension of the metrics. */
export type Outcome = "succeeded" | "failed" | "overran" | "unreachable" | "skipped" | "gone";

/** Whether nobody has to look into an outcome. */
export function isGood(outcome: Outcome): boolean {
  return outcome === "succeeded" || outcome === "skipped" || outcome === "gone";
}

/** The commands that a completion names. */
export type Named = Partial<Pick<Completion, "cancels" | "failed">>;

/** A completion. */
export function complete(
  result: LifecycleActionResult,
  outcome: Outcome,
  reason: Reason,
  { cancels, failed }: Named = {},
): Completion {
  return { kind: "complete", result, outcome, reason, cancels, failed };
}

/** Nothing is left to stop or to inspect; Auto Scaling replaces a launch that cannot succeed any more. */
export function gone(transition: Situation["transition"]): Completion {
  const result = transition === "launch" ? "ABANDON" : "CONTINUE";
  return complete(result, "gone", because("machineGone"));
}

/** Asks for a further fact. */
export function inspect<Fact extends "machine" | ActionInspection["fact"]>(fact: Fact, code: ReasonCode) {
  return { kind: "inspect", fact, reason: because(code) } as const;
}

/** Auto Scaling's own words for an instance whose launch was abandoned. */
export function neverServed(cause: string): boolean {
  return cause.includes("in response to a launch failure");
}

/** Auto Scaling's own words for an instance that somebody else stopped or terminated. */
export function isNotRunning(cause: string): boolean {
  return cause.includes("health check indicating it has been terminated or stopped");
}

/** Auto Scaling's own words for an instance that goes because some health check failed, whether or not it runs. */
export function isUnhealthyByCause(cause: string): boolean {
  return /health.check/i.test(cause);
}
