import { ServiceError, validationError } from "../../errors";
import type { AutoScaling } from "../../autoScaling/service";
import type { Operation } from "../operation";
import { groupName, groupOf } from "./find";
import { onGroup } from "./permissions";

/** Most instances of one call. Source: Auto Scaling API, SetInstanceProtection. */
const maxInstances = 50;

/** The call that protects instances from scale-in. */
export function protectionOperations(service: AutoScaling): Readonly<Record<string, Operation>> {
  return {
    SetInstanceProtection: {
      instances: (input) => input.texts("InstanceIds"),
      requests: onGroup(service, "SetInstanceProtection"),
      perform: (input) => {
        const group = groupOf(service, input.text("AutoScalingGroupName", groupName));
        const ids = input.texts("InstanceIds", { pattern: /^.{1,19}$/ });
        const isProtected = input.boolean("ProtectedFromScaleIn");
        if (ids.length === 0) throw validationError("InstanceIds must not be empty");
        if (ids.length > maxInstances)
          throw new ServiceError("LimitExceeded", `At most ${maxInstances} instances may be passed in.`);
        const instances = ids.map((id) => {
          const instance = group.instances.get(id);
          // A protection begins when an instance is in service. Source: Auto Scaling user guide, Use instance scale-in
          // protection; no page has the words of the error.
          if (instance?.state !== "InService")
            throw validationError(`The instance ${id} is not in InService or EnteringStandby or Standby.`);
          return instance;
        });
        service.protect(group, instances, isProtected);
        return {};
      },
    },
  };
}
