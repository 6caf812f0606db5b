import { isIn, type Candidate, type Share, type TerminationRequest } from "./request";

/** Counts how many idle instances each share of a request still lacks. */
export class Tally {
  private readonly lacks: { readonly share: Share; count: number }[];

  constructor({ shares }: TerminationRequest) {
    this.lacks = shares.map((share) => ({ share, count: share.capacity }));
  }

  /** An instance says that it is idle. */
  noteIdle(one: Candidate): void {
    for (const lack of this.lacks) if (isIn(lack.share, one)) lack.count -= 1;
  }

  /** Idle instances that are still lacking, all shares together. */
  get lacking(): number {
    return this.lacks.reduce((sum, { count }) => sum + Math.max(0, count), 0);
  }

  /** Whether a share of an instance still lacks idle instances. */
  isWanted(one: Candidate): boolean {
    return this.lacks.some(({ count, share }) => count > 0 && isIn(share, one));
  }
}

/**
 * The candidates in an order of chance: no instance is asked before another time and again. Each takes any place up to
 * its own, and who had that place goes to the end; there may be 30,000 of them.
 */
export function inOrderOfChance(
  candidates: readonly Candidate[],
  random: () => number,
): readonly Candidate[] {
  const order: Candidate[] = [];
  for (const one of candidates) {
    const place = Math.floor(random() * (order.length + 1));
    order.push(order[place] ?? one);
    order[place] = one;
  }
  return order;
}
