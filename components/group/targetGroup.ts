import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { defaultDeregistrationDelay, isNetworkProtocol } from "../../timing";
import { TargetGroupProtocol, type GracefulAutoScalingGroupArgs, type TargetGroupArgs } from "../arguments";

/**
 * Makes the target group. The deregistration delay is the first part of every scale-in: the hook fires only when the
 * delay is over.
 */
export function createTargetGroup(
  name: string,
  { tags, vpcId }: Pick<GracefulAutoScalingGroupArgs, "tags" | "vpcId">,
  targetGroup: TargetGroupArgs,
  opts: pulumi.CustomResourceOptions,
): aws.lb.TargetGroup {
  const {
    connectionTermination,
    deregistrationDelay = defaultDeregistrationDelay,
    healthCheck,
    port,
    preserveClientIp,
    protocol = TargetGroupProtocol.Http,
    proxyProtocolV2,
    slowStart,
    stickiness,
  } = targetGroup;
  return new aws.lb.TargetGroup(
    name,
    {
      vpcId,
      targetType: "instance",
      port,
      protocol,
      deregistrationDelay,
      connectionTermination,
      healthCheck: isNetworkProtocol(protocol) ? networkHealthCheck(healthCheck) : healthCheck,
      preserveClientIp:
        preserveClientIp === undefined ? undefined : pulumi.output(preserveClientIp).apply(String),
      proxyProtocolV2,
      slowStart,
      stickiness,
      tags,
    },
    opts,
  );
}

/**
 * A health check of a Network Load Balancer opens a connection, unless it has a path: the provider would take HTTP for
 * it.
 */
function networkHealthCheck(given: TargetGroupArgs["healthCheck"]): aws.lb.TargetGroupArgs["healthCheck"] {
  if (given === undefined) return undefined;
  return pulumi
    .output(given)
    .apply((healthCheck) => ({ protocol: healthCheck.path === undefined ? "TCP" : "HTTP", ...healthCheck }));
}
