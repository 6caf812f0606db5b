import type { GracefulAutoScalingGroupArgs, GracefulLifecycleArgs, LifecycleHandlerArgs } from "../arguments";

/** Arguments of a group that decide what handler it makes for itself. */
export type OwnHandlerArgs = Omit<GracefulLifecycleArgs, "groupName" | "instanceTag"> &
  Pick<GracefulAutoScalingGroupArgs, "prefer">;

/** Arguments of the handler that a group makes for itself. */
export function ownHandlerArgs(args: OwnHandlerArgs): LifecycleHandlerArgs {
  const { alarmActionArns, alarmTopicArn, kmsKeyArn, logRetentionDays, permissionsBoundary, rolePath, tags } =
    args;
  const { environment, events, isBusy, prefer, replaceOn, role, spot, vpc } = args;
  return {
    ...{ alarmActionArns, alarmTopicArn, kmsKeyArn, logRetentionDays, permissionsBoundary, rolePath, tags },
    ...{ environment, events, isBusy, prefer, replaceOn, role, spot, vpc },
  };
}
