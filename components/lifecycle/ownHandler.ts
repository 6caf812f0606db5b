import type { GracefulLifecycleArgs, LifecycleHandlerArgs } from "../arguments";

/** Arguments of the handler that a group makes for itself. */
export function ownHandlerArgs(
  args: Omit<GracefulLifecycleArgs, "groupName" | "instanceTag">,
): LifecycleHandlerArgs {
  const { alarmTopicArn, isBusy, kmsKeyArn, logRetentionDays, permissionsBoundary, rolePath, spot, tags } =
    args;
  return { alarmTopicArn, isBusy, kmsKeyArn, logRetentionDays, permissionsBoundary, rolePath, spot, tags };
}
