import type * as aws from "@pulumi/aws";
import type { LifecycleHandler } from "./lifecycleHandler";

/** The resources of a `GracefulAutoScalingGroup`, for programs that need more than its arguments and outputs. */
export interface GroupNodes {
  /** The Auto Scaling group. */
  readonly group: aws.autoscaling.Group;
  /** The target group. */
  readonly targetGroup: aws.lb.TargetGroup;
  /** The launch template; undefined if a launch template was given. */
  readonly launchTemplate: aws.ec2.LaunchTemplate | undefined;
  /** The role of the instances; undefined if a launch template was given. */
  readonly instanceRole: aws.iam.Role | undefined;
  /** The handler; undefined if it was made in another stack. */
  readonly handler: LifecycleHandler | undefined;
}

/** The resources of a `LifecycleHandler`, for programs that need more than its arguments and outputs. */
export interface HandlerNodes {
  /** The function. */
  readonly function: aws.lambda.Function;
  /** The role of the function; undefined if a role was given. */
  readonly role: aws.iam.Role | undefined;
  /** The topic of the lifecycle hooks. */
  readonly topic: aws.sns.Topic;
  /** The queue of events that could not be delivered or handled. */
  readonly deadLetterQueue: aws.sqs.Queue;
}

/**
 * The resources that a component has kept. They are not a property, because the analyzer that derives the schema of
 * components for other languages treats each property as an output.
 */
export function getNodes<Component extends object, Nodes>(
  kept: WeakMap<Component, Nodes>,
  component: Component,
): Nodes {
  const nodes = kept.get(component);
  if (nodes === undefined) throw new Error("The nodes of a component are there once it is made.");
  return nodes;
}
