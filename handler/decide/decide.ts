import type { Command, FoundAction, FreshAction } from "../situation";
import { ask, skipInPool } from "./ask";
import { complete, gone, inspect, isUnhealthyByCause, type Decision, type FreshDecision } from "./decision";
import { fail } from "./fail";
import { because } from "./reason";
import { commandsOfThisAction, endOfBudget, isUnderWay, keepWaiting, reportingGrace } from "./time";

/** Decides about an instance whose event has just come; pure. No command was sent yet. */
export function decideFresh(action: FreshAction): FreshDecision {
  return skipInPool(action) ?? ask(action);
}

/**
 * Decides about one waiting instance; pure. A completion rests on a result from the guard on the instance, or on proof
 * that no result will come any more; in all other cases the document is sent again.
 */
export function decide(situation: FoundAction): Decision {
  const skipped = skipInPool(situation);
  if (skipped !== undefined) return skipped;
  if (situation.repeats && situation.activity === undefined && situation.commands.length > 0) {
    return inspect("activity", "commandOfEarlierAction");
  }
  const commands = commandsOfThisAction(situation);
  // The guard makes one run for an action, so every result is of the same run, unless an operator has the script run
  // again: then the latest result counts.
  const word = commands.findLast(({ status }) => status === "succeeded" || status === "failed");
  if (word !== undefined) return decideByWord(situation, word);
  const unhealthy = situation.isHealthy ? undefined : decideUnhealthy(situation);
  if (unhealthy !== undefined) return unhealthy;
  const open = commands.findLast((one) => isUnderWay(situation, one));
  if (open !== undefined) return waitFor(situation, open);
  const ended = commands.findLast(({ status }) => status === "ended");
  if (ended !== undefined) {
    return {
      kind: "inspect",
      fact: "end",
      command: ended.id,
      reason: because("endUnknown"),
    };
  }
  return ask(situation);
}

function decideByWord(situation: FoundAction, word: Command): Decision {
  if (word.status === "succeeded") return complete("CONTINUE", "succeeded", because("succeeded"));
  const decision = fail(situation, "failed", because("failed"), { failed: word });
  const isHeld = decision.kind === "wait" || decision.kind === "heartbeat";
  const unhealthy = isHeld && !situation.isHealthy ? decideUnhealthy(situation) : undefined;
  return unhealthy ?? decision;
}

/** A machine that Auto Scaling calls unhealthy may be gone; undefined if it is not, so that its script has its time. */
function decideUnhealthy(situation: FoundAction): Decision | undefined {
  const { activity, machine, transition } = situation;
  if (machine === undefined) return inspect("machine", "unhealthyUnknown");
  if (machine === "there") return undefined;
  if (machine === "silent") {
    // Health checks fail on running machines, too. A machine that turned unhealthy while it waited failed EC2's own.
    if (activity === undefined) return inspect("activity", "unhealthySinceUnknown");
    if (isUnhealthyByCause(activity.cause)) return undefined;
  }
  return gone(transition);
}

function waitFor(situation: FoundAction, open: Command): Decision {
  const reason = because(open.status === "running" ? "running" : "pending");
  // The slots of a later command, as of an operator, go on from the slots of the first command.
  const [first = open] = commandsOfThisAction(situation);
  // After this we ask an agent that is late with its report again, for which the hook must still be open.
  return keepWaiting(situation, first.requestedAt, endOfBudget(situation, open) + reportingGrace, reason);
}
