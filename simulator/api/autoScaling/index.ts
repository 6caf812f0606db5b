import type { AutoScaling } from "../../autoScaling/service";
import type { Operation } from "../operation";
import { activityOperations } from "./activities";
import { capacityOperations } from "./capacity";
import { groupOperations } from "./groups";
import { hookOperations } from "./hooks";
import { protectionOperations } from "./protection";
import { lifecycleActionOperations } from "./lifecycleActions";
import { warmPoolOperations } from "./warmPools";

/** Calls of Auto Scaling that the simulator answers. */
export function autoScalingOperations(service: AutoScaling): Readonly<Record<string, Operation>> {
  return {
    ...lifecycleActionOperations(service),
    ...groupOperations(service),
    ...hookOperations(service),
    ...activityOperations(service),
    ...capacityOperations(service),
    ...protectionOperations(service),
    ...warmPoolOperations(service),
  };
}
