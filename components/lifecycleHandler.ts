import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Prefer, writeReplaceOn } from "../contract";
import type { LifecycleHandlerArgs } from "./arguments";
import { accept, handlerChecks, subjectOf } from "./checks";
import { allowDeadLetters, createDeadLetterQueue } from "./lifecycleHandler/deadLetters";
import { createFunction } from "./lifecycleHandler/function";
import { createMonitoring, dashboardUrl } from "./lifecycleHandler/monitoring";
import { arnOfRule, createRules } from "./lifecycleHandler/rules";
import { createTerminationPolicy } from "./lifecycleHandler/terminationPolicy";
import { arnOfTopic, createHookTopic, subscribe } from "./lifecycleHandler/topic";
import { limitOrganisation } from "./iam/organisation";
import { getNodes } from "./nodes";
import { setOutputs } from "./outputs";

/** The resources of a `LifecycleHandler`, for programs that need more than its arguments and outputs. */
export interface HandlerNodes {
  /** The function. */
  readonly function: aws.lambda.Function;
  /** The termination policy of groups with `prefer`; undefined if there is none. */
  readonly terminationPolicy: aws.lambda.Function | undefined;
  /** The role of the function; undefined if a role was given. */
  readonly role: aws.iam.Role | undefined;
  /** The topic of the lifecycle hooks. */
  readonly topic: aws.sns.Topic;
  /** The queue of events that could not be delivered or handled. */
  readonly deadLetterQueue: aws.sqs.Queue;
}

const nodesOf = new WeakMap<LifecycleHandler, HandlerNodes>();

/**
 * The function that runs scripts on instances at their lifecycle hooks and completes the lifecycle actions, and all
 * that the function needs: a topic for the hooks, rules, roles, a dead-letter queue, logs, alarms and a dashboard. One
 * handler serves any number of groups in one account and Region; each hook carries its own settings.
 *
 * ```ts
 * const handler = new LifecycleHandler("lifecycle", { alarmTopicArn });
 * new GracefulAutoScalingGroup("web", { handler, ... });
 * new GracefulAutoScalingGroup("jobs", { handler, ... });
 * ```
 *
 * The function contains the packages that an `isBusy` callback loads. Pass other values to the callback in
 * `environment`, and grant permissions to the function's role; docs/callbacks.md has more.
 *
 * ```ts
 * const handler = new LifecycleHandler("lifecycle", {
 *   environment: { QUEUE_URL: queue.url },
 *   isBusy: async ({ groupName }) => {
 *     const input = { QueueUrl: process.env["QUEUE_URL"], AttributeNames: ["ApproximateNumberOfMessages"] };
 *     const { Attributes } = await new SQSClient().send(new GetQueueAttributesCommand(input));
 *     return Number(Attributes?.["ApproximateNumberOfMessages"]) > 0;
 *   },
 * });
 * new aws.iam.RolePolicy("count-messages", {
 *   role: handler.functionRoleName,
 *   policy: pulumi.jsonStringify({
 *     Version: "2012-10-17",
 *     Statement: [{ Effect: "Allow", Action: "sqs:GetQueueAttributes", Resource: queue.arn }],
 *   }),
 * });
 * ```
 */
export class LifecycleHandler extends pulumi.ComponentResource {
  /** Unique name of the handler: the name of its function and the value of the tag of the groups that it serves. */
  declare public readonly name: pulumi.Output<string>;
  /** ARN of the function. */
  declare public readonly functionArn: pulumi.Output<string>;
  /** Name of the function's role. */
  declare public readonly functionRoleName: pulumi.Output<string>;
  /** ARN of the topic for lifecycle hooks. */
  declare public readonly topicArn: pulumi.Output<string>;
  /** ARN of the role with which Auto Scaling publishes to the topic. */
  declare public readonly notificationRoleArn: pulumi.Output<string>;
  /** URL of the queue that holds events that could not be delivered or handled. */
  declare public readonly deadLetterQueueUrl: pulumi.Output<string>;
  /** Name of the function's log group. */
  declare public readonly logGroupName: pulumi.Output<string>;
  /** ARN of the log group for the output of scripts. */
  declare public readonly scriptLogGroupArn: pulumi.Output<string>;
  /** What makes the handler replace instances, with commas in between; empty for nothing. */
  declare public readonly replaceOn: pulumi.Output<string>;
  /** ARN of the function that is the termination policy of groups with `prefer`; empty if there is none. */
  declare public readonly terminationPolicyArn: pulumi.Output<string>;
  /** URL of the dashboard in the AWS console. */
  declare public readonly dashboardUrl: pulumi.Output<string>;

  constructor(name: string, args: LifecycleHandlerArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    args = accept("LifecycleHandler", handlerChecks, name, args);
    super("graceful-asg:index:LifecycleHandler", name, args, opts);
    const subject = subjectOf("LifecycleHandler", name);
    const child = { parent: this };
    const checked = limitOrganisation(subject, args);

    const deadLetters = createDeadLetterQueue(name, checked, child);
    const { topic, notificationRole } = createHookTopic(name, checked, child);
    const made = createFunction(name, checked, deadLetters, child);
    const { lambda, logGroup, roleName, scriptLogGroup } = made;
    const rules = createRules(name, lambda, deadLetters, checked, child);
    subscribe(name, topic, lambda, deadLetters, child);
    allowDeadLetters(
      name,
      deadLetters,
      [
        { service: "sns.amazonaws.com", arn: arnOfTopic(name, topic) },
        ...rules.map((rule) => ({ service: "events.amazonaws.com", arn: arnOfRule(name, rule) })),
      ],
      child,
    );
    const terminationPolicy =
      args.prefer === Prefer.Idle ? createTerminationPolicy(name, checked, made, child) : undefined;
    const dashboard = createMonitoring(name, made, deadLetters, terminationPolicy, checked, child);

    nodesOf.set(this, {
      function: lambda,
      terminationPolicy,
      role: made.role,
      topic,
      deadLetterQueue: deadLetters,
    });
    this.registerOutputs(
      setOutputs<LifecycleHandler>(this, {
        name: lambda.name,
        functionArn: lambda.arn,
        functionRoleName: roleName,
        topicArn: topic.arn,
        notificationRoleArn: notificationRole.arn,
        deadLetterQueueUrl: deadLetters.url,
        logGroupName: logGroup.name,
        scriptLogGroupArn: scriptLogGroup.arn,
        replaceOn: pulumi.output(writeReplaceOn(args.replaceOn ?? [])),
        terminationPolicyArn: terminationPolicy?.arn ?? pulumi.output(""),
        dashboardUrl: pulumi
          .all([lambda.arn, dashboard.dashboardName])
          .apply(([arn, dashboardName]) => dashboardUrl(arn, dashboardName)),
      }),
    );
  }

  /** The resources of the component. In TypeScript only. */
  public get nodes(): HandlerNodes {
    return getNodes(nodesOf, this);
  }
}
