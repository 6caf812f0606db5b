import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { handlerTag, instanceRoleTag } from "../../contract";
import { limitTo } from "../iam/limit";
import { placeLimits } from "../iam/place";
import { formerHandler } from "../iam/rules";
import { pattern, policyDocument } from "../iam/statement";
import type { HandlerOutputs } from "../lifecycle/handlerOutputs";

/**
 * Lets the handler of a group run its documents on instances that still carry the tag of a former handler: Auto Scaling
 * gives a changed tag to new instances only.
 */
export function grantFormerHandlers(
  name: string,
  formerHandlers: readonly string[],
  handler: HandlerOutputs,
  opts: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
  const subject = `GracefulAutoScalingGroup "${name}"`;
  const [first, ...others] = formerHandlers.map((former, index) =>
    limitTo(subject, `formerHandlers[${index}]`, former, formerHandler),
  );
  if (first === undefined) return [];
  const { account, partition, region } = placeLimits(subject, handler.topicArn);
  return [
    new aws.iam.RolePolicy(
      `${name}-former-handlers`,
      {
        role: handler.functionRoleName,
        policy: policyDocument([
          {
            Action: "ssm:SendCommand",
            Resource: pattern`arn:${partition}:ec2:${region}:${account}:instance/*`,
            Condition: {
              operator: "StringEquals",
              key: `ssm:resourceTag/${handlerTag}`,
              value: [first, ...others],
            },
          },
        ]),
      },
      opts,
    ),
  ];
}

/**
 * Stops a preview or an update that would leave running instances without the handler's service, and says what to do
 * first. Undefined where Pulumi runs no such checks, as with its mocks.
 */
export function refuseUnservedInstances(
  name: string,
  formerHandlers: readonly string[],
): pulumi.ResourceHookBinding | undefined {
  if (!("registerResourceHook" in (pulumi.runtime.getMonitor() ?? {}))) return undefined;
  const check = (change: GroupChange) => {
    const found = whatLeavesUnserved(name, formerHandlers, change);
    if (found !== undefined) throw new pulumi.RunError(found);
  };
  hooksMade += 1;
  const hook = new pulumi.ResourceHook(`graceful-asg-handover-${hooksMade}`, check, { onDryRun: true });
  return { beforeUpdate: [hook] };
}

/** Each resource hook of a program needs its own name. */
let hooksMade = 0;

/** An update of a group: its id and its inputs before and after. */
export type GroupChange = Pick<pulumi.ResourceHookArgs, "id" | "newInputs" | "oldInputs">;

/**
 * Why an update would leave running instances without the handler's service, and what to do; undefined if it would not.
 * Tags that a preview does not know yet are not checked: the update itself knows them.
 */
export function whatLeavesUnserved(
  name: string,
  formerHandlers: readonly string[],
  change: GroupChange,
): string | undefined {
  if (!Array.isArray(change.newInputs?.["tags"])) return undefined;
  return lostGrant(name, formerHandlers, change) ?? lostRole(name, change);
}

/** Instances keep the tag that they were launched with: another handler may not run documents on them. */
function lostGrant(
  name: string,
  formerHandlers: readonly string[],
  { id, newInputs, oldInputs }: GroupChange,
): string | undefined {
  const former = tagIn(oldInputs, handlerTag);
  if (former === undefined || former === tagIn(newInputs, handlerTag) || formerHandlers.includes(former)) {
    return undefined;
  }
  const given = formerHandlers.length > 0 ? JSON.stringify(formerHandlers) : "not given";
  const list = JSON.stringify([...formerHandlers, former]);
  return (
    `formerHandlers is ${given}; it must name ${former}, whose tag the running instances of ${id} carry: without it the new handler may not run their stop script. ` +
    `Give formerHandlers: ${list} to GracefulAutoScalingGroup "${name}" along with the new handler, and remove it when all instances have been replaced.`
  );
}

/**
 * Instances keep the role that they were launched with: when the role is deleted, the agents lose their permissions.
 */
function lostRole(name: string, { id, newInputs, oldInputs }: GroupChange): string | undefined {
  const role = tagIn(oldInputs, instanceRoleTag);
  if (role === undefined || role === tagIn(newInputs, instanceRoleTag)) return undefined;
  return (
    `the role ${role} would be deleted, on which the SSM agents of the running instances of ${id} live: their stop script could not run any more. ` +
    `Rename GracefulAutoScalingGroup "${name}" in the same change, without an alias: the successor of the group is made first, and the old group scales in with its role in place.`
  );
}

/** The value of a tag in the inputs of a group. */
function tagIn(inputs: GroupChange["newInputs"], wanted: string): string | undefined {
  const tags: unknown = inputs?.["tags"];
  if (!Array.isArray(tags)) return undefined;
  const tag = (tags as readonly { key?: unknown; value?: unknown }[]).find(({ key }) => key === wanted);
  return typeof tag?.value === "string" ? tag.value : undefined;
}
