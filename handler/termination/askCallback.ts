import type { Said } from "../busy/answer";
import type { Context } from "../context";
import type { Candidate, TerminationRequest } from "./request";
import { inOrderOfChance, Tally } from "./tally";

/** Instances that are asked about side by side: at first, and at most where many are busy or have to go. */
const sideBySide = { first: 20, most: 200 } as const;

/**
 * How long a callback keeps others from being asked, ms. Its answer counts for as long as there is time, but a callback
 * that hangs must not hold up the rest.
 */
const turn = 500;

/** What asking a callback needs. */
export type CallbackContext = Pick<Context, "clock" | "isBusy" | "log">;

/**
 * Asks the user's callback about as many instances as it takes to find idle instances for all shares, in an order of
 * chance, until an instant.
 * @param random - A number from 0 to below 1
 * @param into - The answers, as they come; an instance without an answer stays out
 */
export async function askCallback(
  { clock, isBusy, log }: CallbackContext,
  request: TerminationRequest,
  until: number,
  into: Map<string, Said>,
  random: () => number,
): Promise<void> {
  if (isBusy === undefined) return;
  const tally = new Tally(request);
  const order = inOrderOfChance(request.candidates, random)[Symbol.iterator]();
  const errors: string[] = [];
  /** Callbacks whose turns last, and callbacks that have yet to answer. */
  let open = 0;
  let unanswered = 0;

  const ask = async (one: Candidate): Promise<void> => {
    const askedAt = clock.now();
    const query = { instanceId: one.id, groupName: request.group, hookName: "" };
    try {
      const answer = (await isBusy(query)) ? "busy" : "idle";
      into.set(one.id, { answer, askedAt });
      if (answer === "idle") tally.noteIdle(one);
    } catch (error) {
      errors.push(String(error));
    }
  };

  await new Promise<void>((resolve) => {
    const next = () => {
      const width = Math.min(sideBySide.most, Math.max(sideBySide.first, 3 * tally.lacking, into.size));
      while (open < width && clock.now() < until) {
        const one = nextWanted(order, tally);
        if (one === undefined) break;
        open += 1;
        unanswered += 1;
        const answered = ask(one).then(() => {
          unanswered -= 1;
          next();
        });
        // The turn ends with the answer, or without it.
        void clock.within(turn, answered).then(() => {
          open -= 1;
          next();
        });
      }
      if (open + unanswered === 0 || tally.lacking === 0) resolve();
    };
    next();
    void clock.sleep(Math.max(0, until - clock.now())).then(resolve);
  });
  const error = errors.at(-1);
  if (error !== undefined)
    log.warn({ message: `isBusy failed for ${errors.length} instances`, group: request.group, error });
}

function nextWanted(order: Iterator<Candidate>, tally: Tally): Candidate | undefined {
  for (let one = order.next(); one.done !== true; one = order.next())
    if (tally.isWanted(one.value)) return one.value;
  return undefined;
}
