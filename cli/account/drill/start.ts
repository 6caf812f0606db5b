import {
  SetDesiredCapacityCommand,
  TerminateInstanceInAutoScalingGroupCommand,
  type AutoScalingClient,
} from "@aws-sdk/client-auto-scaling";
import { nameOf } from "../../../handler/aws/errors";
import { AccountError } from "../../accountError";
import type { Account } from "../account";
import { translated } from "../aws/errors";
import type { Plan } from "./plan";

/**
 * Begins a drill: the only calls of it that change anything.
 * @returns the instances that were terminated, fewer where somebody left meanwhile; none for a launch
 */
export async function start(
  { clients }: Account,
  plan: Plan,
  leaves: AbortSignal,
): Promise<readonly string[]> {
  if (plan.transition === "launch") {
    const command = new SetDesiredCapacityCommand({
      AutoScalingGroupName: plan.group,
      DesiredCapacity: plan.desired.after,
      HonorCooldown: false,
    });
    await translated(() => clients.autoScaling.send(command));
    return [];
  }
  const started: string[] = [];
  for (const instance of plan.chosen) {
    if (leaves.aborted) break;
    try {
      await translated(() => terminate(clients.autoScaling, instance, plan.lowerDesired));
    } catch (error) {
      if (nameOf(error) !== "ValidationError") throw error;
      throw new AccountError(
        `Auto Scaling does not terminate ${instance} (${error instanceof Error ? error.message : ""}), and ${started.length} of ${plan.chosen.length} instances are on their way. See graceful-asg status --group ${plan.group}.`,
      );
    }
    started.push(instance);
  }
  return started;
}

async function terminate(client: AutoScalingClient, InstanceId: string, lower: boolean): Promise<void> {
  const command = new TerminateInstanceInAutoScalingGroupCommand({
    InstanceId,
    ShouldDecrementDesiredCapacity: lower,
  });
  try {
    await client.send(command);
  } catch (error) {
    // The SDK tries a call again that was not answered, and the instance is on its way by then.
    if (!nameOf(error).startsWith("ScalingActivityInProgress")) throw error;
  }
}
