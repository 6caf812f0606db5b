import type { GracefulLifecycleArgs, LifecycleHandlerArgs } from "../arguments";

/** Arguments of the handler that a group makes for itself. */
export function ownHandlerArgs(
  args: Omit<GracefulLifecycleArgs, "groupName" | "instanceTag">,
): LifecycleHandlerArgs {
  const { alarmActionArns, alarmTopicArn, kmsKeyArn, logRetentionDays, permissionsBoundary, rolePath, tags } =
    args;
  const { environment, isBusy, replaceOn, role, spot, vpc } = args;
  return {
    ...{ alarmActionArns, alarmTopicArn, kmsKeyArn, logRetentionDays, permissionsBoundary, rolePath, tags },
    ...{ environment, isBusy, replaceOn, role, spot, vpc },
  };
}
