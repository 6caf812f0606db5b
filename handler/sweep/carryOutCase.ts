import { attempt, completeOnce, heartbeat, logDecision, type Known } from "../carryOut";
import type { Context } from "../context";
import { beginning, beginningOfTheWait, commandsOfThisAction, decide } from "../decide";
import { deliberate } from "../deliberate";
import { cancelCommand, type DocumentTarget } from "../send";
import type { Case, DecidedCase } from "./cases";

/**
 * Decides about instances, and carries out the decisions that concern one instance alone. Instances about which
 * everything is known come first: heartbeats and completions must not wait for facts that have yet to be read about
 * other instances.
 * @returns all cases that did not fail, also cases whose script is to be started, or whose probe is to be asked
 */
export async function settle(context: Context, cases: readonly Case[]): Promise<DecidedCase[]> {
  const clear: Case[] = [];
  const others: Case[] = [];
  for (const one of cases) (decide(one.situation).kind === "inspect" ? others : clear).push(one);
  const settled: (DecidedCase | undefined)[] = [];
  for (const some of [clear, others])
    settled.push(...(await Promise.all(some.map((one) => settleCase(context, one)))));
  return settled.filter((one) => one !== undefined);
}

/** Decides about instances, and does nothing. */
export async function judge(context: Context, cases: readonly Case[]): Promise<DecidedCase[]> {
  const judged = await Promise.all(cases.map((one) => attempt(context, one.subject, () => judgeCase(one))));
  return judged.filter((one) => one !== undefined);
}

async function judgeCase(one: Case): Promise<DecidedCase> {
  return { ...one, ...(await deliberate(one.situation, one.facts, one.memory)) };
}

async function settleCase(context: Context, one: Case): Promise<DecidedCase | undefined> {
  const settled = await attempt(context, one.subject, async () => {
    const known = await judgeCase(one);
    const decided = known.decision.kind === "inspect" ? await extendMeanwhile(context, known) : known;
    return { ...decided, isCompleted: await carryOut(context, decided) };
  });
  // A heartbeat that AWS failed is due again. A look that an event asks for sends no heartbeat.
  if (settled !== undefined && one.isSweep) one.memory.look = one.situation.now;
  return settled;
}

/** A heartbeat that is due does not wait for the user's probe, which may be asked late and may never answer. */
async function extendMeanwhile(context: Context, held: DecidedCase): Promise<DecidedCase> {
  const { situation, subject } = held;
  const meanwhile = decide({ ...situation, isBusy: true });
  if (meanwhile.kind !== "heartbeat") return held;
  logDecision(context, subject, meanwhile, beginning(situation));
  await heartbeat(context, subject);
  return { ...held, situation: { ...situation, extendedAt: situation.now, previousLook: situation.now } };
}

/**
 * Carries out a decision that concerns one instance alone. An extension comes before the script that needs it.
 * @returns whether it has completed the action
 */
async function carryOut(context: Context, decided: DecidedCase): Promise<boolean> {
  const { decision, situation, subject } = decided;
  if (decision.kind === "inspect") return false;
  const since = beginning(situation);
  logDecision(context, subject, decision, since);
  switch (decision.kind) {
    case "complete":
      return completeOnce(context, subject, decision, { since, ...factsOf(decided) });
    case "heartbeat":
      await heartbeat(context, subject);
      return false;
    case "run":
      if (decision.extend) await heartbeat(context, subject);
      if (decision.replaces !== undefined) await cancelCommand(context, decision.replaces, subject.instance);
      return false;
    case "wait":
      return false;
  }
}

/** What is known of an action. What an event said about an earlier action does not count. */
function factsOf({ ended, memory, situation }: Case): Known {
  const { activity, instructions } = situation;
  const { document, onFailure } = instructions;
  const commands = commandsOfThisAction(situation);
  const word = commands.findLast(({ status }) => status === "succeeded" || status === "failed");
  const commandId = (word ?? commands.at(-1))?.id;
  const told = memory.waitingSince;
  const isOfThisAction = told !== undefined && (activity === undefined || told >= activity.startedAt);
  const waitingSince = isOfThisAction ? told : beginningOfTheWait(situation);
  return {
    ...ended,
    waitingSince,
    commandId,
    document: commandId === undefined ? undefined : document,
    onFailure,
  };
}

/** The run to send for a case. */
export function targetOf({ isUntold, route, situation, subject }: Case): DocumentTarget {
  return {
    instance: subject.instance,
    token: undefined,
    since: beginningOfTheWait(situation) ?? beginning(situation) ?? situation.now,
    // No command before this action's first command made a run of this action.
    actionSince: situation.activity?.startedAt ?? commandsOfThisAction(situation)[0]?.requestedAt,
    isUntold,
    route,
    // A command that a Spot warning has sent is of no action.
    isFirst: commandsOfThisAction(situation).every(({ early }) => early),
  };
}
