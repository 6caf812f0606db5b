import * as aws from "@pulumi/aws";
import { handler, hooked, lifecycleRule, sendTo, subscribe, terminating, to, type Kind } from "./make";

/** A slow function behind the topic of a hook, with the given arguments of the subscription. */
function filtered(part: string, args: Partial<aws.sns.TopicSubscriptionArgs>) {
  const topic = new aws.sns.Topic(part);
  hooked(part, to(topic));
  subscribe(part, topic, handler(`${part}_function`, 600).arn, args);
}

/** A slow function behind the queue of a hook, with the given arguments of the mapping. */
function mapped(part: string, args: Partial<aws.lambda.EventSourceMappingArgs>) {
  const queue = new aws.sqs.Queue(part, { visibilityTimeoutSeconds: 900 });
  hooked(part, to(queue));
  const slow = handler(`${part}_function`, 600);
  new aws.lambda.EventSourceMapping(part, { eventSourceArn: queue.arn, functionName: slow.arn, ...args });
}

/** A slow function behind a rule for a group, with the given arguments of the rule. */
function ruled(
  part: string,
  args: Partial<aws.cloudwatch.EventRuleArgs>,
  patternOf: (group: aws.autoscaling.Group) => object = (group) => ({
    detail: { AutoScalingGroupName: [group.name] },
  }),
) {
  const rule = lifecycleRule(part, patternOf(hooked(part)), args);
  const { eventBusName } = args;
  sendTo(
    part,
    rule,
    handler(`${part}_function`, 600).arn,
    eventBusName === undefined ? {} : { eventBusName },
  );
}

const filters = (body: object) => ({ filterCriteria: { filters: [{ pattern: JSON.stringify({ body }) }] } });

/** Subscriptions, rules and mappings that let an event through to a function, or do not. */
export const events: Kind = {
  right: {
    "filter-on-body": (part) => {
      filtered(part, {
        filterPolicy: JSON.stringify({ LifecycleHookName: ["boot"] }),
        filterPolicyScope: "MessageBody",
      });
    },
    "filter-on-attributes": (part) => {
      filtered(part, { filterPolicy: JSON.stringify({ event: ["launch", "terminate"] }) });
    },
    "rule-disabled": (part) => {
      ruled(part, { state: "DISABLED" });
    },
    "rule-on-other-bus": (part) => {
      ruled(part, { eventBusName: new aws.cloudwatch.EventBus(part).name });
    },
    "rule-for-others": (part) => {
      ruled(part, {}, (group) => ({
        detail: { AutoScalingGroupName: [group.name], LifecycleHookName: [{ "anything-but": ["drain"] }] },
      }));
    },
    "rule-for-launches": (part) => {
      ruled(part, {}, () => ({ "detail-type": ["EC2 Instance-launch Lifecycle Action"] }));
    },
    "mapping-disabled": (part) => {
      mapped(part, { enabled: false });
    },
    "mapping-filtered": (part) => {
      mapped(part, filters({ LifecycleHookName: ["boot"] }));
    },
  },
  wrong: {
    "filter-that-takes": (part) => {
      filtered(part, {
        filterPolicy: JSON.stringify({
          LifecycleTransition: [terminating],
          NotificationMetadata: [{ exists: false }],
        }),
        filterPolicyScope: "MessageBody",
      });
    },
    "rule-that-takes": (part) => {
      ruled(part, {}, () => ({
        detail: {
          AutoScalingGroupName: [{ prefix: "rule-that" }],
          LifecycleHookName: [{ "anything-but": { prefix: "boot" } }],
        },
      }));
    },
    "rule-by-arn": (part) => {
      ruled(part, {}, (group) => ({ resources: [group.arn] }));
    },
    "mapping-that-takes": (part) => {
      mapped(part, filters({ LifecycleTransition: [terminating] }));
    },
  },
};
