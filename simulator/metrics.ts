import type { InvocationHappening, SimulationEvent } from "./event";
import type { LogMetricSettings, World } from "./world";

/** A metric of CloudWatch. */
export interface MetricIdentity {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** A value of a metric. */
export interface Datum {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly value: number;
}

/** What has happened, as far as CloudWatch measures it. */
export interface Happened {
  readonly events: readonly SimulationEvent[];
  readonly deadLetters: readonly DeadLetter[];
}

/** An event that ended in a dead-letter queue. */
export interface DeadLetter {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** ARN of the queue. */
  readonly queue: string;
}

/** Counts retained instances. */
const retainedMetric = "GroupTerminatingRetainedInstances";

/** Between two values of a metric that a service measures by itself, ms. Source: CloudWatch, metrics of each service. */
const minute = 60_000;

/** The values that CloudWatch has of a metric; undefined for a metric that the simulator does not measure. */
export function dataOf(
  metric: MetricIdentity,
  world: World,
  happened: Happened,
): readonly Datum[] | undefined {
  const { dimensions, metricName, namespace } = metric;
  switch (namespace) {
    case "AWS/AutoScaling":
      if (metricName !== retainedMetric) return undefined;
      return measured(happened, retainedInstances(dimensions["AutoScalingGroupName"] ?? "", happened));
    case "AWS/Lambda":
      return invocationData(metricName, dimensions["FunctionName"] ?? "", happened);
    case "AWS/SQS":
      if (metricName !== "ApproximateNumberOfMessagesVisible") return undefined;
      return measured(happened, messagesIn(dimensions["QueueName"] ?? "", happened));
    default:
      return ownData(metric, world, happened);
  }
}

/** Values by the number of their period. Periods begin at whole multiples of their length, as CloudWatch has them. */
export function byPeriod(data: readonly Datum[], seconds: number): ReadonlyMap<number, readonly number[]> {
  const periods = new Map<number, number[]>();
  for (const { at, value } of data) {
    const period = Math.floor(at / (seconds * 1000));
    const values = periods.get(period);
    if (values === undefined) periods.set(period, [value]);
    else values.push(value);
  }
  return periods;
}

/**
 * The metrics that a search may find, which are those with at least one value. A group that retains instances collects
 * the metric about them.
 */
export function searchableMetrics(world: World, { events }: Happened): readonly MetricIdentity[] {
  const written = events
    .filter((one) => one.kind === "metric")
    .map(({ dimensions, name, namespace }) => ({ namespace, metricName: name, dimensions }));
  const retained = world.groups
    .filter(({ retains }) => retains)
    .map(({ name }) => ({
      namespace: "AWS/AutoScaling",
      metricName: retainedMetric,
      dimensions: { AutoScalingGroupName: name },
    }));
  return [...new Map([...written, ...retained].map((one) => [JSON.stringify(one), one])).values()];
}

/** Which phases of an invocation each metric of Lambda counts. Source: Lambda, types of metrics. */
export const countedPhases: Readonly<Record<string, readonly InvocationHappening["phase"][]>> = {
  Errors: ["failed", "timedOut"],
  Invocations: ["started"],
  RecursiveInvocationsDropped: ["dropped"],
  Throttles: ["throttled"],
};

/** Lambda reports each invocation, with zero for the metrics that do not count it. */
function invocationData(metricName: string, functionName: string, { events }: Happened): Datum[] | undefined {
  const counted = countedPhases[metricName];
  if (counted === undefined) return undefined;
  return events.flatMap((one) =>
    one.kind === "invocation" && one.function === functionName
      ? [{ at: one.at, value: counted.includes(one.phase) ? 1 : 0 }]
      : [],
  );
}

/** Metrics that a function writes in the embedded metric format, or that CloudWatch counts from its log. */
function ownData(metric: MetricIdentity, { logMetrics }: World, { events }: Happened): Datum[] | undefined {
  const { dimensions, metricName, namespace } = metric;
  const own = logMetrics.filter((one) => one.namespace === namespace);
  const written = events.filter((one) => one.kind === "metric").filter((one) => one.namespace === namespace);
  if (own.length === 0 && written.length === 0) return undefined;
  const isPlain = Object.keys(dimensions).length === 0;
  const filters = own.filter((one) => isPlain && one.metricName === metricName);
  return [
    ...filters.flatMap((filter) => events.flatMap((one) => filtered(filter, one))),
    ...written
      .filter((one) => one.name === metricName && areSame(one.dimensions, dimensions))
      .map(({ at, value }) => ({ at, value })),
  ];
}

function areSame(one: MetricIdentity["dimensions"], other: MetricIdentity["dimensions"]): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}

/**
 * What a filter makes of an entry of the log, which Lambda writes as JSON. Lambda itself logs the start of each
 * invocation, which no filter counts.
 */
function filtered({ alternatives, defaultValue }: LogMetricSettings, event: SimulationEvent): Datum[] {
  const isEntry = event.kind === "log" || (event.kind === "invocation" && event.phase === "started");
  if (!isEntry) return [];
  const line = event.kind === "log" ? { level: event.level, message: event.entry } : {};
  const isCounted = alternatives.some(({ path, value }) => member(line, path) === value);
  const value = isCounted ? 1 : defaultValue;
  return value === undefined ? [] : [{ at: event.at, value }];
}

function member(value: unknown, path: readonly string[]): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return value;
  return typeof value === "object" && value !== null && first in value
    ? member((value as Readonly<Record<string, unknown>>)[first], rest)
    : undefined;
}

/** How many instances a group retains, from each change on. */
function retainedInstances(group: string, { events }: Happened): Datum[] {
  const retained = new Set<string>();
  return events.flatMap((one) => {
    if (one.kind !== "instance" || one.group !== group) return [];
    if (one.state === "Terminating:Retained") retained.add(one.instance);
    else if (!retained.delete(one.instance)) return [];
    return [{ at: one.at, value: retained.size }];
  });
}

/** How many messages a queue has, from each change on. */
function messagesIn(queueName: string, { deadLetters }: Happened): Datum[] {
  return deadLetters
    .filter(({ queue }) => queue.slice(queue.lastIndexOf(":") + 1) === queueName)
    .map(({ at }, index) => ({ at, value: index + 1 }));
}

/** Measures a number once a minute, from the first event to a minute after the last, so that no change is missed. */
function measured({ deadLetters, events }: Happened, changes: readonly Datum[]): Datum[] {
  const first = Math.min(events[0]?.at ?? Infinity, deadLetters[0]?.at ?? Infinity);
  const until = Math.max(events.at(-1)?.at ?? 0, deadLetters.at(-1)?.at ?? 0) + minute;
  const data: Datum[] = [];
  let [next, value] = [0, 0];
  for (let at = Math.floor(first / minute) * minute; at <= until; at += minute) {
    for (; (changes[next]?.at ?? Infinity) <= at; next += 1) value = changes[next]?.value ?? value;
    data.push({ at, value });
  }
  return data;
}
