import * as pulumi from "@pulumi/pulumi";
import type { LifecycleHandlerArgs } from "./arguments";
import { accept, handlerConstraints, subjectOf } from "./constraints";
import { allowDeadLetters, createDeadLetterQueue } from "./handler/deadLetters";
import { createFunction } from "./handler/function";
import { createMonitoring, dashboardUrl } from "./handler/monitoring";
import { arnOfRule, createRules } from "./handler/rules";
import { arnOfTopic, createHookTopic, subscribe } from "./handler/topic";
import { limitOrganisation } from "./iam/organisation";

/**
 * The function that sees instances through their lifecycle hooks, and all that it needs: a topic for the hooks, rules,
 * roles, a dead-letter queue, logs, alarms and a dashboard. One handler serves any number of groups in one account
 * and Region; its settings travel with each hook.
 *
 *     const handler = new LifecycleHandler("lifecycle", { alarmTopicArn });
 *     new GracefulAutoScalingGroup("web", { handler, ... });
 *     new GracefulAutoScalingGroup("jobs", { handler, ... });
 *
 * An `isBusy` callback brings the packages that it loads. What else it needs comes by `environment` and by grants to the
 * function's role; docs/callbacks.md has more.
 *
 *     const handler = new LifecycleHandler("lifecycle", {
 *       environment: { QUEUE_URL: queue.url },
 *       isBusy: async ({ groupName }) => {
 *         const input = { QueueUrl: process.env["QUEUE_URL"], AttributeNames: ["ApproximateNumberOfMessages"] };
 *         const { Attributes } = await new SQSClient().send(new GetQueueAttributesCommand(input));
 *         return Number(Attributes?.["ApproximateNumberOfMessages"]) > 0;
 *       },
 *     });
 *     new aws.iam.RolePolicy("count-messages", {
 *       role: handler.functionRoleName,
 *       policy: pulumi.jsonStringify({
 *         Version: "2012-10-17",
 *         Statement: [{ Effect: "Allow", Action: "sqs:GetQueueAttributes", Resource: queue.arn }],
 *       }),
 *     });
 */
export class LifecycleHandler extends pulumi.ComponentResource {
  /** Unique name of the handler: the name of its function and the value of the tag of the groups that it serves. */
  public readonly name: pulumi.Output<string>;
  /** ARN of the function. */
  public readonly functionArn: pulumi.Output<string>;
  /** Name of the function's role. */
  public readonly functionRoleName: pulumi.Output<string>;
  /** ARN of the topic for lifecycle hooks. */
  public readonly topicArn: pulumi.Output<string>;
  /** ARN of the role with which Auto Scaling publishes to the topic. */
  public readonly notificationRoleArn: pulumi.Output<string>;
  /** URL of the queue that holds what could not be delivered or handled. */
  public readonly deadLetterQueueUrl: pulumi.Output<string>;
  /** Name of the function's log group. */
  public readonly logGroupName: pulumi.Output<string>;
  /** ARN of the log group for the output of scripts. */
  public readonly scriptLogGroupArn: pulumi.Output<string>;
  /** Where the dashboard is in the AWS console. */
  public readonly dashboardUrl: pulumi.Output<string>;

  constructor(name: string, args: LifecycleHandlerArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    args = accept("LifecycleHandler", handlerConstraints, name, args);
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
    const dashboard = createMonitoring(name, made, deadLetters, checked, child);

    this.name = lambda.name;
    this.functionArn = lambda.arn;
    this.functionRoleName = roleName;
    this.topicArn = topic.arn;
    this.notificationRoleArn = notificationRole.arn;
    this.deadLetterQueueUrl = deadLetters.url;
    this.logGroupName = logGroup.name;
    this.scriptLogGroupArn = scriptLogGroup.arn;
    this.dashboardUrl = pulumi
      .all([lambda.arn, dashboard.dashboardName])
      .apply(([arn, dashboardName]) => dashboardUrl(arn, dashboardName));
    this.registerOutputs({
      name: this.name,
      functionArn: this.functionArn,
      functionRoleName: this.functionRoleName,
      topicArn: this.topicArn,
      notificationRoleArn: this.notificationRoleArn,
      deadLetterQueueUrl: this.deadLetterQueueUrl,
      logGroupName: this.logGroupName,
      scriptLogGroupArn: this.scriptLogGroupArn,
      dashboardUrl: this.dashboardUrl,
    });
  }
}
