/** Seconds of Go's units of time. */
const units: Readonly<Record<string, number>> = {
  h: 3600,
  m: 60,
  s: 1,
  ms: 0.001,
  us: 1e-6,
  µs: 1e-6,
  ns: 1e-9,
};

/** Seconds of a duration in Go's syntax, as in `1h30m` or `0`; undefined if it is none. */
export function secondsOf(duration: string): number | undefined {
  if (duration === "0") return 0;
  if (!/^(\d+(\.\d+)?(h|m|s|ms|us|µs|ns))+$/.test(duration)) return undefined;
  const terms = duration.matchAll(/([\d.]+)([a-zµ]+)/g);
  return [...terms].reduce((sum, [, count = "", unit = ""]) => sum + Number(count) * (units[unit] ?? NaN), 0);
}
