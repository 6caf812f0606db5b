import { PoolState } from "../../../contract";
import { validationError } from "../../errors";
import type { AutoScaling } from "../../autoScaling/service";
import { deleteWarmPool, putWarmPool } from "../../autoScaling/operator";
import type { Operation } from "../operation";
import { groupName, groupOf } from "./find";
import { onGroup } from "./permissions";

const poolStates = Object.values(PoolState);

/** Calls that change the warm pool of a group. Source: Auto Scaling API, PutWarmPool and DeleteWarmPool. */
export function warmPoolOperations(service: AutoScaling): Readonly<Record<string, Operation>> {
  return {
    PutWarmPool: {
      requests: onGroup(service, "PutWarmPool"),
      perform: (input) => {
        const group = groupOf(service, input.text("AutoScalingGroupName", groupName));
        const prepared = input.optionalNumber("MaxGroupPreparedCapacity", -1, 100_000);
        const minSize = input.optionalNumber("MinSize", 0, 100_000);
        const state = input.optionalText("PoolState");
        const reuseOnScaleIn = input.optionalInput("InstanceReusePolicy")?.optionalBoolean("ReuseOnScaleIn");
        const poolState = poolStates.find((one) => one === state);
        if (state !== undefined && poolState === undefined) {
          throw validationError(`PoolState must be one of ${poolStates.join(", ")}`);
        }
        putWarmPool(service, group, {
          // "To remove a value that you previously set, include the property but specify -1 for the value."
          ...(prepared === undefined ? {} : { maxGroupPreparedCapacity: prepared < 0 ? undefined : prepared }),
          ...(minSize === undefined ? {} : { minSize }),
          ...(poolState === undefined ? {} : { poolState }),
          ...(reuseOnScaleIn === undefined ? {} : { reuseOnScaleIn }),
        });
        return {};
      },
    },

    DeleteWarmPool: {
      requests: onGroup(service, "DeleteWarmPool"),
      perform: (input) => {
        const group = groupOf(service, input.text("AutoScalingGroupName", groupName));
        if (group.warmPool === undefined)
          throw validationError(`No warm pool found for ${group.settings.name}`);
        deleteWarmPool(service, group);
        return {};
      },
    },
  };
}
