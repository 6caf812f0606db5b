import { GracefulAutoScalingGroup, type GracefulAutoScalingGroupArgs } from "../../../components";
import type { Deployment } from "../../../evaluate/record";
import type { Registration } from "../../../evaluate/registration";
import { groupArgs, only, registered } from "../../support/deployment";

/** All resources that a group with the least arguments and the given changes registers. */
export function make(
  changes?: Partial<GracefulAutoScalingGroupArgs>,
  deployment?: Partial<Deployment>,
): Promise<readonly Registration[]> {
  return registered(() => new GracefulAutoScalingGroup("web", groupArgs(changes)), deployment);
}

/** The Auto Scaling group among the registered resources. */
export function groupOf(all: readonly Registration[]): Registration {
  return only(all, types.group);
}

/** The argument that gives a group a launch hook, too. */
export const launch = { script: "wait-until-ready", timeout: 300 };

/** Types of the resources that a group is made of. */
export const types = {
  alarm: "aws:cloudwatch/metricAlarm:MetricAlarm",
  component: "graceful-asg:index:GracefulAutoScalingGroup",
  document: "aws:ssm/document:Document",
  function: "aws:lambda/function:Function",
  group: "aws:autoscaling/group:Group",
  handler: "graceful-asg:index:LifecycleHandler",
  hook: "aws:autoscaling/lifecycleHook:LifecycleHook",
  launchTemplate: "aws:ec2/launchTemplate:LaunchTemplate",
  listener: "aws:lb/listener:Listener",
  logGroup: "aws:cloudwatch/logGroup:LogGroup",
  policy: "aws:iam/rolePolicy:RolePolicy",
  attachment: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  profile: "aws:iam/instanceProfile:InstanceProfile",
  role: "aws:iam/role:Role",
  rule: "aws:cloudwatch/eventRule:EventRule",
  targetGroup: "aws:lb/targetGroup:TargetGroup",
  topic: "aws:sns/topic:Topic",
} as const;
