import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { LifecycleHandlerArgs } from "../arguments";
import { ReplaceOn, Transport, documentPrefix, metadataPrefix, retirementEventTypes } from "../../contract";
import { limitTo, type Limit } from "../iam/limit";
import { placeLimits } from "../iam/place";
import { eventRuleArn, functionArn } from "../iam/rules";
import { allowInvocation } from "./permission";

/** Seconds for which EventBridge tries to deliver an event; after that time the sweep has handled the event. */
const maximumEventAge = 300;

/**
 * The rules that invoke the function, besides the topic. They name the account, because the account's bus may accept
 * events of other accounts, which this handler does not need.
 */
export function createRules(
  name: string,
  target: aws.lambda.Function,
  deadLetters: aws.sqs.Queue,
  { replaceOn = [], spot = false, tags }: Pick<LifecycleHandlerArgs, "replaceOn" | "spot" | "tags">,
  opts: pulumi.CustomResourceOptions,
): aws.cloudwatch.EventRule[] {
  const subject = `LifecycleHandler "${name}"`;
  const own = placeLimits(subject, limitTo(subject, "the ARN of its function", target.arn, functionArn));
  const account = [own.account];
  const rule = (
    suffix: string,
    description: string,
    args: Pick<aws.cloudwatch.EventRuleArgs, "eventPattern" | "scheduleExpression">,
  ) => {
    const made = new aws.cloudwatch.EventRule(`${name}-${suffix}`, { description, ...args, tags }, opts);
    const permission = allowInvocation(
      `${name}-rule-${suffix}`,
      target,
      "events.amazonaws.com",
      arnOfRule(name, made),
      opts,
    );
    new aws.cloudwatch.EventTarget(
      `${name}-${suffix}`,
      {
        rule: made.name,
        arn: target.arn,
        deadLetterConfig: { arn: deadLetters.arn },
        retryPolicy: { maximumEventAgeInSeconds: maximumEventAge, maximumRetryAttempts: 10 },
      },
      { ...opts, dependsOn: [permission] },
    );
    return made;
  };
  // These rules match all instances of the account: the events name neither group nor tags.
  const announced = (reason: ReplaceOn) =>
    pulumi.jsonStringify({ account, ...announcements[reason].pattern });
  return [
    rule("commands", "Commands of the handler's documents that have ended.", {
      eventPattern: pulumi.jsonStringify({
        account,
        source: ["aws.ssm"],
        "detail-type": ["EC2 Command Status-change Notification"],
        detail: {
          "document-name": [{ prefix: target.name.apply(documentPrefix) }],
          status: ["Success", "Failed", "TimedOut", "Cancelled"],
        },
      }),
    }),
    rule("hooks", "Lifecycle actions at the handler's hooks that have EventBridge as their transport.", {
      eventPattern: pulumi.jsonStringify({
        account,
        source: ["aws.autoscaling"],
        "detail-type": ["EC2 Instance-launch Lifecycle Action", "EC2 Instance-terminate Lifecycle Action"],
        detail: {
          NotificationMetadata: [
            { prefix: target.name.apply((name) => metadataPrefix(name, Transport.EventBridge)) },
          ],
        },
      }),
    }),
    ...(spot
      ? [
          rule("spot", "Spot instances that EC2 is about to take back.", {
            // The rule matches all Spot instances of the account: the event names neither group nor tags.
            eventPattern: pulumi.jsonStringify({
              account,
              source: ["aws.ec2"],
              "detail-type": ["EC2 Spot Instance Interruption Warning"],
            }),
          }),
        ]
      : []),
    ...Object.values(ReplaceOn)
      .filter((one) => replaceOn.includes(one))
      .map((one) => rule(one, announcements[one].description, { eventPattern: announced(one) })),
    rule("sweep", "Once a minute: what is against what should be.", { scheduleExpression: "rate(1 minute)" }),
  ];
}

/** The events by which AWS announces that an instance is going to end. */
const announcements: Readonly<Record<ReplaceOn, { readonly description: string; readonly pattern: object }>> =
  {
    retirement: {
      description: "EC2 instances that AWS is going to retire or to stop.",
      pattern: {
        source: ["aws.health"],
        "detail-type": ["AWS Health Event"],
        detail: { service: ["EC2"], eventTypeCode: retirementEventTypes },
      },
    },
    rebalance: {
      description: "Spot instances whose interruption gets likely.",
      pattern: { source: ["aws.ec2"], "detail-type": ["EC2 Instance Rebalance Recommendation"] },
    },
  };

/** A rule of a handler as a limit of grants. */
export function arnOfRule(name: string, { arn }: aws.cloudwatch.EventRule): pulumi.Output<Limit> {
  return limitTo(`LifecycleHandler "${name}"`, "the ARN of its rule", arn, eventRuleArn);
}
