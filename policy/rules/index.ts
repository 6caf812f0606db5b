import { capacityWaitCoversLaunchHook } from "./capacityWaitCoversLaunchHook";
import { drainFitsLifecycleHook } from "./drainFitsLifecycleHook";
import { groupDeleteTimeoutCoversDrain } from "./groupDeleteTimeoutCoversDrain";
import { groupDestroyIsGraceful } from "./groupDestroyIsGraceful";
import { groupHasTerminateHook } from "./groupHasTerminateHook";
import { instancesAreProtectedFromTermination } from "./instancesAreProtectedFromTermination";
import { lambdaTimeoutWithinHeartbeat } from "./lambdaTimeoutWithinHeartbeat";
import { lifecycleHookDefaultResult } from "./lifecycleHookDefaultResult";
import { lifecycleHookHeartbeatTimeout } from "./lifecycleHookHeartbeatTimeout";
import { noForceDelete } from "./noForceDelete";
import { retainNeedsAbandon } from "./retainNeedsAbandon";
import { simpleScalingBesideHook } from "./simpleScalingBesideHook";
import { spotDrainFitsInterruptionNotice } from "./spotDrainFitsInterruptionNotice";
import { targetGroupDeregistrationDelay } from "./targetGroupDeregistrationDelay";
import { totalDrainTime } from "./totalDrainTime";

/** Every rule: rules on one resource, rules on a group and its hooks, rules on the whole stack. */
export const rules = [
  lifecycleHookHeartbeatTimeout,
  lifecycleHookDefaultResult,
  targetGroupDeregistrationDelay,
  lambdaTimeoutWithinHeartbeat,
  groupHasTerminateHook,
  retainNeedsAbandon,
  groupDeleteTimeoutCoversDrain,
  groupDestroyIsGraceful,
  noForceDelete,
  simpleScalingBesideHook,
  instancesAreProtectedFromTermination,
  capacityWaitCoversLaunchHook,
  drainFitsLifecycleHook,
  totalDrainTime,
  spotDrainFitsInterruptionNotice,
] as const;
