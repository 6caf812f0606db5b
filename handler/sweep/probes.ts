import pLimit from "p-limit";
import type { Context } from "../context";
import { probe } from "../probe";
import type { Case } from "./cases";

/** Probes that are asked side by side. */
const sideBySide = 20;

/** How long a sweep asks probes, ms. What is not asked by then is asked by the next sweep. */
const window = 15_000;

/** How long answers are collected before they are acted on, ms. */
const collected = 5_000;

/**
 * Asks the user's probe about instances, so many at a time and for so long. An instance that is not asked in time goes on
 * waiting.
 * @returns the cases with their answers, some at a time, as they come
 */
export async function* askProbes(
  context: Context,
  cases: readonly Case[],
): AsyncGenerator<readonly Case[], void, undefined> {
  const { clock } = context;
  const limit = pLimit(sideBySide);
  const until = Math.min(context.until, clock.now() + window);
  const answers: Case[] = [];
  let notAsked = 0;
  const all = Promise.all(
    inTurn(cases).map((one) =>
      limit(async () => {
        if (clock.now() >= until) {
          notAsked += 1;
          return;
        }
        one.memory.probedAt = clock.now();
        const isBusy = await probe(context, one.subject);
        answers.push({ ...one, situation: { ...one.situation, isBusy } });
      }),
    ),
  ).then(() => true);
  for (let isOver: boolean | undefined; !isOver;) {
    isOver = await clock.within(collected, all);
    const answered = answers.splice(0);
    if (answered.length > 0) yield answered;
  }
  if (notAsked > 0) {
    context.log.warn({ message: `isBusy takes too long: ${notAsked} instances are asked by the next sweep` });
  }
}

/** Those first that were asked longest ago. */
function inTurn(cases: readonly Case[]): readonly Case[] {
  return [...cases].sort((one, other) => one.memory.probedAt - other.memory.probedAt);
}
