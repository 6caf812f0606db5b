import type { Answers } from "../busy/answer";
import { isIn, type Candidate, type Share, type TerminationRequest } from "./request";

/** What is known of an instance, the best to go first. */
export type Standing = (typeof order)[number];

const order = ["idle", "unknown", "busy"] as const;

/** An instance that goes, and why it was chosen. */
export interface Chosen {
  readonly id: string;
  readonly standing: Standing;
}

/**
 * The instances that go. For each share only instances of the same standing are named, the best that there is, and no
 * more than the share: if an answer has more instances than have to go, Auto Scaling chooses among them by its other
 * termination policies, and if it has fewer, Auto Scaling terminates these and asks again. So no busy instance is named
 * as long as its share has an instance that is idle or unknown, whatever an instance weighs. Source: Auto Scaling user
 * guide, Create a custom termination policy with Lambda, Considerations.
 */
export function choose({ candidates, shares }: TerminationRequest, answers: Answers): Chosen[] {
  const chosen = new Map<string, Chosen>();
  for (const share of shares) for (const one of chosenIn(share, candidates, answers)) chosen.set(one.id, one);
  return [...chosen.values()];
}

function chosenIn(share: Share, candidates: readonly Candidate[], answers: Answers): Chosen[] {
  const own = candidates.filter((one) => isIn(share, one));
  const standings = own.map(({ id }) => ({ id, standing: standingOf(answers, id) }));
  const best = order.find((standing) => standings.some((one) => one.standing === standing));
  return (
    standings
      .filter(({ standing }) => standing === best)
      // Who said so last is the surest.
      .sort((one, other) => askedAt(answers, other.id) - askedAt(answers, one.id))
      .slice(0, share.capacity)
  );
}

/** What is known of an instance just now. */
export function standingOf(answers: Answers, id: string): Standing {
  return answers.get(id)?.answer ?? "unknown";
}

function askedAt(answers: Answers, id: string): number {
  return answers.get(id)?.askedAt ?? 0;
}
