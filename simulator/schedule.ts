const units: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** Whether a schedule has equal periods. */
export function isPeriod(expression: string): boolean {
  return lengthOf(expression) !== undefined;
}

/** Length of the period of a schedule, ms. */
export function periodOf(expression: string): number {
  const length = lengthOf(expression);
  if (length === undefined) throw new Error(`the schedule ${expression} is not modelled`);
  return length;
}

function lengthOf(expression: string): number | undefined {
  const [, count, unit = ""] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  const length = units[unit];
  return length === undefined ? undefined : Number(count) * length;
}
