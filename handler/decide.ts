import { budgetOf, resultOf, type LifecycleActionResult, type OnFailure } from "../contract";
import {
  completionRecovery,
  deliveryGrace,
  heartbeatInterval,
  listingLag,
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
  /** The command whose script failed; its output tells why. */
  readonly failed: string | undefined;
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

/**
 * How long after a command that no agent got the next is sent, ms. SSM may give one up at once, and its event would bring
 * the next one, and so on; a sweep is never earlier than this.
 */
const resendPause = (sweepInterval * 1000) / 2;

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
      return fail(situation, "failed", "the script failed or ran too long", { failed: latest.id });
    case "running":
      return isUnderWay(situation, latest)
        ? keepWaiting(situation, latest.requestedAt, "the script is running")
        : fail(situation, "overran", "the script outran its time and the agent does not report", {
            cancels: latest.id,
          });
    case "pending":
      return isUnderWay(situation, latest)
        ? keepWaiting(situation, latest.requestedAt, "the command is on its way to the agent")
        : start(situation, latest);
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
  const tried = now - Math.max(began, commandsOfThisAction(situation)[0]?.requestedAt ?? began);
  const isRetry = !reachable || earlier !== undefined;
  const isEnough = isRetry && tried >= reachLimit(situation);
  // Another look may just have sent a last command, which is not listed yet; where SSM refuses the instance, none is.
  const isLate = isEnough && (!reachable || tried >= reachLimit(situation) + listingLag * 1000);
  if (!reachable && situation.transition === "terminate") {
    if (activity === undefined) {
      return { kind: "inspect", reason: "SSM refuses the instance; why it goes decides what is due" };
    }
    if (activity.retainedBefore) return skip("the instance was retained before and is now let go");
    if (neverServed(activity)) return skip("the instance never served; there is nothing to stop");
    if (isLate && isNotRunning(activity))
      return skip("the instance is not running; there is nothing to stop");
  }
  if (isLate) {
    return fail(situation, "unreachable", "the SSM agent could not be reached", { cancels: replaces?.id });
  }
  if (!reachable) return keepWaiting(situation, began, "the SSM agent is not there (yet)");
  if (isEnough) return keepWaiting(situation, began, "the last command may not be listed yet");
  if (earlier?.status === "undelivered" && now - earlier.requestedAt < resendPause) {
    return keepWaiting(situation, began, "a command went nowhere a moment ago");
  }
  if (situation.busy) {
    const wait = beginningOfTheWait(situation);
    if (wait === undefined) return { kind: "inspect", reason: "when the wait began decides how busy counts" };
    if (now - wait < instructions.maxWait * 1000)
      return keepWaiting(situation, began, "the instance is busy");
  }
  return {
    kind: "run",
    reason: earlier ? "the command before went nowhere" : "the instance waits and no command is on its way",
    replaces: replaces?.id,
    extend: mustExtend(situation, began, earlier),
  };
}

/** The failure policy, applied. */
function fail(situation: Situation, outcome: Outcome, reason: string, commands: Commands): Decision {
  const { activity, instructions, transition } = situation;
  const { onFailure } = instructions;
  if (onFailure === "retain" && transition === "terminate") {
    if (activity === undefined) {
      return { kind: "inspect", reason: "whether the instance was retained before decides what is due" };
    }
    if (neverServed(activity)) {
      return complete("CONTINUE", outcome, `${reason}, but the instance never served: continue`, commands);
    }
    if (activity.retainedBefore) {
      return complete(
        "CONTINUE",
        outcome,
        `${reason}, but the instance was retained before: continue`,
        commands,
      );
    }
  }
  return complete(resultOf(onFailure), outcome, `${reason}: ${onFailure}`, commands);
}

function skip(reason: string): Completion {
  return complete("CONTINUE", "skipped", reason);
}

function complete(
  result: LifecycleActionResult,
  outcome: Outcome,
  reason: string,
  { cancels, failed }: Commands = {},
): Completion {
  return { kind: "complete", result, outcome, reason, cancels, failed };
}

/** The commands that a completion names. */
type Commands = Partial<Pick<Completion, "cancels" | "failed">>;

/** Nothing to do but to keep the hook from timing out, where its timeout is shorter than the budget. */
function keepWaiting(situation: Situation, began: number, reason: string): Decision {
  const interval = intervalOf(situation) ?? Infinity;
  const slot = (at: number) => Math.floor((at - began) / (interval * 1000));
  const end = began + budgetOf(situation.instructions) * 1000;
  const due = slot(situation.now) > slot(Math.max(situation.previousLook, began));
  return due && situation.now <= end ? { kind: "heartbeat", reason } : { kind: "wait", reason };
}

/** Whether the hook could time out before there is another chance to extend it, or before a late command ends. */
function mustExtend(situation: Situation, began: number, earlier: Command | undefined): boolean {
  const interval = intervalOf(situation);
  const needed =
    interval === undefined
      ? budgetOf(situation.instructions) + completionRecovery
      : interval + 2 * sweepInterval;
  // Where the first command stands in for the beginning of the wait, the wait may be that much older.
  const unseen = situation.since === undefined && earlier !== undefined ? startRecovery : 0;
  return (situation.now - began) / 1000 + unseen + needed > situation.heartbeatTimeout;
}

/**
 * The command that counts: one that may still tell something, else the latest that tells how the script ended, as others
 * only join its run.
 */
function decisiveCommand(situation: Situation): Command | undefined {
  const commands = commandsOfThisAction(situation);
  const mayTell = (one: Command) => isUnderWay(situation, one);
  const hasEnded = ({ status }: Command) => status === "succeeded" || status === "failed";
  return commands.findLast(mayTell) ?? commands.findLast(hasEnded) ?? commands.at(-1);
}

/** Commands since the activity began; all of them as long as the activity is not known. */
function commandsOfThisAction({ activity, commands }: Situation): readonly Command[] {
  return activity
    ? commands.filter(({ early, requestedAt }) => early || requestedAt >= activity.startedAt)
    : commands;
}

/** When the handler began to see to it: when the wait did, or, as that costs no call, when the first command was sent. */
function beginning(situation: Situation): number | undefined {
  return situation.since ?? commandsOfThisAction(situation)[0]?.requestedAt ?? beginningOfTheWait(situation);
}

/** When the wait began: as an event says, else as the activity does. */
function beginningOfTheWait({
  activity,
  instructions,
  now,
  since,
  transition,
}: Situation): number | undefined {
  if (since !== undefined) return since;
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
  return heartbeatInterval(heartbeatTimeout, budgetOf(instructions), instructions.agentTimeout);
}

/** Whether a command may still come to an end of its own: it has neither ended nor taken longer than it may. */
function isUnderWay({ instructions, now }: Situation, { requestedAt, status }: Command): boolean {
  if (status === "running") return now <= requestedAt + budgetOf(instructions) * 1000 + reportingGrace;
  return status === "pending" && now <= requestedAt + (instructions.delivery + deliveryGrace) * 1000;
}
