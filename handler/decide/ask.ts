import { listingLag, sweepInterval } from "../../timing";
import type { Command, CommandStatus, Situation } from "../situation";
import { complete, fail, gone, inspect, isNotRunning, neverServed, type Decision } from "./decision";
import {
  agentTimeoutOf,
  askedSince,
  beginning,
  beginningOfTheWait,
  commandsOfThisAction,
  keepWaiting,
  lastInstant,
  mustExtend,
  progressOf,
  slotsFrom,
} from "./time";

/**
 * How long after a command that no guard got the next is sent, ms. SSM may give one up at once, and its event would bring
 * the next one, and so on; a sweep is never earlier than this.
 */
const resendPause = (sweepInterval * 1000) / 2;

/** There is no word about the script: the document is sent, for the first time or again, as long as there is room for it. */
export function ask(situation: Situation): Decision {
  const { now, refusal } = situation;
  const began = beginning(situation);
  if (began === undefined) return inspect("activity", "when the wait began decides what is due");
  const nothingToStop = refusal && skipRefused(situation);
  if (nothingToStop !== undefined) return nothingToStop;
  const latest = commandsOfThisAction(situation).findLast(isSilent);
  const since = askedSince(situation, began);
  const last = lastInstant(situation, began);
  const until = Math.min(since + agentTimeoutOf(situation), last);
  // A command that got through and fell silent is asked about once at least, however late that is.
  const isQuestion = (one: Command) => progressOf(situation, one) === undefined || one.requestedAt >= last;
  const isRetry = refusal !== undefined || (latest !== undefined && isQuestion(latest));
  const isEnough = isRetry && now >= until;
  // Another look may just have sent a last command, which is not listed yet; where SSM refuses the instance, none is.
  const listed = until + listingLag * 1000;
  const isLate = isEnough && (refusal !== undefined || now >= listed);
  if (isLate) return giveUp(situation, latest);
  const slots = slotsFrom(situation, began);
  if (refusal !== undefined)
    return keepWaiting(situation, slots, until, `SSM refuses the command: ${refusal.cause}`);
  if (isEnough) return keepWaiting(situation, slots, listed, "the last command may not be listed yet");
  if (latest !== undefined && now - (latest.endedAt ?? latest.requestedAt) < resendPause) {
    return keepWaiting(situation, slots, until, "a command came to nothing a moment ago");
  }
  return holdWhileBusy(situation, began) ?? run(situation, began, latest);
}

/** Why there is nothing to stop on an instance that SSM refuses; undefined if there may be. */
function skipRefused({ activity, isFromWarmPool, transition }: Situation): Decision | undefined {
  if (transition !== "terminate") return undefined;
  if (isFromWarmPool) return skip("the instance is stopped in the warm pool; there is nothing to stop");
  if (activity === undefined) {
    return inspect("activity", "SSM refuses the instance; why it goes decides what is due");
  }
  if (activity.retainedBefore) return skip("the instance was retained before and is now let go");
  if (neverServed(activity.cause)) return skip("the instance never served; there is nothing to stop");
  if (isNotRunning(activity.cause)) return gone(transition);
  return undefined;
}

function skip(reason: string): Decision {
  return complete("CONTINUE", "skipped", reason);
}

/** The user's probe is asked as long as it may hold up the script, which it cannot once a command got through. */
function holdWhileBusy(situation: Situation, began: number): Decision | undefined {
  const { hasProbe, instructions, isBusy, now } = situation;
  if (!hasProbe || isBusy === false) return undefined;
  if (commandsOfThisAction(situation).some((one) => progressOf(situation, one) !== undefined))
    return undefined;
  const wait = beginningOfTheWait(situation);
  if (wait === undefined) return inspect("activity", "when the wait began decides how busy counts");
  const until = wait + instructions.maxWait * 1000;
  if (now >= until) return undefined;
  if (isBusy === undefined) return inspect("busy", "a busy instance is not stopped");
  return keepWaiting(situation, slotsFrom(situation, began), until, "the instance is busy");
}

function run(situation: Situation, began: number, latest: SilentCommand | undefined): Decision {
  return {
    kind: "run",
    reason:
      latest === undefined
        ? "the instance waits and no command is on its way"
        : silences[latest.status].again,
    // One that runs is not taken back: its script may run on, and the next command joins it.
    replaces: latest?.status === "pending" ? latest.id : undefined,
    extend: mustExtend(situation, began, latest),
  };
}

/** What a command without a word comes to: why the document is sent again after it, and what to say if none is answered. */
const silences: Readonly<Record<Silence, { readonly again: string; readonly finally: string }>> = {
  pending: {
    again: "the command before did not reach the agent",
    finally: "the SSM agent could not be reached",
  },
  running: {
    again: "the command before outlasts its budget without a report",
    finally: "the script outran its time and the agent does not report",
  },
  undelivered: {
    again: "the command before did not reach the agent",
    finally: "the SSM agent could not be reached",
  },
  expired: {
    again: "the agent did not report the end of the command before",
    finally: "the SSM agent could not be reached",
  },
  troubled: {
    again: "the agent failed the command before",
    finally: "the SSM agent fails every command",
  },
  cancelled: {
    again: "somebody cancelled the command before",
    finally: "somebody cancels every command",
  },
  notMeant: {
    again: "the instance did not find itself on its way",
    finally: "the instance does not find itself on its way",
  },
};

/** The statuses that tell nothing about the script. */
type Silence = Exclude<CommandStatus, "ended" | "succeeded" | "failed">;
type SilentCommand = Command & { readonly status: Silence };

function isSilent(command: Command): command is SilentCommand {
  return command.status in silences;
}

/** Nothing more is to be heard: the failure policy. */
function giveUp(situation: Situation, latest: SilentCommand | undefined): Decision {
  const { activity, refusal } = situation;
  if (activity === undefined && latest !== undefined)
    return inspect("activity", "a command of before the wait is no reason to give up");
  const outran = commandsOfThisAction(situation).findLast(({ status }) => status === "running");
  const cancels = outran?.id ?? (latest?.status === "pending" ? latest.id : undefined);
  if (outran !== undefined) return fail(situation, "overran", silences.running.finally, { cancels });
  const reason = refusal
    ? `SSM refuses the command: ${refusal.cause}`
    : silences[latest?.status ?? "pending"].finally;
  return fail(situation, "unreachable", reason, { cancels });
}
