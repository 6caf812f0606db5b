import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { documentPrefix, handlerTag, scriptLogGroupVariable } from "../../contract";
import type { LifecycleHandlerArgs } from "../arguments";
import { placeOf } from "../arn";
import { createRole } from "../role";
import { entryPoint, handlerCode } from "./code";

/** The function and its logs. */
export interface HandlerFunction {
  readonly lambda: aws.lambda.Function;
  readonly role: aws.iam.Role;
  readonly logGroup: aws.cloudwatch.LogGroup;
  /** Output of the scripts that run on instances. */
  readonly scriptLogGroup: aws.cloudwatch.LogGroup;
}

/**
 * Time-out of an invocation, seconds: long enough for a launch to wait for its agent and for a sweep over a thousand
 * instances, far below the shortest heartbeat timeout.
 */
export const functionTimeout = 60;

/** Seconds after which an event is not worth an invocation any more: the sweep has seen to it long ago. */
const maximumEventAge = 900;

/** Makes the function with its role and logs. */
export function createFunction(
  name: string,
  args: LifecycleHandlerArgs,
  deadLetters: aws.sqs.Queue,
  opts: pulumi.CustomResourceOptions,
): HandlerFunction {
  const { kmsKeyArn, logRetentionDays = 30, reservedConcurrency, tags } = args;
  const logs = { retentionInDays: logRetentionDays, kmsKeyId: kmsKeyArn, tags };
  const logGroup = new aws.cloudwatch.LogGroup(`${name}-function`, logs, opts);
  const scriptLogGroup = new aws.cloudwatch.LogGroup(`${name}-scripts`, logs, opts);
  const role = createRole(
    `${name}-function`,
    "lambda.amazonaws.com",
    "Lets the handler run documents on instances and complete their lifecycle actions.",
    args,
    opts,
  );
  const lambda = new aws.lambda.Function(
    name,
    {
      description:
        "Runs stop and launch scripts on instances at lifecycle hooks and completes the lifecycle actions.",
      code: handlerCode(args.isBusy),
      handler: entryPoint,
      runtime: aws.lambda.Runtime.NodeJS24dX,
      architectures: ["arm64"],
      memorySize: 256,
      timeout: functionTimeout,
      role: role.arn,
      reservedConcurrentExecutions: reservedConcurrency,
      environment: { variables: { [scriptLogGroupVariable]: scriptLogGroup.name } },
      loggingConfig: { logFormat: "JSON", logGroup: logGroup.name },
      tags,
    },
    opts,
  );
  const policy = new aws.iam.RolePolicy(
    `${name}-function`,
    {
      role: role.id,
      policy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
          ...instanceStatements(lambda),
          {
            Effect: "Allow",
            Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
            Resource: pulumi.interpolate`${logGroup.arn}:*`,
          },
          { Effect: "Allow", Action: "sqs:SendMessage", Resource: deadLetters.arn },
          ...(kmsKeyArn === undefined
            ? []
            : [{ Effect: "Allow", Action: ["kms:GenerateDataKey", "kms:Decrypt"], Resource: kmsKeyArn }]),
        ],
      }),
    },
    opts,
  );
  new aws.lambda.FunctionEventInvokeConfig(
    name,
    {
      functionName: lambda.name,
      maximumRetryAttempts: 2,
      maximumEventAgeInSeconds: maximumEventAge,
      destinationConfig: { onFailure: { destination: deadLetters.arn } },
    },
    { ...opts, dependsOn: [policy] },
  );
  return { lambda, role, logGroup, scriptLogGroup };
}

/**
 * What the function may do to groups and instances: only to those that carry its tag, and only with documents that
 * carry its name. The actions on `*` know no resources.
 */
function instanceStatements(lambda: aws.lambda.Function) {
  const place = lambda.arn.apply(placeOf);
  const { account, partition, region } = place;
  return [
    {
      Effect: "Allow",
      Action: ["autoscaling:CompleteLifecycleAction", "autoscaling:RecordLifecycleActionHeartbeat"],
      Resource: pulumi.interpolate`arn:${partition}:autoscaling:${region}:${account}:autoScalingGroup:*:autoScalingGroupName/*`,
      Condition: { StringEquals: { [`autoscaling:ResourceTag/${handlerTag}`]: lambda.name } },
    },
    {
      Effect: "Allow",
      Action: "ssm:SendCommand",
      Resource: pulumi.interpolate`arn:${partition}:ssm:${region}:${account}:document/${lambda.name.apply(documentPrefix)}*`,
    },
    {
      Effect: "Allow",
      Action: "ssm:SendCommand",
      Resource: pulumi.interpolate`arn:${partition}:ec2:${region}:${account}:instance/*`,
      Condition: { StringEquals: { [`ssm:resourceTag/${handlerTag}`]: lambda.name } },
    },
    {
      Effect: "Allow",
      Action: [
        "autoscaling:DescribeAutoScalingGroups",
        "autoscaling:DescribeAutoScalingInstances",
        "autoscaling:DescribeLifecycleHooks",
        "autoscaling:DescribeScalingActivities",
        "ssm:CancelCommand",
        "ssm:ListCommandInvocations",
        "ssm:ListCommands",
      ],
      Resource: "*",
    },
  ];
}
