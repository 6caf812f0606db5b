import { listingLag, sweepInterval } from "../../timing";
import type { Command, CommandStatus, Situation } from "../situation";
import {
  complete,
  gone,
  inspect,
  isNotRunning,
  neverServed,
  type Completion,
  type FreshDecision,
} from "./decision";
import { fail } from "./fail";
import { because, type ReasonCode } from "./reason";
import {
  agentTimeoutOf,
  askedSince,
  beginning,
  beginningOfTheWait,
  commandsOfThisAction,
  endOfTurnWait,
  keepWaiting,
  lastInstant,
  mustExtend,
  progressOf,
  slotsFrom,
} from "./time";

/**
 * How long after a command that no guard got the next command is sent, ms. SSM may give a command up at once, and its
 * event would bring the next command, and so on; a sweep is never earlier than this.
 */
const resendPause = (sweepInterval * 1000) / 2;

/** There is no result of the script: we send the document, for the first time or again, as long as there is time. */
export function ask(situation: Situation): FreshDecision {
  const { now, refusal } = situation;
  const began = beginning(situation);
  if (began === undefined) return inspect("activity", "waitUnknown");
  const nothingToStop = refusal && skipRefused(situation);
  if (nothingToStop !== undefined) return nothingToStop;
  const latest = commandsOfThisAction(situation).findLast(isSilent);
  const since = askedSince(situation, began);
  const last = lastInstant(situation, began);
  const until = Math.min(since + agentTimeoutOf(situation), last);
  // After a command that reached the guard and fell silent we ask once at least, however late that is.
  const isQuestion = (one: Command) => progressOf(situation, one) === undefined || one.requestedAt >= last;
  const isRetry = refusal !== undefined || (latest !== undefined && isQuestion(latest));
  const isEnough = isRetry && now >= until;
  // Another look may just have sent a last command, which lists do not show yet; not where SSM refuses the instance.
  const listed = until + listingLag * 1000;
  const isLate = isEnough && (refusal !== undefined || now >= listed);
  if (isLate) return giveUp(situation, latest);
  const slots = slotsFrom(situation, began);
  if (refusal !== undefined) return keepWaiting(situation, slots, until, because("refused", refusal.cause));
  if (isEnough) return keepWaiting(situation, slots, listed, because("lastMayBeUnlisted"));
  if (latest !== undefined && now - (latest.endedAt ?? latest.requestedAt) < resendPause) {
    return keepWaiting(situation, slots, until, because("endedJustNow"));
  }
  return holdForTurn(situation, began) ?? holdWhileBusy(situation, began) ?? run(situation, began, latest);
}

/** Whether the hook has no script for an instance that stays out of service; undefined if the script runs. */
export function skipInPool({ instructions, isPoolOnly }: Situation): Completion | undefined {
  return isPoolOnly && instructions.inWarmPool === "skip" ? skip("onlyInWarmPool") : undefined;
}

/** Why there is nothing to stop on an instance that SSM refuses; undefined if there may be. */
function skipRefused({ activity, isPoolOnly, transition }: Situation): FreshDecision | undefined {
  if (transition !== "terminate") return undefined;
  if (isPoolOnly) return skip("stoppedInWarmPool");
  if (activity === undefined) {
    return inspect("activity", "refusedUnknown");
  }
  if (activity.retainedBefore) return skip("retainedBefore");
  if (neverServed(activity.cause)) return skip("neverServed");
  if (isNotRunning(activity.cause)) return gone(transition);
  return undefined;
}

function skip(code: ReasonCode): Completion {
  return complete("CONTINUE", "skipped", because(code));
}

/** The script waits for its turn for as long as it may; an instance that was sent a command has had its turn. */
function holdForTurn(situation: Situation, began: number): FreshDecision | undefined {
  const { hasTurn, now } = situation;
  const until = endOfTurnWait(situation);
  if (until === undefined || hasTurn === true || commandsOfThisAction(situation).length > 0) return undefined;
  if (now >= until) return undefined;
  if (hasTurn === undefined) return inspect("turn", "turnUnknown");
  if (until === Infinity) return inspect("activity", "waitOfTurnUnknown");
  return keepWaiting(situation, slotsFrom(situation, began), until, because("notItsTurn"));
}

/** We ask the user's probe as long as it may hold up the script, which it cannot once a command reached the guard. */
function holdWhileBusy(situation: Situation, began: number): FreshDecision | undefined {
  const { hasProbe, instructions, isBusy, now } = situation;
  if (!hasProbe || isBusy === false) return undefined;
  if (commandsOfThisAction(situation).some((one) => progressOf(situation, one) !== undefined))
    return undefined;
  const wait = beginningOfTheWait(situation);
  if (wait === undefined) return inspect("activity", "waitOfBusyUnknown");
  const until = wait + instructions.maxWait * 1000;
  if (now >= until) return undefined;
  if (isBusy === undefined) return inspect("busy", "busyUnknown");
  return keepWaiting(situation, slotsFrom(situation, began), until, because("busy"));
}

function run(situation: Situation, began: number, latest: SilentCommand | undefined): FreshDecision {
  // During a long outage an action outlasts what lists show: only the activity then tells the guard which run to join.
  if (latest && progressOf(situation, latest) !== undefined && situation.activity === undefined) {
    return inspect("activity", "runOfActionUnknown");
  }
  return {
    kind: "run",
    reason: because(latest === undefined ? firstReason(situation) : silences[latest.status].again),
    // A running command is not cancelled: its script may run on, and the next command joins the run.
    replaces: latest?.status === "pending" ? latest.id : undefined,
    extend: mustExtend(situation, began),
  };
}

function firstReason(situation: Situation): ReasonCode {
  // A script that is not held up either has its turn or has waited for as long as it may.
  const isLate = endOfTurnWait(situation) !== undefined && situation.hasTurn !== true;
  return isLate ? "turnIsLate" : "notStarted";
}

/** Reasons after a command without a result: why the document is sent again, and why we give up if no answer comes. */
const silences: Readonly<Record<Silence, { readonly again: ReasonCode; readonly finally: ReasonCode }>> = {
  pending: { again: "notDelivered", finally: "unreachable" },
  running: { again: "notReportedInTime", finally: "overran" },
  undelivered: { again: "notDelivered", finally: "unreachable" },
  expired: { again: "notReported", finally: "unreachable" },
  troubled: { again: "agentFailedBefore", finally: "agentFails" },
  cancelled: { again: "cancelledBefore", finally: "cancelled" },
  notMeant: { again: "notMeantBefore", finally: "notMeant" },
};

/** The statuses that tell nothing about the script. */
type Silence = Exclude<CommandStatus, "ended" | "succeeded" | "failed">;
type SilentCommand = Command & { readonly status: Silence };

function isSilent(command: Command): command is SilentCommand {
  return command.status in silences;
}

/** No result can come any more: apply the failure policy. */
function giveUp(situation: Situation, latest: SilentCommand | undefined): FreshDecision {
  const { activity, refusal } = situation;
  if (activity === undefined && latest !== undefined) return inspect("activity", "commandBeforeWait");
  const outran = commandsOfThisAction(situation).findLast(({ status }) => status === "running");
  const cancels = outran?.id ?? (latest?.status === "pending" ? latest.id : undefined);
  if (outran !== undefined) return fail(situation, "overran", because(silences.running.finally), { cancels });
  const reason = refusal
    ? because("refused", refusal.cause)
    : because(silences[latest?.status ?? "pending"].finally);
  return fail(situation, "unreachable", reason, { cancels });
}
