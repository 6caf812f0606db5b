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
 * @returns the instances that SSM refuses, and what was decided about them
 */
export async function start(context: Context, { cases, hook }: Due): Promise<DecidedCase[]> {
  const isDue = ({ decision }: DecidedCase) => decision.kind === "run";
  const held = cases.filter(({ decision }) => decision.kind === "inspect");
  const refused: DecidedCase[] = [];
  let free = cases.filter(isDue);
  for await (const answered of askProbes(context, held)) {
    refused.push(
      ...(await send(context, hook, [...free, ...(await settle(context, answered)).filter(isDue)])),
    );
    free = [];
  }
  return [...refused, ...(await send(context, hook, free))];
}

/** Sends the document, and decides about instances as SSM refuses them. */
async function send(context: Context, hook: ServedHook, cases: readonly Case[]): Promise<DecidedCase[]> {
  const decided: DecidedCase[] = [];
  await sendDocument(context, hook, cases.map(targetOf), async (instances, cause) => {
    const refused = cases.filter(({ subject }) => instances.includes(subject.instance));
    const settled = await settle(
      context,
      refused.map((one) => refusedCase(one, cause)),
    );
    decided.push(...settled);
  });
  return decided;
}

function refusedCase(one: Case, cause: string): Case {
  const since = (one.memory.refusedSince ??= one.situation.now);
  const { extendedAt } = one.memory;
  return { ...one, situation: { ...one.situation, refusal: { cause, since }, extendedAt } };
}
