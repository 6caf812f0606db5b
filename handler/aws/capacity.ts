import type { AutoScalingGroup } from "@aws-sdk/client-auto-scaling";

/** What decides whether a group can spare an instance. */
export interface Capacity {
  /** Desired capacity, in instances or in the weights of a mixed instances policy. */
  readonly desired: number;
  /** Capacity of the instances in service, in the same unit. */
  readonly inService: number;
  /** Processes that somebody has suspended. */
  readonly suspended: readonly string[];
  /** Whether Auto Scaling itself replaces Spot instances that EC2 recommends to rebalance. */
  readonly rebalances: boolean;
}

export function capacityOf(group: AutoScalingGroup): Capacity {
  return {
    desired: group.DesiredCapacity ?? 0,
    inService:
      group.Instances?.filter(({ LifecycleState }) => LifecycleState === "InService").reduce(
        (sum, { WeightedCapacity }) => sum + Number(WeightedCapacity ?? 1),
        0,
      ) ?? 0,
    suspended: (group.SuspendedProcesses ?? []).map(({ ProcessName = "" }) => ProcessName),
    rebalances: group.CapacityRebalance ?? false,
  };
}
