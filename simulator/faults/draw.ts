import type { Random } from "../random";

/**
 * How faults are played: in a rehearsal always and at usual times, so that a few instances show them; in chaos now and
 * then and at any time.
 */
export type Mode = "rehearsal" | "chaos";

/** A number for each mode. */
export type ByMode = Readonly<Record<Mode, number>>;

/** Draws the parameters of one fault; draws for another fault do not change them. */
export class Draw {
  constructor(
    readonly mode: Mode,
    private readonly fault: string,
    private readonly random: Random,
  ) {}

  /** Whether the fault strikes: in chaos with a probability, in a rehearsal always, or by a number for each mode. */
  strikes(id: string, probability: number | ByMode): boolean {
    const by = typeof probability === "number" ? { rehearsal: 1, chaos: probability } : probability;
    return this.random.happens(`${this.fault}/${id}`, by[this.mode]);
  }

  /** A whole number: the usual number in a rehearsal, any number of a range, both ends included, in chaos. */
  number(id: string, usual: number, [least, most]: readonly [least: number, most: number]): number {
    return this.mode === "rehearsal" ? usual : this.between(id, least, most);
  }

  /** Any whole number of a range, both ends included, in each mode. */
  between(id: string, least: number, most: number): number {
    return this.random.between(`${this.fault}/${id}/number`, least, most);
  }

  /** The first choice in a rehearsal, any choice in chaos. */
  pick<T>(id: string, choices: readonly [T, ...T[]]): T {
    return this.mode === "rehearsal" ? choices[0] : this.random.pick(`${this.fault}/${id}/choice`, choices);
  }
}
