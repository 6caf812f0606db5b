import { defaultProviderTimeout } from "../../timing";
import { stackPolicy } from "../rule";
import { seconds } from "../schema";
import { secondsOf } from "../stack/duration";
import { groupsOf, hooksAt, longestWait, type Group } from "../stack/group";
import { endAllowance, parts } from "../stack/parts";
import { known, notYetKnown, numberAt, stringAt } from "../stack/value";

/** An instance that waits at its launch hook is not in service, so the provider has to wait for the hook too. */
export const capacityWaitCoversLaunchHook = stackPolicy({
  name: "capacity-wait-covers-launch-hook",
  what: "The provider waits for capacity at least as long as an instance may wait at its launch hook.",
  why: "Only instances in service count; when waitForCapacityTimeout is over, pulumi up fails though nothing is wrong.",
  severity: "medium",
  enforcementLevel: "mandatory",
  onAccount: false,
  limits: { allowance: endAllowance },
  schema: {
    allowance: seconds("Seconds for EC2 and Auto Scaling to start an instance before its hook.", {
      minimum: 0,
    }),
  },
  check: (resources, { allowance }) =>
    groupsOf(resources)
      .filter(waitsForInstances)
      .flatMap((group) => {
        const hook = longestWait(hooksAt(group, "launch"));
        const given = stringAt(group.resource.props, "waitForCapacityTimeout");
        if (hook === undefined || given === notYetKnown) return [];
        const seconds = given === undefined ? defaultProviderTimeout : secondsOf(given);
        const least = hook.seconds + allowance;
        // Zero means no wait at all.
        if (seconds === undefined || seconds === 0 || seconds >= least) return [];
        return [
          {
            urn: group.resource.urn,
            subject: group.label,
            what: "waitForCapacityTimeout",
            actual:
              given === undefined ? `not given, which makes it ${defaultProviderTimeout} s` : `${seconds} s`,
            allowed: `at least ${least} s: ${parts(hook, { seconds: allowance, what: "to start the instance" })}`,
            cure: `Give "${Math.ceil(least / 60)}m" or more, "0" to not wait at all, or shorten the hook.`,
          },
        ];
      }),
});

/** The provider does not wait for a group that wants no instance. It computes a desired capacity that is not given. */
function waitsForInstances({ isOurs, resource }: Group): boolean {
  if (!isOurs) return false;
  return ["desiredCapacity", "minSize"].some((key) => (known(numberAt(resource.props, key)) ?? 0) > 0);
}
