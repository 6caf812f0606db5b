import type { Transition } from "./transition";

/** Namespace of a handler's metrics. Handlers do not share metrics: the alarm of a handler must not fire for another. */
export function metricNamespace(handler: string): string {
  return `GracefulAsg/${handler}`;
}

/** Metrics that the handler writes into its log in CloudWatch's embedded metric format. */
export const Metric = {
  /** From the beginning of the wait at the hook to the completion of the action, seconds. */
  WaitTime: "WaitTime",
  /**
   * From the request of the command to its end, seconds: its delivery, the wait for sessions and the script. Run
   * Command's event says no time of the script alone.
   */
  CommandTime: "CommandTime",
  /** From the end of the command to the completion of the action, seconds. */
  CompletionLag: "CompletionLag",
  /** Actions that the handler completed. */
  Completions: "Completions",
  /** Events that the handler could not put on its event bus. */
  FailedEvents: "FailedEvents",
} as const;
/** Metrics that the handler writes into its log in CloudWatch's embedded metric format. */
export type Metric = (typeof Metric)[keyof typeof Metric];

/** Units of the metrics. Source: CloudWatch API, MetricDatum. */
export const metricUnits = {
  WaitTime: "Seconds",
  CommandTime: "Seconds",
  CompletionLag: "Seconds",
  Completions: "Count",
  FailedEvents: "Count",
} as const satisfies Record<Metric, string>;

/** Dimensions of the metrics; the first is Auto Scaling's own name. */
export interface MetricDimensions {
  readonly AutoScalingGroupName: string;
  readonly Transition: Transition;
  readonly Outcome: string;
}

/** Sets of dimensions: each combination of their values is a metric that CloudWatch charges for. */
const byGroup = ["AutoScalingGroupName", "Transition"] as const;
const byOutcome = [...byGroup, "Outcome"] as const;

/** The dimensions of each metric. */
export const metricDimensions = {
  WaitTime: byGroup,
  CommandTime: byGroup,
  CompletionLag: byGroup,
  Completions: byOutcome,
  FailedEvents: [],
} as const satisfies Record<Metric, readonly (keyof MetricDimensions)[]>;
