import {
  Metric,
  metricDimensions,
  metricNamespace,
  metricUnits,
  type MetricDimensions,
  type Transition,
} from "../contract";
import type { Outcome } from "./decide";
import type { ActionKey } from "./memory";

/** What is known of an action's times, by AWS's clock, ms since 1970. An instance's own clock does not count. */
export interface ActionTimes {
  /** When the wait at the hook began. */
  readonly waitingSince?: number | undefined;
  /** When the command was sent whose end completes the action. */
  readonly requestedAt?: number | undefined;
  /** When that command ended. */
  readonly endedAt?: number | undefined;
}

/**
 * A line of the log from which CloudWatch takes metrics. Source: CloudWatch, Specification: Embedded metric format; the
 * members besides `_aws` are the values of metrics and dimensions.
 */
export interface EmbeddedMetrics {
  readonly _aws: {
    readonly Timestamp: number;
    readonly CloudWatchMetrics: readonly MetricDirective[];
  };
  readonly [member: string]: unknown;
}

interface MetricDirective {
  readonly Namespace: string;
  readonly Dimensions: readonly (readonly string[])[];
  readonly Metrics: readonly { readonly Name: string; readonly Unit: string }[];
}

/** Where metrics go. */
export type PutMetrics = (metrics: EmbeddedMetrics) => void;

/**
 * Writes past the console: with JSON as the function's log format, Lambda puts what the console logs under `message`,
 * and CloudWatch finds `_aws` only at the root. A line of JSON on the standard output stays as it is. Sources: Lambda,
 * Log-level filtering; github.com/awslabs/aws-embedded-metrics-node, pull request 158.
 */
export const writeMetrics: PutMetrics = (metrics) => {
  process.stdout.write(`${JSON.stringify(metrics)}\n`);
};

/** The metrics of a completion that AWS has just taken; a duration that is not known is left out. */
export function completionMetrics(
  handler: string,
  { group, hook, instance, transition }: ActionKey & { readonly transition: Transition },
  outcome: Outcome,
  times: ActionTimes,
  now: number,
): EmbeddedMetrics {
  const dimensions = { AutoScalingGroupName: group, Transition: transition, Outcome: outcome };
  const values = { ...durationsOf(times, now), Completions: 1 };
  return { ...embedded(handler, dimensions, values, now), hook, instance };
}

/** The metric of events that were not put on the event bus. */
export function failedEvents(handler: string, count: number, now: number): EmbeddedMetrics {
  return embedded(handler, {}, { FailedEvents: count }, now);
}

/** Durations of an action, seconds, as far as they are known. */
export function durationsOf({ endedAt, requestedAt, waitingSince }: ActionTimes, now: number) {
  return {
    WaitTime: secondsBetween(waitingSince, now),
    CommandTime: secondsBetween(requestedAt, endedAt),
    CompletionLag: secondsBetween(endedAt, now),
  };
}

function embedded(
  handler: string,
  dimensions: Partial<MetricDimensions>,
  values: Partial<Readonly<Record<Metric, number | undefined>>>,
  now: number,
): EmbeddedMetrics {
  const known = Object.values(Metric).filter((name) => values[name] !== undefined);
  return {
    _aws: {
      Timestamp: now,
      CloudWatchMetrics: known.map((name) => ({
        Namespace: metricNamespace(handler),
        Dimensions: [metricDimensions[name]],
        Metrics: [{ Name: name, Unit: metricUnits[name] }],
      })),
    },
    ...dimensions,
    ...Object.fromEntries(known.map((name) => [name, values[name]])),
  };
}

/** Events have whole seconds, so that an end may seem to come before its beginning. */
function secondsBetween(from: number | undefined, to: number | undefined): number | undefined {
  return from === undefined || to === undefined ? undefined : Math.max(0, to - from) / 1000;
}
