import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { retains } from "../../contract";
import type { OrganisationArgs, TerminateArgs } from "../arguments";
import { retainedMetric } from "../group/metrics";
import { alarmActionsOf } from "../iam/alarmActions";
import { defaultOnFailure } from "./transitions";

/**
 * Where a group retains instances, an alarm that stays on as long as there is a retained instance: the instance is out
 * of service, costs money and waits for somebody to look at it. The handler's alarm shows only the moment of the
 * failure, and no hook that timed out.
 */
export function createRetainedAlarm(
  name: string,
  groupName: pulumi.Input<string>,
  { tags, terminate, ...actions }: OrganisationArgs & { readonly terminate: TerminateArgs },
  opts: pulumi.CustomResourceOptions,
): void {
  if (!retains(terminate.onFailure ?? defaultOnFailure.terminate)) return;
  new aws.cloudwatch.MetricAlarm(
    `${name}-retained`,
    {
      alarmDescription:
        "An instance was kept because its script failed. Look at it, then terminate it in its group.",
      namespace: "AWS/AutoScaling",
      metricName: retainedMetric,
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
