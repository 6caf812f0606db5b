import type { Range } from "./limits";

/** A value that cannot work: the argument, its value, what is allowed, what to do. */
export interface Violation {
  /** Path of the argument, as in `terminate.timeout`. */
  readonly argument: string;
  /** Value of the argument. */
  readonly value: unknown;
  /** Completes the sentence "it must be ...". */
  readonly allowed: string;
  /** A sentence that says what to do. */
  readonly cure: string;
}

/** A violation if the value is given and is not a whole number of the range. The unit may be empty. */
export function outside(
  argument: string,
  value: number | undefined,
  range: Range,
  unit: string,
  cure: string,
): Violation[] {
  if (value === undefined) return [];
  if (Number.isInteger(value) && value >= range.min && value <= range.max) return [];
  return [
    {
      argument,
      value,
      allowed: `a whole number${unit === "" ? "" : ` of ${unit}`} from ${range.min} to ${range.max}`,
      cure,
    },
  ];
}
