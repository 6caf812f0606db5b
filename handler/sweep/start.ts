import type { Context } from "../context";
import { sendDocument } from "../send";
import type { ServedHook } from "../servedHook";
import type { Case, DecidedCase } from "./cases";
import { targetOf, settle } from "./carryOutCase";
import { askProbes } from "./probes";

/** Instances of a hook whose scripts are to be started, or that the user's probe is to be asked about first. */
export interface Due {
  readonly hook: ServedHook;
  readonly cases: readonly DecidedCase[];
}

/**
 * Starts the scripts of a hook: scripts that a probe may hold up as the probe answers, all other scripts with the first
 * answers.
 * @returns whether it has completed the action of an instance that SSM refuses
 */
export async function start(context: Context, { cases, hook }: Due): Promise<boolean> {
  const isDue = ({ decision }: DecidedCase) => decision.kind === "run";
  const held = cases.filter(({ decision }) => decision.kind === "inspect");
  let hasCompleted = false;
  let free = cases.filter(isDue);
  for await (const answered of askProbes(context, held)) {
    const due = [...free, ...(await settle(context, answered)).filter(isDue)];
    if (await send(context, hook, due)) hasCompleted = true;
    free = [];
  }
  return (await send(context, hook, free)) || hasCompleted;
}

/** Sends the document, and decides about instances as SSM refuses them; whether it has completed such an action. */
async function send(context: Context, hook: ServedHook, cases: readonly Case[]): Promise<boolean> {
  let hasCompleted = false;
  await sendDocument(context, hook, cases.map(targetOf), async (instances, cause) => {
    const refused = cases.filter(({ subject }) => instances.includes(subject.instance));
    const settled = await settle(
      context,
      refused.map((one) => refusedCase(one, cause)),
    );
    if (settled.some(({ isCompleted }) => isCompleted)) hasCompleted = true;
  });
  return hasCompleted;
}

function refusedCase(one: Case, cause: string): Case {
  const since = (one.memory.refusedSince ??= one.situation.now);
  const { extendedAt } = one.memory;
  return { ...one, situation: { ...one.situation, refusal: { cause, since }, extendedAt } };
}
