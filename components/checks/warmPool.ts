import { PoolState } from "../../contract";
import type { Violation } from "../../timing";
import type { GracefulAutoScalingGroupArgs } from "../arguments";
import { known } from "./known";
import type { ArgumentCheck } from "./refuse";

/** The arguments that a warm pool depends on. */
export interface WarmPoolGiven {
  readonly args: Pick<GracefulAutoScalingGroupArgs, "instance" | "mixedInstances" | "spot" | "warmPool">;
}

/** Checks of a warm pool beside other arguments. Outputs are checked when they are known. */
export const warmPoolChecks = {
  // Source: Auto Scaling User Guide, warm pools, limitations. Only Spot instances are excluded any more: the service
  // model of May 2026 does not name mixed instances policies, which earlier versions excluded.
  warmPoolSpot: ({ args: { mixedInstances, spot, warmPool } }) => {
    if (warmPool === undefined) return [];
    const share = known(known(mixedInstances?.instancesDistribution)?.onDemandPercentageAboveBaseCapacity);
    const found: Violation[] = [];
    if (share !== undefined && share < 100) {
      found.push({
        argument: "mixedInstances.instancesDistribution.onDemandPercentageAboveBaseCapacity",
        value: share,
        allowed: "100 with a warm pool, which takes no Spot instances",
        cure: "Leave it out, or leave warmPool out.",
      });
    }
    if (spot === true) {
      found.push({
        argument: "spot",
        value: spot,
        allowed: "false with a warm pool, which takes no Spot instances",
        cure: "Leave it out, or leave warmPool out.",
      });
    }
    return found;
  },
  // Source: EC2 User Guide, hibernation prerequisites.
  warmPoolHibernation: ({ args: { instance, warmPool } }) =>
    warmPool?.poolState === PoolState.Hibernated &&
    instance?.imageId !== undefined &&
    instance.rootDeviceName === undefined
      ? [
          {
            argument: "instance.rootDeviceName",
            value: undefined,
            allowed:
              "given along with imageId and a pool that is Hibernated: EC2 hibernates only with an encrypted root volume",
            cure: "Give the image's root device, /dev/sda1 for Ubuntu, Debian, RHEL and Windows, or a launchTemplate of your own that encrypts it.",
          },
        ]
      : [],
} satisfies Record<string, ArgumentCheck<WarmPoolGiven>>;
