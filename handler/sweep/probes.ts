import pLimit from "p-limit";
import type { Context } from "../context";
import { probe } from "../probe";
import type { Case } from "./cases";

/** Probes that are asked side by side. */
const sideBySide = 20;

/** How long a sweep asks probes, ms. The next sweep asks the rest. */
const window = 15_000;

/** How long the sweep collects answers before it acts on them, ms. */
const collected = 5_000;

/**
 * Asks the user's probe about instances, a limited number at a time and for a limited time. An instance that the probe
 * is not asked about in time goes on waiting.
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

/** The cases in the order of their last probes, the oldest first. */
function inTurn(cases: readonly Case[]): readonly Case[] {
  return [...cases].sort((one, other) => one.memory.probedAt - other.memory.probedAt);
}
