import type * as aws from "@pulumi/aws";
import { handlerTag, replaceTag, type ReplaceOn } from "../../contract";
import { limitTo } from "../iam/limit";
import { placeLimits } from "../iam/place";
import { functionArn, handlerName, tagKey } from "../iam/rules";
import { pattern, type Condition, type Resource, type Statement } from "../iam/statement";

/**
 * What the function may do to replace instances, and nothing of it without the argument: terminate instances of groups
 * that carry the handler's tag, and mark instances that carry the tag. The actions on `*` take no resources.
 */
export function replaceStatements(
  subject: string,
  { arn, name }: Pick<aws.lambda.Function, "arn" | "name">,
  reasons: readonly ReplaceOn[],
): Statement[] {
  if (reasons.length === 0) return [];
  const { account, partition, region } = placeLimits(
    subject,
    limitTo(subject, "the ARN of its function", arn, functionArn),
  );
  const value = limitTo(subject, "the name of its function", name, handlerName);
  return [
    ...terminateAndMark(
      subject,
      reasons,
      {
        Resource: pattern`arn:${partition}:autoscaling:${region}:${account}:autoScalingGroup:*:autoScalingGroupName/*`,
        Condition: { operator: "StringEquals", key: `autoscaling:ResourceTag/${handlerTag}`, value },
      },
      {
        Resource: pattern`arn:${partition}:ec2:${region}:${account}:instance/*`,
        Condition: { operator: "StringEquals", key: `ec2:ResourceTag/${handlerTag}`, value },
      },
    ),
    ...listStatements(reasons),
  ];
}

/** The calls that tell which instances the reasons are about. Every handler may read tags, the marks among them. */
function listStatements(reasons: readonly ReplaceOn[]): Statement[] {
  return reasons.includes("retirement") ? [{ Action: "ec2:DescribeInstanceStatus", Resource: "*" }] : [];
}

/** Resources, all or those that a condition limits. */
interface Limited {
  readonly Resource: Resource;
  readonly Condition?: Condition;
}

/** What may be done to groups and to instances; of the tags of an instance only the handler's own mark. */
export function terminateAndMark(
  subject: string,
  reasons: readonly ReplaceOn[],
  groups: Limited,
  instances: Limited & Required<Pick<Limited, "Condition">>,
): Statement[] {
  if (reasons.length === 0) return [];
  const key = limitTo(subject, "the key of the mark", replaceTag, tagKey);
  return [
    { Action: "autoscaling:TerminateInstanceInAutoScalingGroup", ...groups },
    ...(reasons.includes("rebalance")
      ? [
          {
            Action: "ec2:CreateTags",
            Resource: instances.Resource,
            Condition: [
              instances.Condition,
              { operator: "ForAllValues:StringEquals", key: "aws:TagKeys", value: key } as const,
            ],
          },
        ]
      : []),
  ];
}
