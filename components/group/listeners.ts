import type * as pulumi from "@pulumi/pulumi";
import type { GracefulAutoScalingGroupArgs } from "../arguments";
import { InvalidArguments } from "../constraints";

/**
 * Lets the caller make what forwards requests to the target group; undefined if nothing is to.
 * @throws InvalidArguments if the caller returns nothing, as in JavaScript: the group would not wait for it.
 */
export function createListeners(
  name: string,
  args: Pick<GracefulAutoScalingGroupArgs, "listeners">,
  targetGroupArn: pulumi.Output<string>,
): pulumi.ResourceOptions["dependsOn"] {
  if (args.listeners === undefined) return undefined;
  const made: pulumi.ResourceOptions["dependsOn"] = args.listeners(targetGroupArn);
  if (made !== undefined && !(Array.isArray(made) && made.length === 0)) return made;
  throw new InvalidArguments(`GracefulAutoScalingGroup "${name}"`, [
    {
      argument: "listeners",
      value: made === undefined ? "a function that returns nothing" : "a function that returns an empty list",
      allowed: "a function that returns the listeners, listener rules or load balancer that it makes",
      cure: "Return them, or leave listeners out if nothing forwards requests to the target group.",
    },
  ]);
}
