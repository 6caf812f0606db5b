import type { Resource } from "../../../../policy/stack/resource";

/** Types of resources, by what an account calls them. */
const types = {
  document: "aws:ssm/document:Document",
  eventRule: "aws:cloudwatch/eventRule:EventRule",
  eventTarget: "aws:cloudwatch/eventTarget:EventTarget",
  function: "aws:lambda/function:Function",
  group: "aws:autoscaling/group:Group",
  hook: "aws:autoscaling/lifecycleHook:LifecycleHook",
  launchConfiguration: "aws:ec2/launchConfiguration:LaunchConfiguration",
  launchTemplate: "aws:ec2/launchTemplate:LaunchTemplate",
  queue: "aws:sqs/queue:Queue",
  queueMapping: "aws:lambda/eventSourceMapping:EventSourceMapping",
  scalingPolicy: "aws:autoscaling/policy:Policy",
  subscription: "aws:sns/topicSubscription:TopicSubscription",
  targetGroup: "aws:lb/targetGroup:TargetGroup",
  topic: "aws:sns/topic:Topic",
} as const;

/**
 * A resource of an account as the rules of the policy pack take it: with the properties that a program gives it, all
 * of them known.
 * @param id tells the resource from all others, as its ARN does
 */
export function resource(kind: keyof typeof types, id: string, name: string, props: object): Resource {
  return {
    urn: id,
    type: types[kind],
    name,
    props,
    // What only a program knows; the rules about these do not look at an account.
    opts: { ignoreChanges: [], customTimeouts: { deleteSeconds: 0 } },
    propertyDependencies: {},
    isRead: false,
  };
}
