import { budgetOf, resultOf, type LifecycleActionResult, type OnFailure } from "../contract";
import {
  completionRecovery,
  deliveryGrace,
  heartbeatInterval,
  startRecovery,
  sweepInterval,
} from "../timing";
import type { Activity, Command, Situation } from "./situation";
import type { EndStatus } from "./trigger";

/** What to do next about one waiting instance. */
export type Decision =
  /** Send the document; take back the command that it replaces; extend the action first if time runs short. */
  | { kind: "run"; reason: string; replaces: string | undefined; extend: boolean }
  | { kind: "heartbeat"; reason: string }
  | Completion
  /** Decide again with the scaling activity at hand. */
  | { kind: "inspect"; reason: string }
  | { kind: "wait"; reason: string };

/** Let the instance go on, with this result. */
export interface Completion {
  readonly kind: "complete";
  readonly result: LifecycleActionResult;
  readonly outcome: Outcome;
  readonly reason: string;
  /** A command that is still open and should be taken back. */
  readonly cancels: string | undefined;
}

/** How a lifecycle action ended; a dimension of the metrics. */
export type Outcome = "succeeded" | "failed" | "overran" | "unreachable" | "skipped";

/**
 * Decides about an action whose command has just ended, from nothing but the command's event; undefined where the
 * event does not tell enough: time-outs and cancelled commands may not have reached the instance at all, and before
 * an instance is retained its history counts.
 */
export function decideEnded(status: EndStatus, onFailure: OnFailure | undefined): Completion | undefined {
  if (status === "Success") return complete("CONTINUE", "succeeded", "the script succeeded");
  if (status !== "Failed" || onFailure === undefined || onFailure === "retain") return undefined;
  return complete(resultOf(onFailure), "failed", `the script failed or ran too long: ${onFailure}`);
}

/** How much longer than its budget a command is waited for, ms: the agent kills the script first and then reports. */
const reportingGrace = 15_000;

/** Decides about one waiting instance; pure. */
export function decide(situation: Situation): Decision {
  if (!situation.waiting) return { kind: "wait", reason: "the instance does not wait at this hook any more" };
  if (situation.repeats && situation.activity === undefined && situation.commands.length > 0) {
    return { kind: "inspect", reason: "a command may belong to an earlier action" };
  }
  const latest = decisiveCommand(situation);
  if (latest === undefined) return start(situation, undefined);
  switch (latest.status) {
    case "succeeded":
      return complete("CONTINUE", "succeeded", "the script succeeded");
    case "failed":
      return fail(situation, "failed", "the script failed or ran too long");
    case "running":
      return isOver(situation, latest)
        ? fail(situation, "overran", "the script outran its time and the agent does not report", latest)
        : keepWaiting(situation, latest.requestedAt, "the script is running");
    case "pending":
      return isOver(situation, latest)
        ? start(situation, latest)
        : keepWaiting(situation, latest.requestedAt, "the command is on its way to the agent");
    case "undelivered":
    case "cancelled":
      return start(situation, latest);
  }
}

/** The script has to be started: for the first time, or again after a command that went nowhere. */
function start(situation: Situation, earlier: Command | undefined): Decision {
  const { activity, instructions, now, reachable } = situation;
  const began = beginning(situation);
  if (began === undefined) return { kind: "inspect", reason: "when the wait began decides what is due" };
  const replaces = earlier?.status === "pending" ? earlier : undefined;
  const mayBeGone = !reachable && situation.transition === "terminate";
  if (mayBeGone && activity === undefined) {
    return { kind: "inspect", reason: "SSM refuses the instance; why it goes decides what is due" };
  }
  const canSkip = mayBeGone && activity !== undefined;
  if (canSkip && wasRetained(situation)) return skip("the instance was retained before and is now let go");
  if (canSkip && neverServed(activity)) return skip("the instance never served; there is nothing to stop");
  const isRetry = !reachable || earlier !== undefined;
  if (isRetry && now - began >= reachLimit(situation)) {
    if (canSkip && isNotRunning(activity))
      return skip("the instance is not running; there is nothing to stop");
    return fail(situation, "unreachable", "the SSM agent could not be reached", replaces);
  }
  if (!reachable) return keepWaiting(situation, began, "the SSM agent is not there (yet)");
  if (situation.busy && now - began < instructions.maxWait * 1000) {
    return keepWaiting(situation, began, "the instance is busy");
  }
  return {
    kind: "run",
    reason: earlier ? "the command before went nowhere" : "the instance waits and no command is on its way",
    replaces: replaces?.id,
    extend: mustExtend(situation, began),
  };
}

