/**
 * Value of the tag of a hold: the instant of its end in UTC, in whole seconds, as in `2026-01-01T00:30:00Z`.
 * @param until - ms since 1970
 */
export function writeHold(until: number): string {
  return `${new Date(until).toISOString().slice(0, -5)}Z`;
}

/** The end of a hold, ms since 1970; undefined for a text that writeHold has not written. */
export function readHold(text: string): number | undefined {
  const until = form.test(text) ? Date.parse(text) : NaN;
  // Date.parse takes February 30 for March 2.
  return Number.isNaN(until) || writeHold(until) !== text ? undefined : until;
}

const form = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
