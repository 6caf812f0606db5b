import { budgetOf, type DrainInstructions } from "../../contract";
import { completionRecovery, deliveryGrace, heartbeatInterval, sweepInterval } from "../../timing";
import type { Command, FoundAction, Situation } from "../situation";
import type { Wait } from "./decision";
import type { Reason } from "./reason";

/** How much longer than its budget we wait for a command, ms: the guard ends the script, then the agent reports. */
export const reportingGrace = 15_000;

/** A command under way for longer than this reached the guard; an earlier end means an agent in trouble, ms. */
const shortestProgress = 60_000;

/** Until the next look but one, seconds: one sweep may be lost. */
const missedLook = 2 * sweepInterval;

/** Commands since the activity began; all commands as long as the activity is not known. */
export function commandsOfThisAction(situation: Situation): readonly Command[] {
  if (situation.kind === "fresh") return [];
  const { activity, commands } = situation;
  return activity
    ? commands.filter(({ early, requestedAt }) => early || requestedAt >= activity.startedAt)
    : commands;
}

/**
 * When the handler began to handle the action: when the wait began, or, as that costs no call, when the first command
 * was sent.
 */
export function beginning(situation: Situation): number | undefined {
  return beginningWithoutActivity(situation) ?? beginningOfTheWait(situation);
}

function beginningWithoutActivity(situation: Situation): number | undefined {
  return situation.since ?? commandsOfThisAction(situation)[0]?.requestedAt;
}

/** When the wait began: as an event says, else by the activity. */
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

/** How long an instance may be on its way before it waits, seconds: the deregistration delay for its connections. */
export function drainOf({
  instructions,
  transition,
}: Pick<Situation, "instructions" | "transition">): number {
  return transition === "terminate" ? instructions.deregistrationDelay : 0;
}

/** How long a script may wait for its turn, seconds from the choice of the instance; 0 where no instance waits. */
function turnWaitOf(hook: Pick<Situation, "instructions" | "transition">): number {
  return turnsOf(hook)?.maxWait ?? 0;
}

/** How instances take turns at a hook; undefined where they do not. Only stop scripts wait for each other. */
function turnsOf({
  instructions,
  transition,
}: Pick<Situation, "instructions" | "transition">): DrainInstructions | undefined {
  return transition === "terminate" ? instructions.drain : undefined;
}

/**
 * Until when a script waits for its turn, ms since 1970; infinity as long as the activity is not known, undefined where
 * scripts do not wait for each other.
 */
export function endOfTurnWait(situation: Situation): number | undefined {
  const { activity } = situation;
  const turns = turnsOf(situation);
  return turns && (activity?.startedAt ?? Infinity) + turns.maxWait * 1000;
}

/** Until when a command may run, by the budget that it was sent with, not by the hook's present budget. */
export function endOfBudget({ instructions }: Situation, { budget, requestedAt }: Command): number {
  return requestedAt + (budget ?? budgetOf(instructions)) * 1000;
}

/** Whether a command may still end by itself: it has neither ended nor taken longer than it may. */
export function isUnderWay(situation: Situation, command: Command): boolean {
  const { instructions, now } = situation;
  if (command.status === "running") return now <= endOfBudget(situation, command) + reportingGrace;
  const given = (instructions.delivery + deliveryGrace) * 1000;
  return command.status === "pending" && now <= command.requestedAt + given;
}

/** How long we ask an agent that does not answer, ms: on launch the instance may still be booting. */
export function agentTimeoutOf({
  instructions,
  transition,
}: Pick<Situation, "instructions" | "transition">): number {
  const { agentTimeout } = instructions;
  return 1000 * (transition === "launch" ? Math.max(agentTimeout, budgetOf(instructions)) : agentTimeout);
}

/** Until when a command showed that it reached the guard, ms since 1970; undefined if it never did. */
export function progressOf(situation: Situation, command: Command): number | undefined {
  const { endedAt, requestedAt, status } = command;
  const isSilent = status === "running" || status === "expired";
  const until = isSilent ? endOfBudget(situation, command) + reportingGrace : endedAt;
  return until !== undefined && until - requestedAt > shortestProgress ? until : undefined;
}

/**
 * Since when we ask the agent without an answer: since the first command, or, where commands reached the guard before,
 * since the last of these commands went silent.
 */
export function askedSince(situation: Situation, began: number): number {
  const { hasProbe, instructions, now, refusal } = situation;
  const commands = commandsOfThisAction(situation);
  const [first] = commands;
  if (first !== undefined) {
    return Math.max(began, first.requestedAt, ...commands.flatMap((one) => progressOf(situation, one) ?? []));
  }
  const held = (hasProbe ? instructions.maxWait : 0) + turnWaitOf(situation);
  // The script may have been held up until SSM first refused; if that is not remembered, for as long as it may.
  return Math.max(began, Math.min(refusal?.since ?? now, began + held * 1000));
}

