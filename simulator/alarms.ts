import type { SimulationEvent } from "./event";
import type { AlarmSettings, LogMetricSettings, World } from "./world";

/** An alarm that rings. */
export interface RingingAlarm {
  readonly name: string;
  readonly description: string;
}

/** What has happened, as far as alarms look at it. */
export interface Happened {
  readonly events: readonly SimulationEvent[];
  /** Name of the queue of each dead letter. */
  readonly deadLetters: readonly string[];
}

/** The alarms of a world that would have rung. Each alarm sums its metric over its period. */
export function ringingAlarms(world: World, happened: Happened): readonly RingingAlarm[] {
  return world.alarms
    .filter((alarm) => {
      const times = timesOf(alarm, world, happened);
      return most(times, alarm.period * 1000) >= alarm.threshold;
    })
    .map(({ description, name }) => ({ name, description }));
}

/** When a metric counted something, ms since 1970. */
function timesOf(
  { dimensions, metricName, namespace }: AlarmSettings,
  { logMetrics }: World,
  { deadLetters, events }: Happened,
): readonly number[] {
  if (namespace === "AWS/SQS") {
    const own = deadLetters.filter((queue) => queue === dimensions["QueueName"]);
    return own.map(() => 0);
  }
  if (namespace === "AWS/Lambda") {
    const phases = functionMetrics[metricName] ?? [];
    return events.flatMap((one) =>
      one.kind === "invocation" && phases.includes(one.phase) && one.function === dimensions["FunctionName"]
        ? [one.at]
        : [],
    );
  }
  const filters = logMetrics.filter((one) => one.namespace === namespace && one.metricName === metricName);
  return events.flatMap((one) =>
    one.kind === "log" && filters.some((filter) => counts(filter, one)) ? [one.at] : [],
  );
}

const functionMetrics: Readonly<Record<string, readonly string[]>> = {
  Errors: ["failed", "timedOut"],
  RecursiveInvocationsDropped: ["dropped"],
  Throttles: ["throttled"],
};

/** Whether a filter counts an entry of the log, which Lambda writes as JSON. */
function counts(
  { alternatives }: LogMetricSettings,
  { entry, level }: Extract<SimulationEvent, { kind: "log" }>,
): boolean {
  const line = { level, message: entry };
  return alternatives.some(({ path, value }) => at(line, path) === value);
}

function at(value: unknown, path: readonly string[]): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return value;
  return typeof value === "object" && value !== null && first in value
    ? at((value as Readonly<Record<string, unknown>>)[first], rest)
    : undefined;
}

/** The greatest number of times within one period; periods begin at whole multiples, as CloudWatch has them. */
function most(times: readonly number[], period: number): number {
  const counts = new Map<number, number>();
  for (const time of times) {
    const window = Math.floor(time / period);
    counts.set(window, (counts.get(window) ?? 0) + 1);
  }
  return Math.max(0, ...counts.values());
}
