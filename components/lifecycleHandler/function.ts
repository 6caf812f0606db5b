import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { documentPrefix, handlerTag, replaceOnVariable, sealVariable, writeReplaceOn } from "../../contract";
import type { FunctionRoleArgs, LifecycleHandlerArgs } from "../arguments";
import { limitTo } from "../iam/limit";
import type { CheckedOrganisation } from "../iam/organisation";
import { placeLimits } from "../iam/place";
import { functionArn, handlerName, logGroupArn, roleRules } from "../iam/rules";
import { pattern, policyDocument, type Statement } from "../iam/statement";
import { createRole } from "../role";
import { entryPoint, handlerCode } from "./code";
import { arnOfQueue } from "./deadLetters";
import { eventBusSettings } from "./eventBus";
import { functionEnvironment, sealOf } from "./environment";
import { allowNetworkInterfaces } from "./network";
import { replaceStatements } from "./replace";

/** The function and its logs. */
export interface HandlerFunction {
  readonly lambda: aws.lambda.Function;
  /** Its role; undefined if a role was given. */
  readonly role: aws.iam.Role | undefined;
  /** Name of its role. */
  readonly roleName: pulumi.Output<string>;
  readonly roleArn: pulumi.Output<string>;
  /** What has to exist before a function in a VPC. */
  readonly network: readonly pulumi.Resource[];
  readonly logGroup: aws.cloudwatch.LogGroup;
  /** Output of the scripts that run on instances. */
  readonly scriptLogGroup: aws.cloudwatch.LogGroup;
}

/**
 * Timeout of an invocation, seconds: long enough for a launch to wait for its agent and for a sweep over a thousand
 * instances, far below the shortest heartbeat timeout.
 */
export const functionTimeout = 60;

/** Seconds after which an event needs no invocation any more: the sweep has handled the event long ago. */
const maximumEventAge = 900;

/** Makes the function with its role and logs. */
export function createFunction(
  name: string,
  args: Omit<LifecycleHandlerArgs, keyof CheckedOrganisation> & CheckedOrganisation,
  deadLetters: aws.sqs.Queue,
  opts: pulumi.CustomResourceOptions,
): HandlerFunction {
  const subject = `LifecycleHandler "${name}"`;
  const { kmsKeyArn, logRetentionDays = 30, reservedConcurrency, tags } = args;
  const logs = { retentionInDays: logRetentionDays, kmsKeyId: kmsKeyArn, tags };
  const logGroup = new aws.cloudwatch.LogGroup(`${name}-function`, logs, opts);
  const scriptLogGroup = new aws.cloudwatch.LogGroup(`${name}-scripts`, logs, opts);
  const role = args.role === undefined ? ownRole(name, args, opts) : limitRole(subject, args.role);
  const network = args.vpc === undefined ? [] : [allowNetworkInterfaces(name, role.name, opts)];
  const reasons = writeReplaceOn(args.replaceOn ?? []);
  const replacing: Readonly<Record<string, string>> = reasons === "" ? {} : { [replaceOnVariable]: reasons };
  const eventBus = eventBusSettings(subject, args.events);
  const lambda = new aws.lambda.Function(
    name,
    {
      description:
        "Runs stop and launch scripts on instances at lifecycle hooks and completes the lifecycle actions.",
      code: handlerCode(subject, args.isBusy),
      handler: entryPoint,
      runtime: aws.lambda.Runtime.NodeJS24dX,
      architectures: ["arm64"],
      memorySize: 256,
      timeout: functionTimeout,
      role: role.arn,
      reservedConcurrentExecutions: reservedConcurrency,
      environment: functionEnvironment(subject, args, {
        [sealVariable]: sealOf(role),
        ...replacing,
        ...eventBus.variables,
      }),
      vpcConfig: args.vpc,
      loggingConfig: { logFormat: "JSON", logGroup: logGroup.name },
      tags,
    },
    { ...opts, dependsOn: network },
  );
  const policy = new aws.iam.RolePolicy(
    `${name}-function`,
    {
      role: role.name,
      policy: policyDocument([
        ...instanceStatements(subject, lambda),
        {
          Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
          Resource: pattern`${limitTo(subject, "the ARN of its log group", logGroup.arn, logGroupArn)}:*`,
        },
        { Action: "sqs:SendMessage", Resource: arnOfQueue(name, deadLetters) },
        ...replaceStatements(subject, lambda, args.replaceOn ?? []),
        ...eventBus.statements,
        ...(kmsKeyArn === undefined
          ? []
          : [{ Action: ["kms:GenerateDataKey", "kms:Decrypt"], Resource: kmsKeyArn }]),
      ]),
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
  return {
    lambda,
    role: role instanceof aws.iam.Role ? role : undefined,
    roleName: role.name,
    roleArn: role.arn,
    network,
    logGroup,
    scriptLogGroup,
  };
}

function ownRole(name: string, args: CheckedOrganisation, opts: pulumi.CustomResourceOptions): aws.iam.Role {
  return createRole(
    `${name}-function`,
    "lambda.amazonaws.com",
    "Lets the handler run documents on instances and complete their lifecycle actions.",
    args,
    opts,
  );
}

/** A role that was made elsewhere, checked: this role gets all the rights of the function. */
function limitRole(subject: string, { arn, name }: FunctionRoleArgs) {
  return {
    name: limitTo(subject, "role.name", name, roleRules.name),
    arn: limitTo(subject, "role.arn", arn, roleRules.arn),
  };
}

/**
 * What the function may do to groups and instances: only groups and instances that carry the handler's tag, and only
 * documents that carry the handler's name. The actions on `*` take no resources.
 */
function instanceStatements(subject: string, { arn, name }: aws.lambda.Function): Statement[] {
  const { account, partition, region } = placeLimits(
    subject,
    limitTo(subject, "the ARN of its function", arn, functionArn),
  );
  const handler = limitTo(subject, "the name of its function", name, handlerName);
  const documents = limitTo(
    subject,
    "the prefix of its documents",
    handler.apply(documentPrefix),
    handlerName,
  );
  return [
    {
      Action: ["autoscaling:CompleteLifecycleAction", "autoscaling:RecordLifecycleActionHeartbeat"],
      Resource: pattern`arn:${partition}:autoscaling:${region}:${account}:autoScalingGroup:*:autoScalingGroupName/*`,
      Condition: { operator: "StringEquals", key: `autoscaling:ResourceTag/${handlerTag}`, value: handler },
    },
    {
      Action: "ssm:SendCommand",
      Resource: pattern`arn:${partition}:ssm:${region}:${account}:document/${documents}*`,
    },
    {
      Action: "ssm:SendCommand",
      Resource: pattern`arn:${partition}:ec2:${region}:${account}:instance/*`,
      Condition: { operator: "StringEquals", key: `ssm:resourceTag/${handlerTag}`, value: handler },
    },
    {
      Action: [
        "autoscaling:DescribeAutoScalingGroups",
        "autoscaling:DescribeAutoScalingInstances",
        "autoscaling:DescribeLifecycleHooks",
        "autoscaling:DescribeScalingActivities",
        "autoscaling:DescribeWarmPool",
        "ec2:DescribeTags",
        "ssm:CancelCommand",
        "ssm:DescribeInstanceInformation",
        "ssm:GetCommandInvocation",
        "ssm:ListCommandInvocations",
        "ssm:ListCommands",
      ],
      Resource: "*",
    },
  ];
}
