import { byPeriod, type Datum } from "../../../simulator";

/** The values of a metric in the periods that have any, by the beginning of the period, ms since 1970. */
export type Points = ReadonlyMap<number, number>;

/**
 * A statistic of a metric.
 * @param stat as in `Sum`, `Maximum` or `p90`
 * @param period seconds
 */
export function statistics(data: readonly Datum[], stat: string, period: number): Points {
  const reduce = reducer(stat);
  const periods = [...byPeriod(data, period)].sort(([one], [other]) => one - other);
  return new Map(periods.map(([number, values]) => [number * period * 1000, reduce(values)]));
}

/** The sum of several metrics, in the periods in which any of them has a value. Source: CloudWatch, metric math. */
export function sum(metrics: readonly Points[]): Points {
  const total = new Map<number, number>();
  for (const points of metrics) for (const [at, value] of points) total.set(at, (total.get(at) ?? 0) + value);
  return new Map([...total].sort(([one], [other]) => one - other));
}

/** @throws Error for a statistic that the picture cannot compute */
function reducer(stat: string): (values: readonly number[]) => number {
  if (stat === "Sum") return (values) => values.reduce((total, value) => total + value, 0);
  if (stat === "Maximum") return (values) => Math.max(...values);
  const [, percent] = /^p(\d{1,2})$/.exec(stat) ?? [];
  if (percent === undefined)
    throw new Error(
      `The picture cannot compute the statistic ${stat}. Teach scripts/pictures/dashboard/statistics.ts it.`,
    );
  return (values) => percentile(values, Number(percent) / 100);
}

/** A percentile, on a straight line between the two values beside it. */
function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  const place = (sorted.length - 1) * share;
  const [below = 0, above = below] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return below + (above - below) * (place - Math.floor(place));
}
