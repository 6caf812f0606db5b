import { ServiceError, validationError } from "../../errors";
import { isInPool } from "../../autoScaling/model";
import type { AutoScaling } from "../../autoScaling/service";
import type { Operation } from "../operation";
import { describeActivity, pendingActivity } from "./activities";
import { groupName, groupOf, instanceId, instanceOf } from "./find";
import { instancesIn, onGroup, onInstance } from "./permissions";

/** Calls that change how many instances a group has, and which. */
export function capacityOperations(service: AutoScaling): Readonly<Record<string, Operation>> {
  return {
    SetDesiredCapacity: {
      requests: onGroup(service, "SetDesiredCapacity"),
      perform: (input) => {
        const group = groupOf(service, input.text("AutoScalingGroupName", groupName));
        const desired = input.number("DesiredCapacity", 0, 100_000);
        const { maxSize, minSize } = group.settings;
        if (desired > maxSize) {
          throw validationError(
            `New SetDesiredCapacity value ${desired} is above max value ${maxSize} for the AutoScalingGroup.`,
          );
        }
        if (desired < minSize) {
          throw validationError(
            `New SetDesiredCapacity value ${desired} is below min value ${minSize} for the AutoScalingGroup.`,
          );
        }
        service.setDesired(group, desired);
        return {};
      },
    },

    SetInstanceHealth: {
      instances: instancesIn,
      requests: onInstance(service, "SetInstanceHealth"),
      perform: (input) => {
        const instance = instanceOf(service, input.text("InstanceId", instanceId));
        const health = input.text("HealthStatus");
        if (health !== "Healthy" && health !== "Unhealthy")
          throw validationError("HealthStatus must be Healthy or Unhealthy");
        if (health === "Unhealthy") service.replaceUnhealthy(instance, "a user health-check");
        else instance.health = "Healthy";
        return {};
      },
    },

    TerminateInstanceInAutoScalingGroup: {
      instances: instancesIn,
      requests: onInstance(service, "TerminateInstanceInAutoScalingGroup"),
      perform: (input) => {
        const instance = instanceOf(service, input.text("InstanceId", instanceId));
        const decrement = input.boolean("ShouldDecrementDesiredCapacity");
        if (decrement && instance.state.endsWith(":Retained")) {
          throw validationError("ShouldDecrementDesiredCapacity cannot be true for a retained instance");
        }
        // Source: Auto Scaling API, TerminateInstanceInAutoScalingGroup; no page has the words of the error.
        if (isInPool(instance) && !instance.state.endsWith(":Retained"))
          throw validationError(`The instance ${instance.id} is in the warm pool.`);
        if (instance.state !== "InService" && !instance.state.endsWith(":Retained")) {
          throw new ServiceError(
            "ScalingActivityInProgress",
            `Instance ${instance.id} is in state ${instance.state}`,
          );
        }
        service.terminateAtRequest(instance, decrement);
        return { Activity: describeActivity(instance.group, pendingActivity(instance)) };
      },
    },
  };
}
