import type { PolicyLimits, PolicyName } from "../choices";
import type { PolicyOf } from "../rule";
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
import { systemdStopTimeout } from "./systemdStopTimeout";
import { targetGroupDeregistrationDelay } from "./targetGroupDeregistrationDelay";
import { totalDrainTime } from "./totalDrainTime";

/** Every rule: rules on one resource, rules on a group and its hooks, rules on the whole stack. */
export const rules = Object.values({
  "lifecycle-hook-heartbeat-timeout": lifecycleHookHeartbeatTimeout,
  "lifecycle-hook-default-result": lifecycleHookDefaultResult,
  "target-group-deregistration-delay": targetGroupDeregistrationDelay,
  "lambda-timeout-within-heartbeat": lambdaTimeoutWithinHeartbeat,
  "group-has-terminate-hook": groupHasTerminateHook,
  "retain-needs-abandon": retainNeedsAbandon,
  "group-delete-timeout-covers-drain": groupDeleteTimeoutCoversDrain,
  "group-destroy-is-graceful": groupDestroyIsGraceful,
  "no-force-delete": noForceDelete,
  "simple-scaling-beside-hook": simpleScalingBesideHook,
  "instances-are-protected-from-termination": instancesAreProtectedFromTermination,
  "capacity-wait-covers-launch-hook": capacityWaitCoversLaunchHook,
  "drain-fits-lifecycle-hook": drainFitsLifecycleHook,
  "systemd-stop-timeout": systemdStopTimeout,
  "total-drain-time": totalDrainTime,
  "spot-drain-fits-interruption-notice": spotDrainFitsInterruptionNotice,
} satisfies { readonly [Name in PolicyName]: PolicyOf<Name, PolicyLimits[Name]> });
