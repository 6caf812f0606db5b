import { isIn, type Candidate, type TerminationRequest } from "./request";

/** Counts how many idle instances each share of a request still lacks; there may be 30,000 instances. */
export class Tally {
  private readonly sharesOf = new Map<string, readonly number[]>();
  private readonly lacks: number[];

  constructor({ candidates, shares }: TerminationRequest) {
    this.lacks = shares.map(({ capacity }) => capacity);
    for (const one of candidates)
      this.sharesOf.set(
        one.id,
        shares.flatMap((share, index) => (isIn(share, one) ? [index] : [])),
      );
  }

  /** An instance says that it is idle. */
  noteIdle(id: string): void {
    for (const share of this.sharesOf.get(id) ?? []) this.lacks[share] = this.lackOf(share) - 1;
  }

  /** Idle instances that are still lacking, all shares together. */
  get lacking(): number {
    return this.lacks.reduce((sum, one) => sum + Math.max(0, one), 0);
  }

  /** Whether a share of an instance still lacks idle instances. */
  isWanted({ id }: Candidate): boolean {
    return (this.sharesOf.get(id) ?? []).some((share) => this.lackOf(share) > 0);
  }

  private lackOf(share: number): number {
    return this.lacks[share] ?? 0;
  }
}

/** The candidates in an order of chance: no instance is asked before another time and again. */
export function inOrderOfChance(
  candidates: readonly Candidate[],
  random: () => number,
): readonly Candidate[] {
  const order = [...candidates];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    const [one, two] = [order[last], order[other]];
    if (one !== undefined && two !== undefined) [order[last], order[other]] = [two, one];
  }
  return order;
}