/** The failure policy, applied. */
function fail(situation: Situation, outcome: Outcome, reason: string, open?: Command): Decision {
  const { onFailure } = situation.instructions;
  const retains = onFailure === "retain" && situation.transition === "terminate";
  if (retains && situation.activity === undefined) {
    return { kind: "inspect", reason: "whether the instance was retained before decides what is due" };
  }
  if (retains && situation.activity !== undefined && neverServed(situation.activity)) {
    return complete("CONTINUE", outcome, `${reason}, but the instance never served: continue`, open);
  }
  if (wasRetained(situation)) {
    return complete("CONTINUE", outcome, `${reason}, but the instance was retained before: continue`, open);
  }
  return complete(resultOf(onFailure), outcome, `${reason}: ${onFailure}`, open);
}

function skip(reason: string): Completion {
  return complete("CONTINUE", "skipped", reason);
}

function complete(
  result: LifecycleActionResult,
  outcome: Outcome,
  reason: string,
  open?: Command,
): Completion {
  return { kind: "complete", result, outcome, reason, cancels: open?.id };
}

/** Nothing to do but to keep the hook from timing out, where its timeout is shorter than the budget. */
function keepWaiting(situation: Situation, began: number, reason: string): Decision {
  const interval = intervalOf(situation);
  if (interval === undefined) return { kind: "wait", reason };
  const slot = (at: number) => Math.floor((at - began) / (interval * 1000));
  const end = began + budgetOf(situation.instructions) * 1000;
  const due = slot(situation.now) > slot(Math.max(situation.previousLook, began));
  return due && situation.now <= end ? { kind: "heartbeat", reason } : { kind: "wait", reason };
}

/** Whether the hook could time out before there is another chance to extend it, or before a late command ends. */
function mustExtend(situation: Situation, began: number): boolean {
  const interval = intervalOf(situation);
  const needed =
    interval === undefined
      ? budgetOf(situation.instructions) + completionRecovery
      : interval + 2 * sweepInterval;
  return (situation.now - began) / 1000 + needed > situation.heartbeatTimeout;
}

/** Whether the instance was retained by an earlier action, so that retaining it again would hold it for ever. */
function wasRetained({ activity, instructions, transition }: Situation): boolean {
  return (
    transition === "terminate" && instructions.onFailure === "retain" && activity?.retainedBefore === true
  );
}

/**
 * The command that counts: one that may still tell something, else the latest that tells how the script ended, as others
 * only join its run.
 */
function decisiveCommand(situation: Situation): Command | undefined {
  const commands = commandsOfThisAction(situation);
  const isOpen = (one: Command) =>
    (one.status === "pending" || one.status === "running") && !isOver(situation, one);
  const hasEnded = ({ status }: Command) => status === "succeeded" || status === "failed";
  return commands.findLast(isOpen) ?? commands.findLast(hasEnded) ?? commands.at(-1);
}

/** Commands since the activity began; all of them as long as the activity is not known. */
function commandsOfThisAction({ activity, commands }: Situation): readonly Command[] {
  return activity
    ? commands.filter(({ early, requestedAt }) => early || requestedAt >= activity.startedAt)
    : commands;
}

/** When the wait began: as an event says, else when the first command was sent, else as the activity says. */
function beginning(situation: Situation): number | undefined {
  const { activity, instructions, now, since, transition } = situation;
  if (since !== undefined) return since;
  const first = commandsOfThisAction(situation)[0];
  if (first !== undefined) return first.requestedAt;
  if (activity === undefined) return undefined;
  const drained = transition === "terminate" ? instructions.deregistrationDelay * 1000 : 0;
  return Math.min(activity.startedAt + drained, now);
}

/** How long an agent that does not answer is waited for, ms: on launch it may still be booting. */
function reachLimit({ instructions, transition }: Situation): number {
  return 1000 * (transition === "launch" ? Math.max(startRecovery, budgetOf(instructions)) : startRecovery);
}

/** Auto Scaling's own words for an instance whose launch was abandoned. */
function neverServed({ cause }: Activity): boolean {
  return cause.includes("in response to a launch failure");
}

/** Auto Scaling's own words for an instance that somebody else stopped or terminated. */
function isNotRunning({ cause }: Activity): boolean {
  return cause.includes("health check indicating it has been terminated or stopped");
}

function intervalOf({ heartbeatTimeout, instructions }: Situation): number | undefined {
  return heartbeatInterval(heartbeatTimeout, budgetOf(instructions));
}

/** Whether an open command should have told something by now: that it has started, or that it has ended. */
function isOver({ instructions, now }: Situation, { requestedAt, status }: Command): boolean {
  const limit =
    status === "pending"
      ? (instructions.delivery + deliveryGrace) * 1000
      : budgetOf(instructions) * 1000 + reportingGrace;
  return now > requestedAt + limit;
}
