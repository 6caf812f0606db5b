import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { handlerTag } from "../../contract";
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
 * Stops a preview or an update in which a group gets another handler that may not serve its running instances, and says
 * what to add. Undefined where nothing runs such checks, as under Pulumi's mocks.
 */
export function refuseUnservedInstances(
  name: string,
  formerHandlers: readonly string[],
): pulumi.ResourceHookBinding | undefined {
  if (!("registerResourceHook" in (pulumi.runtime.getMonitor() ?? {}))) return undefined;
  const check = ({ id, newInputs, oldInputs }: pulumi.ResourceHookArgs) => {
    const former = handlerIn(oldInputs);
    if (former === undefined || former === handlerIn(newInputs) || formerHandlers.includes(former)) return;
    const list = JSON.stringify([...formerHandlers, former]);
    throw new pulumi.RunError(
      `formerHandlers is ${formerHandlers.length > 0 ? JSON.stringify(formerHandlers) : "not given"}; it must name ${former}, whose tag the running instances of ${id} carry: without it the new handler may not run their stop script. ` +
        `Give formerHandlers: ${list} to GracefulAutoScalingGroup "${name}" along with the new handler, and remove it when all instances have been replaced.`,
    );
  };
  hooksMade += 1;
  const hook = new pulumi.ResourceHook(`graceful-asg-handover-${hooksMade}`, check, { onDryRun: true });
  return { beforeUpdate: [hook] };
}

/** Hooks of one program need names of their own. */
let hooksMade = 0;

/** The handler that a group is tagged with, in the group's inputs. */
function handlerIn(inputs: pulumi.ResourceHookArgs["newInputs"]): string | undefined {
  const tags: unknown = inputs?.["tags"];
  if (!Array.isArray(tags)) return undefined;
  const tag = (tags as readonly { key?: unknown; value?: unknown }[]).find(({ key }) => key === handlerTag);
  return typeof tag?.value === "string" ? tag.value : undefined;
}
