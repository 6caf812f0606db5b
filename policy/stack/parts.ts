/** A length of time and what takes that time. */
export interface Part {
  readonly seconds: number;
  readonly what: string;
}

/**
 * How long EC2 and Auto Scaling need to start an instance, or to end it, besides hooks, seconds. Half a minute was
 * observed; the component itself allows ten minutes, but a finding has to be certain.
 */
export const endAllowance = 60;

/** A sum in words: its terms, without terms that take no time. */
export function parts(...terms: readonly (Part | undefined)[]): string {
  return terms
    .flatMap((term) => (term === undefined || term.seconds === 0 ? [] : [`${term.seconds} s ${term.what}`]))
    .join(" + ");
}

/** The longest of several times, as far as they are known; undefined if no time is known. */
export function longest(times: readonly { seconds: number | undefined; what: string }[]): Part | undefined {
  const certain = times.flatMap(({ seconds, what }) => (seconds === undefined ? [] : [{ seconds, what }]));
  return certain.sort((one, other) => other.seconds - one.seconds)[0];
}
