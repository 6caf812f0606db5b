import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { handlerVariable } from "../../contract";
import type { LifecycleHandlerArgs } from "../arguments";
import { limitTo } from "../iam/limit";
import { placeLimits } from "../iam/place";
import { functionArn } from "../iam/rules";
import { entryPoint, handlerCode } from "./code";
import { functionEnvironment } from "./environment";
import type { HandlerFunction } from "./function";

/**
 * Timeout of an answer, seconds: Auto Scaling waits no longer. Source: Auto Scaling user guide, Create a custom
 * termination policy with Lambda, Limitations.
 */
export const policyTimeout = 2;

/** Memory of the function, MB: memory buys processor time, and the start of a copy counts towards the timeout. */
const memorySize = 1024;

/**
 * Makes the function that Auto Scaling asks which instances to terminate. It is a function of its own, because its
 * timeout is far shorter, and because its copies must be free when Auto Scaling asks. It has the role of the handler's
 * function: an `isBusy` callback needs the same permissions in both.
 */
export function createTerminationPolicy(
  name: string,
  args: LifecycleHandlerArgs,
  { lambda, logGroup, network, roleArn }: HandlerFunction,
  opts: pulumi.CustomResourceOptions,
): aws.lambda.Function {
  const subject = `LifecycleHandler "${name}"`;
  const policy = new aws.lambda.Function(
    `${name}-policy`,
    {
      description: "Chooses the instances that Auto Scaling terminates: idle instances first.",
      code: handlerCode(subject, args.isBusy, "terminationPolicy"),
      handler: entryPoint,
      runtime: aws.lambda.Runtime.NodeJS24dX,
      architectures: ["arm64"],
      memorySize,
      timeout: policyTimeout,
      role: roleArn,
      environment: functionEnvironment(subject, args, { [handlerVariable]: lambda.name }),
      vpcConfig: args.vpc,
      loggingConfig: { logFormat: "JSON", logGroup: logGroup.name },
      tags: args.tags,
    },
    { ...opts, dependsOn: [...network] },
  );
  new aws.lambda.Permission(
    `${name}-policy`,
    {
      action: "lambda:InvokeFunction",
      function: policy.name,
      principal: serviceLinkedRoleOf(subject, lambda),
    },
    opts,
  );
  return policy;
}

/**
 * ARN of the role as which Auto Scaling invokes a termination policy. The function's ARN in a group has no version, so
 * the permission is on the function without a version. Source: Auto Scaling user guide, Create a custom termination
 * policy with Lambda.
 */
function serviceLinkedRoleOf(subject: string, { arn }: aws.lambda.Function): pulumi.Output<string> {
  const { account, partition } = placeLimits(
    subject,
    limitTo(subject, "the ARN of its function", arn, functionArn),
  );
  const path = "aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling";
  return pulumi.interpolate`arn:${partition}:iam::${account}:role/${path}`;
}
