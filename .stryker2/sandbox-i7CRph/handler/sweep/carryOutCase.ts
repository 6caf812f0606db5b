// @ts-nocheck
import { attempt, completeOnce, heartbeat, logDecision } from "../carryOut";
import type { Context } from "../context";
import { decide } from "../decide";
import { deliberate } from "../deliberate";
import { cancelCommand, type Run } from "../send";
import type { Situation } from "../situation";
import type { Case, DecidedCase } from "./cases";

/**
 * Decides about instances, and carries out what concerns each alone. Those about which everything is known come first:
 * heartbeats and completions must not wait for what has yet to be read about others.
 * @returns all that went through; there are scripts to be started among them, and probes to be asked
 */
export async function settle(context: Context, cases: readonly Case[]): Promise<DecidedCase[]> {
  const isClear = ({ situation }: Case) => decide(situation).kind !== "inspect";
  const clear = await Promise.all(cases.filter(isClear).map((one) => settleCase(context, one)));
  const others = await Promise.all(
    cases.filter((one) => !isClear(one)).map((one) => settleCase(context, one)),
  );
  return [...clear, ...others].filter((one) => one !== undefined);
}

async function settleCase(context: Context, one: Case): Promise<DecidedCase | undefined> {
  let decided: DecidedCase | undefined;
  const isDone = await attempt(context, one.subject, async () => {
    decided = { ...one, ...(await deliberate(one.situation, one.facts, one.memory)) };
    await carryOut(context, decided);
  });
  // One that AWS failed is not seen to: its heartbeat is due again. What an event asks for sends none.
  if (isDone && one.isSweep) one.memory.look = one.situation.now;
  return isDone ? decided : undefined;
}

/** Carries out what concerns one instance alone. Its script is not started before the extension that it needs. */
async function carryOut(context: Context, { decision, situation, subject }: DecidedCase): Promise<void> {
  if (decision.kind === "inspect") return;
  const since = sinceOf(situation);
  logDecision(context, subject, decision, since);
  switch (decision.kind) {
    case "complete":
      await completeOnce(context, subject, decision, since);
      return;
    case "heartbeat":
      await heartbeat(context, subject);
      return;
    case "run":
      if (decision.extend) await heartbeat(context, subject);
      if (decision.replaces !== undefined) await cancelCommand(context, decision.replaces, subject.instance);
      return;
    case "wait":
      return;
  }
}

/** What is to be sent for a case. */
export function runOf({ isUntold, situation, subject }: Case): Run {
  return {
    instance: subject.instance,
    token: undefined,
    since: sinceOf(situation) ?? situation.now,
    // No run of this action was made by a command before its first.
    actionSince: situation.activity?.startedAt ?? situation.commands[0]?.requestedAt,
    isUntold,
  };
}

function sinceOf({ activity, commands }: Situation): number | undefined {
  return commands[0]?.requestedAt ?? activity?.startedAt;
}
