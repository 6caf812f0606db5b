import type { Context } from "../context";
import { sendDocument } from "../send";
import type { ServedHook } from "../servedHook";
import type { Case, DecidedCase } from "./cases";
import { runOf, settle } from "./carryOutCase";
import { askProbes } from "./probes";

/** Instances of a hook whose scripts are to be started, or that the user's probe is to be asked about first. */
export interface Due {
  readonly hook: ServedHook;
  readonly cases: readonly DecidedCase[];
}

/** Starts the scripts of a hook: where probes may hold them up, as these answer, and with the first answers all others. */
export async function start(context: Context, { cases, hook }: Due): Promise<void> {
  const isDue = ({ decision }: DecidedCase) => decision.kind === "run";
  const held = cases.filter(({ decision }) => decision.kind === "inspect");
  let free = cases.filter(isDue);
  await askProbes(context, held, async (answered) => {
    const due = [...free, ...(await settle(context, answered)).filter(isDue)];
    free = [];
    await send(context, hook, due);
  });
  await send(context, hook, free);
}

/** Sends the document, and decides about instances as SSM refuses them. */
async function send(context: Context, hook: ServedHook, cases: readonly Case[]): Promise<void> {
  await sendDocument(context, hook, cases.map(runOf), async (instances, cause) => {
    const refused = cases.filter(({ subject }) => instances.includes(subject.instance));
    await settle(
      context,
      refused.map((one) => refusedCase(one, cause)),
    );
  });
}

function refusedCase(one: Case, cause: string): Case {
  const since = (one.memory.refusedSince ??= one.situation.now);
  const { extendedAt } = one.memory;
  return { ...one, situation: { ...one.situation, refusal: { cause, since }, extendedAt } };
}
