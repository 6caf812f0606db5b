import type * as pulumi from "@pulumi/pulumi";
import type { GracefulAutoScalingGroupArgs } from "../arguments";
import { InvalidArguments } from "../checks";

/**
 * Lets the caller make the resources that forward requests to the target group; undefined if there are none.
 * @throws InvalidArguments if the caller returns nothing, as in JavaScript: the group would not wait for the listeners.
 */
export function createListeners(
  name: string,
  args: Pick<GracefulAutoScalingGroupArgs, "listeners">,
  targetGroupArn: pulumi.Output<string>,
): pulumi.ResourceOptions["dependsOn"] {
  if (args.listeners === undefined) return undefined;
  const made = args.listeners(targetGroupArn);
  const value = nothingIn(made);
  if (value === undefined) return made;
  throw new InvalidArguments(`GracefulAutoScalingGroup "${name}"`, [
    {
      argument: "listeners",
      value,
      allowed: "a function that returns the listeners, listener rules or load balancer that it makes",
      cure: "Return them, or leave listeners out if nothing forwards requests to the target group.",
    },
  ]);
}

/**
 * Says how a function returns nothing, which is possible in JavaScript; undefined if the function returns something.
 */
function nothingIn(made: unknown): string | undefined {
  if (made === undefined) return "a function that returns nothing";
  return Array.isArray(made) && made.length === 0 ? "a function that returns an empty list" : undefined;
}