/** After this we apply the failure policy, whatever commands have shown, ms since 1970. */
export function lastInstant(situation: Situation, began: number): number {
  const [first] = commandsOfThisAction(situation);
  const held = turnWaitOf(situation) * 1000;
  const turn = held === 0 ? began : Math.max(began, first?.requestedAt ?? began + held);
  return turn + longestTurn(situation) * 1000;
}

/** How long the handler may work at an action, seconds: the script waits for its turn, and has its turn. */
export function longestAction(hook: Pick<Situation, "instructions" | "transition">): number {
  return turnWaitOf(hook) + longestTurn(hook);
}

/**
 * How long a turn may take, seconds: a probe holds the script up, we ask an agent until it takes the script, the script
 * has its budget, and we ask an agent that falls silent once more.
 */
function longestTurn(hook: Pick<Situation, "instructions" | "transition">): number {
  const { instructions } = hook;
  return instructions.maxWait + (2 * agentTimeoutOf(hook)) / 1000 + budgetOf(instructions);
}

/**
 * From when on the slots of the heartbeats count, ms since 1970; the same at each look. Where only the activity tells
 * that, they count from its start: connections may have ended long before the deregistration delay.
 */
export function slotsFrom(situation: Situation, began: number): number {
  const { activity } = situation;
  return beginningWithoutActivity(situation) ?? activity?.startedAt ?? began;
}

/** Waits, and keeps the hook from timing out meanwhile; not past an instant. */
export function keepWaiting(situation: Situation, from: number, until: number, reason: Reason): Wait {
  if (situation.kind === "fresh") return { kind: "wait", reason };
  const isDue = situation.now <= until && isHeartbeatDue(situation, from);
  return { kind: isDue ? "heartbeat" : "wait", reason };
}

/** Whether the hook stays open for some time without a heartbeat, ms. */
export function hasRoom(situation: Situation, time: number): boolean {
  return (
    situation.kind === "fresh" || !couldEnd(situation, beginning(situation) ?? situation.now, time / 1000)
  );
}

/**
 * Whether a heartbeat is due: one in each slot, or, where the hook's timeout covers the total, as soon as recovery may
 * outlast it.
 */
function isHeartbeatDue(situation: FoundAction, from: number): boolean {
  const interval = intervalOf(situation);
  if (interval === undefined) {
    return couldEnd(situation, beginning(situation) ?? situation.now, missedLook);
  }
  const slot = (at: number) => Math.floor((at - from) / (interval * 1000));
  // The handler may have sent the heartbeat of this slot before the command that SSM has just refused.
  const latest = Math.max(situation.previousLook, situation.extendedAt ?? from, from);
  return slot(situation.now) > slot(latest);
}

/** Whether the hook could time out before there is another chance to extend it, or before a late command ends. */
export function mustExtend(situation: Situation, began: number): boolean {
  if (situation.kind === "fresh") return false;
  const interval = intervalOf(situation);
  const needed =
    interval === undefined ? budgetOf(situation.instructions) + completionRecovery : interval + missedLook;
  return couldEnd(situation, began, needed);
}

/** Whether the hook could time out within some seconds. */
function couldEnd(situation: FoundAction, began: number, seconds: number): boolean {
  const { activity, extendedAt, heartbeatTimeout, now } = situation;
  const isOfThisAction = extendedAt !== undefined && extendedAt > (activity?.startedAt ?? began);
  const from = isOfThisAction ? extendedAt : earliestWait(situation, began);
  return (now - from) / 1000 + seconds > heartbeatTimeout;
}

/** When the wait may have begun at the earliest, ms since 1970; exactly that where an event says when it began. */
function earliestWait(situation: FoundAction, began: number): number {
  const { activity, instructions, since } = situation;
  if (since !== undefined) return since;
  // The first command stands in for the beginning of the wait: it may have been sent later by the agent timeout, after
  // a wait for its turn.
  if (commandsOfThisAction(situation).length > 0) {
    return began - (instructions.agentTimeout + turnWaitOf(situation)) * 1000;
  }
  // The activity stands in for it: where the connections of the instance end early, the deregistration ends early.
  return activity?.startedAt ?? began;
}

/** Time between the heartbeats of an action, seconds; undefined where the hook's timeout covers the total. */
export function intervalOf(
  situation: Pick<FoundAction, "heartbeatTimeout" | "instructions" | "transition">,
): number | undefined {
  const { heartbeatTimeout, instructions } = situation;
  const { agentTimeout } = instructions;
  return heartbeatInterval(heartbeatTimeout, budgetOf(instructions), agentTimeout, turnWaitOf(situation));
}
