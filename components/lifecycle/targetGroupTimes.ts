import { isNetworkProtocol, type TargetGroupTimes } from "../../timing";
import type { GracefulAutoScalingGroupArgs, GracefulLifecycleArgs, TargetGroupRef } from "../arguments";

/** The times of the target groups of a group, whether the component makes them or not. */
export function targetGroupTimes({
  targetGroup,
  targetGroups = [],
}: Pick<GracefulAutoScalingGroupArgs, "targetGroup" | "targetGroups">): TargetGroupTimes[] {
  return [
    ...(targetGroup === undefined ? [] : [timesOf("targetGroup", targetGroup)]),
    ...targetGroups.map((one, index) => timesOf(`targetGroups[${index}]`, one)),
  ];
}

/** The times of the target groups of a group that exists already: all in one argument. */
export function existingTargetGroupTimes({
  deregistrationDelay,
}: Pick<GracefulLifecycleArgs, "deregistrationDelay">): TargetGroupTimes[] {
  return [{ argument: "deregistrationDelay", deregistrationDelay }];
}

function timesOf(
  path: string,
  {
    connectionTermination = false,
    deregistrationDelay,
    protocol,
  }: Pick<TargetGroupRef, "connectionTermination" | "deregistrationDelay" | "protocol">,
): TargetGroupTimes {
  return {
    argument: `${path}.deregistrationDelay`,
    deregistrationDelay,
    isNetwork: isNetworkProtocol(protocol),
    closesConnections: connectionTermination,
  };
}
