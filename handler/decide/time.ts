import { budgetOf } from "../../contract";
import { completionRecovery, deliveryGrace, heartbeatInterval, sweepInterval } from "../../timing";
import type { Command, Situation } from "../situation";
import type { Decision } from "./decision";

/** How much longer than its budget a command is waited for, ms: the guard ends the script first and the agent reports then. */
export const reportingGrace = 15_000;

/** A command that was under way for longer than this reached the guard; one that ended sooner is an agent in trouble, ms. */
const shortestProgress = 60_000;

/** Commands since the activity began; all of them as long as the activity is not known. */
export function commandsOfThisAction({ activity, commands }: Situation): readonly Command[] {
  return activity
    ? commands.filter(({ early, requestedAt }) => early || requestedAt >= activity.startedAt)
    : commands;
}

/** When the handler began to see to it: when the wait did, or, as that costs no call, when the first command was sent. */
export function beginning(situation: Situation): number | undefined {
  return beginningWithoutActivity(situation) ?? beginningOfTheWait(situation);
}

function beginningWithoutActivity(situation: Situation): number | undefined {
  return situation.since ?? commandsOfThisAction(situation)[0]?.requestedAt;
}

/** When the wait began: as an event says, else as the activity does. */
export function beginningOfTheWait({
  activity,
  instructions,
  now,
  since,
  transition,
}: Situation): number | undefined {
  if (since !== undefined) return since;
  if (activity === undefined) return undefined;
  return Math.min(activity.startedAt + drainOf({ instructions, transition }) * 1000, now);
}

/** How long an instance may be on its way before it waits, seconds: the load balancer lets its connections end. */
export function drainOf({
  instructions,
  transition,
}: Pick<Situation, "instructions" | "transition">): number {
  return transition === "terminate" ? instructions.deregistrationDelay : 0;
}

/** Until when a command may take, as the budget that it was sent with has it, not what became of the hook since. */
export function endOfBudget({ instructions }: Situation, { budget, requestedAt }: Command): number {
  return requestedAt + (budget ?? budgetOf(instructions)) * 1000;
}

/** Whether a command may still come to an end of its own: it has neither ended nor taken longer than it may. */
export function isUnderWay(situation: Situation, command: Command): boolean {
  const { instructions, now } = situation;
  if (command.status === "running") return now <= endOfBudget(situation, command) + reportingGrace;
  const given = (instructions.delivery + deliveryGrace) * 1000;
  return command.status === "pending" && now <= command.requestedAt + given;
}

/** How long an agent that does not answer is asked, ms: on launch it may still be booting. */
export function agentTimeoutOf({
  instructions,
  transition,
}: Pick<Situation, "instructions" | "transition">): number {
  const { agentTimeout } = instructions;
  return 1000 * (transition === "launch" ? Math.max(agentTimeout, budgetOf(instructions)) : agentTimeout);
}

/** Until when a command showed that it got through to the guard, ms since 1970; undefined if it never did. */
export function progressOf(situation: Situation, command: Command): number | undefined {
  const { endedAt, requestedAt, status } = command;
  const isSilent = status === "running" || status === "expired";
  const until = isSilent ? endOfBudget(situation, command) + reportingGrace : endedAt;
  return until !== undefined && until - requestedAt > shortestProgress ? until : undefined;
}

/**
 * Since when the agent is asked without an answer: since the first command, or, where commands got through before, since the
 * last of them went silent.
 */
export function askedSince(situation: Situation, began: number): number {
  const { hasProbe, instructions, now, refusal } = situation;
  const commands = commandsOfThisAction(situation);
  const [first] = commands;
  if (first !== undefined) {
    return Math.max(began, first.requestedAt, ...commands.flatMap((one) => progressOf(situation, one) ?? []));
  }
  if (!hasProbe) return began;
  // The probe may have held the script up: until SSM first refused, or, where nobody remembers that, for as long as it could.
  return Math.max(began, Math.min(refusal?.since ?? now, began + instructions.maxWait * 1000));
}

/** After this the failure policy is applied, whatever commands have shown, ms since 1970. */
export function lastInstant(situation: Situation, began: number): number {
  return began + longestAction(situation) * 1000;
}

/**
 * How long an action may be seen to, seconds: a probe holds the script up, an agent is asked until it takes the script, the
 * script has its budget, and an agent that falls silent is asked once more.
 */
export function longestAction(hook: Pick<Situation, "instructions" | "transition">): number {
  const { instructions } = hook;
  return instructions.maxWait + (2 * agentTimeoutOf(hook)) / 1000 + budgetOf(instructions);
}

/**
 * From when on the slots of the heartbeats count, ms since 1970; the same at each look. Where only the activity tells it, it
 * is the activity's start: connections may have ended long before the deregistration delay.
 */
export function slotsFrom(situation: Situation, began: number): number {
  const { activity } = situation;
  return beginningWithoutActivity(situation) ?? activity?.startedAt ?? began;
}

/** Nothing to do but to keep the hook from timing out, where its timeout is shorter than the budget; not past an instant. */
export function keepWaiting(situation: Situation, from: number, until: number, reason: string): Decision {
  const interval = intervalOf(situation) ?? Infinity;
  const slot = (at: number) => Math.floor((at - from) / (interval * 1000));
  // A command that SSM has just refused may have been preceded by the heartbeat of this slot.
  const latest = Math.max(situation.previousLook, situation.extendedAt ?? from, from);
  const due = slot(situation.now) > slot(latest);
  return due && situation.now <= until ? { kind: "heartbeat", reason } : { kind: "wait", reason };
}

/** Whether the hook could time out before there is another chance to extend it, or before a late command ends. */
export function mustExtend(situation: Situation, began: number, earlier: Command | undefined): boolean {
  const { activity, extendedAt, heartbeatTimeout, instructions, now } = situation;
  const interval = intervalOf(situation);
  const needed =
    interval === undefined ? budgetOf(instructions) + completionRecovery : interval + 2 * sweepInterval;
  const isOfThisAction = extendedAt !== undefined && extendedAt > (activity?.startedAt ?? began);
  const from = isOfThisAction ? extendedAt : earliestWait(situation, began, earlier);
  return (now - from) / 1000 + needed > heartbeatTimeout;
}

/** When the wait may have begun at the earliest, ms since 1970; exactly where an event has told it. */
function earliestWait(
  { activity, instructions, since }: Situation,
  began: number,
  earlier: Command | undefined,
): number {
  if (since !== undefined) return since;
  // The first command stands in for the beginning of the wait: it may have been sent as late as this.
  if (earlier !== undefined) return began - instructions.agentTimeout * 1000;
  // The activity does: where the connections of the instance end early, the deregistration does.
  return activity?.startedAt ?? began;
}

function intervalOf({ heartbeatTimeout, instructions }: Situation): number | undefined {
  return heartbeatInterval(heartbeatTimeout, budgetOf(instructions), instructions.agentTimeout);
}
