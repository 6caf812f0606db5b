import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { handlerTag } from "../../contract";
import type { InstanceTagArgs } from "../arguments";
import { placeOf } from "../arn";
import type { HandlerOutputs } from "./handlerOutputs";
import { ownerHash } from "./owner";

/**
 * Lets a handler serve a group that exists already. The grant names the group and a tag that its instances have had all
 * along. The sweep finds the group by the value of our tag; its key is the component's own, so that several components
 * can serve one group, and a renamed component has its tag before the one of its predecessor is deleted.
 */
export function grantGroup(
  name: string,
  groupName: pulumi.Input<string>,
  instanceTag: InstanceTagArgs,
  handler: HandlerOutputs,
  opts: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
  const { account, partition, region } = handler.topicArn.apply(placeOf);
  const policy = new aws.iam.RolePolicy(
    `${name}-group`,
    {
      role: handler.functionRoleName,
      policy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: ["autoscaling:CompleteLifecycleAction", "autoscaling:RecordLifecycleActionHeartbeat"],
            Resource: pulumi.interpolate`arn:${partition}:autoscaling:${region}:${account}:autoScalingGroup:*:autoScalingGroupName/${groupName}`,
          },
          {
            Effect: "Allow",
            Action: "ssm:SendCommand",
            Resource: pulumi.interpolate`arn:${partition}:ec2:${region}:${account}:instance/*`,
            Condition: { StringEquals: { [`ssm:resourceTag/${instanceTag.key}`]: instanceTag.value } },
          },
        ],
      }),
    },
    opts,
  );
  const tag = new aws.autoscaling.Tag(
    name,
    {
      autoscalingGroupName: groupName,
      tag: { key: `${handlerTag}:${ownerHash(name)}`, value: handler.name, propagateAtLaunch: false },
    },
    { ...opts, deleteBeforeReplace: false },
  );
  return [policy, tag];
}
