import { capacityWaitCoversLaunchHook } from "./capacityWaitCoversLaunchHook";
import { drainFitsLifecycleHook } from "./drainFitsLifecycleHook";
import { groupDeleteTimeoutCoversDrain } from "./groupDeleteTimeoutCoversDrain";
import { groupHasTerminateHook } from "./groupHasTerminateHook";
import { lambdaTimeoutWithinHeartbeat } from "./lambdaTimeoutWithinHeartbeat";
import { lifecycleHookDefaultResult } from "./lifecycleHookDefaultResult";
import { lifecycleHookHeartbeatTimeout } from "./lifecycleHookHeartbeatTimeout";
import { retainNeedsAbandon } from "./retainNeedsAbandon";
import { spotDrainFitsInterruptionNotice } from "./spotDrainFitsInterruptionNotice";
import { targetGroupDeregistrationDelay } from "./targetGroupDeregistrationDelay";
import { totalDrainTime } from "./totalDrainTime";

/** Every rule: those on one resource, those on a group and its hooks, those on the whole stack. */
export const rules = [
  lifecycleHookHeartbeatTimeout,
  lifecycleHookDefaultResult,
  targetGroupDeregistrationDelay,
  lambdaTimeoutWithinHeartbeat,
  groupHasTerminateHook,
  retainNeedsAbandon,
  groupDeleteTimeoutCoversDrain,
  capacityWaitCoversLaunchHook,
  drainFitsLifecycleHook,
  totalDrainTime,
  spotDrainFitsInterruptionNotice,
] as const;
