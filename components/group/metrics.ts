/** Counts retained instances. A group collects this metric only if the metric is enabled. */
export const retainedMetric = "GroupTerminatingRetainedInstances";

/** Count instances that are retained on their way into a warm pool, and in it. */
export const retainedInPoolMetrics = {
  returning: "WarmPoolPendingRetainedCapacity",
  ending: "WarmPoolTerminatingRetainedCapacity",
} as const;

const ofGroups = [
  ...["MinSize", "MaxSize", "DesiredCapacity"],
  ...["InService", "Pending", "Standby", "Terminating", "Total", "TerminatingRetained"].flatMap((state) => [
    `${state}Instances`,
    `${state}Capacity`,
  ]),
  ...["AndWarmPoolDesiredCapacity", "AndWarmPoolTotalCapacity"],
].map((name) => `Group${name}`);

const ofWarmPools = [
  ...["Desired", "Warmed", "Pending", "Terminating", "Total", "PendingRetained", "TerminatingRetained"],
].map((name) => `WarmPool${name}Capacity`);

/**
 * Metrics that a group may collect. Source: Auto Scaling API, EnableMetricsCollection, and User Guide, metrics of
 * groups.
 */
export const groupMetrics: readonly string[] = [...ofGroups, ...ofWarmPools];
