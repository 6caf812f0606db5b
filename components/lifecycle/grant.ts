import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { handlerTag, hooksTag } from "../../contract";
import type { InstanceTagArgs } from "../arguments";
import { limitTo } from "../iam/limit";
import { placeLimits } from "../iam/place";
import { groupName as groupNameRule, tagValue } from "../iam/rules";
import { pattern, policyDocument, type Condition } from "../iam/statement";
import { terminateAndMark } from "../lifecycleHandler/replace";
import type { HandlerOutputs } from "./handlerOutputs";
import { hookRevisions, type HookSettings } from "./hooks";
import { ownerHash } from "./owner";

/**
 * Lets a handler serve a group that exists already. The grant names the group and a tag that its instances carry
 * already.
 */
export function grantGroup(
  name: string,
  groupName: pulumi.Input<string>,
  instanceTag: InstanceTagArgs,
  handler: HandlerOutputs,
  opts: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
  const subject = `GracefulLifecycle "${name}"`;
  const { account, partition, region } = placeLimits(subject, handler.topicArn);
  const group = limitTo(subject, "groupName", groupName, groupNameRule);
  const groups = {
    Resource: pattern`arn:${partition}:autoscaling:${region}:${account}:autoScalingGroup:*:autoScalingGroupName/${group}`,
  };
  const instances = pattern`arn:${partition}:ec2:${region}:${account}:instance/*`;
  const ofGroup = (service: "ec2" | "ssm"): Condition => ({
    operator: "StringEquals",
    key: `${service}:${service === "ssm" ? "resourceTag" : "ResourceTag"}/${instanceTag.key}`,
    value: limitTo(subject, "instanceTag.value", instanceTag.value, tagValue),
  });
  const policy = new aws.iam.RolePolicy(
    `${name}-group`,
    {
      role: handler.functionRoleName,
      policy: handler.replaceOn.apply((reasons) =>
        policyDocument([
          {
            Action: ["autoscaling:CompleteLifecycleAction", "autoscaling:RecordLifecycleActionHeartbeat"],
            ...groups,
          },
          { Action: "ssm:SendCommand", Resource: instances, Condition: ofGroup("ssm") },
          ...terminateAndMark(subject, [...reasons], groups, {
            Resource: instances,
            Condition: ofGroup("ec2"),
          }),
        ]),
      ),
    },
    opts,
  );
  return [policy];
}

/**
 * Tags a group that exists already: with the handler, whose sweep finds the group by this tag, and with the revisions
 * of its hooks. The keys are the component's own, so that several components can serve one group, and a renamed
 * component has its tags before the tags of its predecessor are deleted.
 */
export function tagGroup(
  name: string,
  groupName: pulumi.Input<string>,
  handler: HandlerOutputs,
  hooks: readonly HookSettings[],
  opts: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
  const tag = (suffix: string, key: string, value: pulumi.Input<string>) =>
    new aws.autoscaling.Tag(
      `${name}${suffix}`,
      {
        autoscalingGroupName: groupName,
        tag: { key: `${key}:${ownerHash(name)}`, value, propagateAtLaunch: false },
      },
      { ...opts, deleteBeforeReplace: false },
    );
  return [tag("", handlerTag, handler.name), tag("-hooks", hooksTag, hookRevisions(hooks))];
}
