import { validationError } from "../../errors";
import type { AutoScaling } from "../../autoScaling/service";
import type { Input } from "../input";
import type { Operation } from "../operation";
import { groupOf, instanceId, longGroupName } from "./find";
import { hookName } from "./hooks";
import { instancesIn, onGroup } from "./permissions";

const tokenRules = { min: 36, max: 36 };

/** Calls on lifecycle actions. */
export function lifecycleActionOperations(service: AutoScaling): Readonly<Record<string, Operation>> {
  const actionOf = (input: Input) => {
    const group = groupOf(service, input.text("AutoScalingGroupName", longGroupName));
    const hook = input.text("LifecycleHookName", hookName);
    const token = input.optionalText("LifecycleActionToken", tokenRules);
    const instance = input.optionalText("InstanceId", instanceId);
    if (token === undefined && instance === undefined) {
      throw validationError("Either LifecycleActionToken or InstanceId must be specified");
    }
    const found = service.lifecycle.actions.find(group, hook, { token, instance });
    if (found) return found;
    const named = token === undefined ? `instance ID ${instance ?? ""}` : `token ${token}`;
    throw validationError(`No active Lifecycle Action found with ${named}`);
  };

  return {
    CompleteLifecycleAction: {
      instances: instancesIn,
      requests: onGroup(service, "CompleteLifecycleAction"),
      perform: (input, caller) => {
        const result = input.text("LifecycleActionResult");
        if (result !== "CONTINUE" && result !== "ABANDON") {
          throw validationError("Lifecycle action result must be either CONTINUE or ABANDON");
        }
        const { action, instance } = actionOf(input);
        service.lifecycle.actions.complete(instance, action, result, caller);
        return {};
      },
    },

    RecordLifecycleActionHeartbeat: {
      instances: instancesIn,
      requests: onGroup(service, "RecordLifecycleActionHeartbeat"),
      perform: (input, caller) => {
        const { action, instance } = actionOf(input);
        service.lifecycle.actions.extend(instance, action, caller);
        return {};
      },
    },
  };
}
