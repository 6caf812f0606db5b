import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { retains } from "../../contract";
import type { OrganisationArgs, TerminateArgs, WarmPoolArgs } from "../arguments";
import { retainedInPoolMetrics, retainedMetric } from "../group/metrics";
import { alarmActionsOf } from "../iam/alarmActions";
import { defaultOnFailure } from "./transitions";

/**
 * Where a group retains instances, an alarm that stays on as long as there is a retained instance: the instance is out
 * of service, costs money and waits for somebody to look at it. The handler's alarm shows only the moment of the
 * failure, and no hook that timed out. Auto Scaling counts instances that a warm pool retains by metrics of their own.
 */
export function createRetainedAlarms(
  name: string,
  groupName: pulumi.Input<string>,
  args: OrganisationArgs & { readonly terminate: TerminateArgs; readonly warmPool?: WarmPoolArgs },
  opts: pulumi.CustomResourceOptions,
): void {
  if (!retains(args.terminate.onFailure ?? defaultOnFailure.terminate)) return;
  createRetainedAlarm(`${name}-retained`, retainedMetric, groupName, args, opts);
  if (args.warmPool === undefined) return;
  for (const [way, metric] of Object.entries(retainedInPoolMetrics))
    createRetainedAlarm(`${name}-retained-${way}`, metric, groupName, args, opts);
}

function createRetainedAlarm(
  name: string,
  metricName: string,
  groupName: pulumi.Input<string>,
  { tags, ...actions }: OrganisationArgs,
  opts: pulumi.CustomResourceOptions,
): void {
  new aws.cloudwatch.MetricAlarm(
    name,
    {
      alarmDescription:
        "An instance was kept because its script failed. Look at it, then terminate it in its group.",
      namespace: "AWS/AutoScaling",
      metricName,
      dimensions: { AutoScalingGroupName: groupName },
      statistic: "Maximum",
      period: 60,
      evaluationPeriods: 1,
      threshold: 1,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      treatMissingData: "notBreaching",
      alarmActions: alarmActionsOf(actions),
      tags,
    },
    opts,
  );
}
