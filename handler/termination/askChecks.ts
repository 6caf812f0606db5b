import type { BusyAnswer } from "../../contract";
import type { Said } from "../busy/answer";
import { readAnswers, sendChecks } from "../busy/checks";
import type { Context } from "../context";
import type { TerminationRequest } from "./request";
import { inOrderOfChance, Tally } from "./tally";

/** For how long an answer to a check of a sweep counts, ms: two sweeps, and the time that an answer takes. */
export const answersCountFor = 150_000;

/** Most instances that are asked once more. */
const mostAsked = 200;

/** Pause between two looks for new answers, ms. */
const pause = 150;

/** What asking by a check needs. */
export type CheckContext = Pick<Context, "busyChecks" | "clock" | "log" | "runCommand">;

/**
 * Finds out by the checks of a group what is busy. An agent takes a second or two for a check, as long as Auto Scaling
 * waits: so the answers to the checks of the last sweeps count, and the instances that are to go are asked once more,
 * for their answers replace the old answers where they come in time.
 * @param into - The answers, as they come
 */
export async function askByChecks(
  context: CheckContext,
  document: string,
  request: TerminationRequest,
  until: number,
  into: Map<string, Said>,
  random: () => number,
): Promise<void> {
  const { busyChecks, clock, log } = context;
  await readAnswers(busyChecks, await busyChecks.sent(document, clock.now() - answersCountFor), into);
  const asked = toAsk(request, into, random);
  const sending = await sendChecks(context, document, asked);
  if (sending.problem !== undefined)
    log.warn({ message: "could not ask all instances", group: request.group, error: sending.problem });
  for (let open = sending.checks; open.length > 0 && clock.now() + pause < until;) {
    await clock.sleep(pause);
    open = await readAnswers(busyChecks, open, into);
  }
}

/** The instances that are likely to go: idle instances, as many as are wanted and some more, then the unknown. */
function toAsk(
  request: TerminationRequest,
  answers: ReadonlyMap<string, Said>,
  random: () => number,
): string[] {
  const tally = new Tally(request);
  const order = inOrderOfChance(request.candidates, random).map(({ id }) => id);
  const thatSaid = (answer: BusyAnswer | undefined) =>
    order.filter((id) => answers.get(id)?.answer === answer);
  const most = Math.min(mostAsked, 2 * tally.lacking + 5);
  return [...thatSaid("idle"), ...thatSaid(undefined)].slice(0, most);
}
