import { dataOf, searchableMetrics, type MetricIdentity } from "../../../simulator";
import type { MetricEntry, MetricOptions, MetricWidget } from "./body";
import type { Play } from "./play";
import { find, labelOf, readSearch } from "./search";
import { statistics, sum, type Points } from "./statistics";

/** A line of a graph. */
export interface Line {
  readonly name: string;
  /** Undefined for a colour of the palette. */
  readonly colour: string | undefined;
  readonly points: Points;
}

/** The lines of a graph, in the order of its legend. */
export function linesOf({ properties }: MetricWidget, play: Play): readonly Line[] {
  return properties.metrics.flatMap((entry) => {
    const options = entry.find((one) => typeof one === "object") ?? {};
    if (options.expression !== undefined) return linesOfSearch(options.expression, options, play);
    const metric = metricOf(entry);
    const points = pointsOf(metric, options.stat ?? properties.stat, properties.period, play);
    return [{ name: options.label ?? metric.metricName, colour: options.color, points }];
  });
}

function linesOfSearch(expression: string, { color, label = "" }: MetricOptions, play: Play): Line[] {
  const search = readSearch(expression);
  const found = find(search, searchableMetrics(play.world, play)).map((metric) => ({
    name: search.isSummed ? label : labelOf(label, metric),
    colour: color,
    points: pointsOf(metric, search.stat, search.period, play),
  }));
  return search.isSummed
    ? [{ name: label, colour: color, points: sum(found.map(({ points }) => points)) }]
    : found;
}

/** @throws Error for a metric that the simulator does not measure, which an empty line would hide */
function pointsOf(metric: MetricIdentity, stat: string, period: number, play: Play): Points {
  const data = dataOf(metric, play.world, play);
  if (data === undefined)
    throw new Error(
      `The simulator does not measure ${metric.namespace} ${metric.metricName}. Teach simulator/metrics.ts it.`,
    );
  return statistics(
    data.filter(({ at }) => at >= play.from && at < play.until),
    stat,
    period,
  );
}

/** Reads a namespace, a metric, and names and values of dimensions. */
function metricOf(entry: MetricEntry): MetricIdentity {
  const [namespace = "", metricName = "", ...rest] = entry.filter((one) => typeof one === "string");
  const dimensions = Object.fromEntries(
    rest.flatMap((name, index) => (index % 2 === 0 ? [[name, rest[index + 1] ?? ""]] : [])),
  );
  return { namespace, metricName, dimensions };
}
