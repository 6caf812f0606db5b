import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { defaultDeregistrationDelay } from "../../timing";
import type { GracefulAutoScalingGroupArgs } from "../arguments";

/**
 * Makes the target group. The deregistration delay is the first part of every scale-in: the hook fires only when the
 * delay is over.
 */
export function createTargetGroup(
  name: string,
  { tags, targetGroup, vpcId }: GracefulAutoScalingGroupArgs,
  opts: pulumi.CustomResourceOptions,
): aws.lb.TargetGroup {
  const {
    deregistrationDelay = defaultDeregistrationDelay,
    healthCheck,
    port,
    protocol,
    slowStart,
    stickiness,
  } = targetGroup;
  return new aws.lb.TargetGroup(
    name,
    {
      vpcId,
      targetType: "instance",
      port,
      protocol: protocol ?? "HTTP",
      deregistrationDelay,
      healthCheck,
      slowStart,
      stickiness,
      tags,
    },
    opts,
  );
}
