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
  return [withDelay({ argument: "deregistrationDelay" }, deregistrationDelay)];
}

type Times = Pick<TargetGroupRef, "connectionTermination" | "deregistrationDelay" | "protocol">;

function timesOf(
  path: string,
  { connectionTermination = false, deregistrationDelay, protocol }: Times,
): TargetGroupTimes {
  return withDelay(
    {
      argument: `${path}.deregistrationDelay`,
      isNetwork: isNetworkProtocol(protocol),
      closesConnections: connectionTermination,
    },
    deregistrationDelay,
  );
}

function withDelay(times: TargetGroupTimes, deregistrationDelay: number | undefined): TargetGroupTimes {
  return deregistrationDelay === undefined ? times : { ...times, deregistrationDelay };
}
