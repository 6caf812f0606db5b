import { defaultProviderTimeout, scaleInTime } from "../../timing";
import { stackPolicy } from "../rule";
import { seconds } from "../schema";
import { groupsOf, hooksAt, longestDeregistration, longestWait } from "../stack/group";
import { parts, endAllowance } from "../stack/parts";
import { booleanAt } from "../stack/value";

/**
 * The provider waits for the last instance. Pulumi deletes a hook or an attachment that is a resource of its own before
 * the group, so the time of that hook or attachment does not count.
 */
export const groupDeleteTimeoutCoversDrain = stackPolicy({
  name: "group-delete-timeout-covers-drain",
  what: "Deleting an Auto Scaling group may take as long as its instances need to drain.",
  why: "The provider scales in and waits; when its delete timeout is over, pulumi destroy fails half-way and the rest stays.",
  severity: "medium",
  enforcementLevel: "mandatory",
  onAccount: false,
  limits: { allowance: endAllowance },
  schema: {
    allowance: seconds("Seconds for EC2 and Auto Scaling to end an instance after its hook.", { minimum: 0 }),
  },
  check: (resources, { allowance }) =>
    groupsOf(resources)
      // The provider does not scale such a group in.
      .filter(({ isOurs, resource }) => isOurs && booleanAt(resource.props, "forceDelete") !== true)
      .flatMap((group) => {
        const { deleteSeconds } = group.resource.opts.customTimeouts;
        const deregistration = longestDeregistration(group.targetGroupsToTheEnd);
        const wait = longestWait(hooksAt({ hooks: group.hooksToTheEnd }, "terminate"));
        const drain = scaleInTime({
          deregistrationDelay: deregistration?.seconds ?? 0,
          wait: wait?.seconds ?? 0,
        });
        const least = drain + allowance;
        if ((deleteSeconds || defaultProviderTimeout) >= least) return [];
        return [
          {
            urn: group.resource.urn,
            subject: group.label,
            what: "customTimeouts.delete",
            actual:
              deleteSeconds === 0
                ? `not given, which makes it ${defaultProviderTimeout} s`
                : `${deleteSeconds} s`,
            allowed: `at least ${least} s: ${parts(deregistration, wait, { seconds: allowance, what: "to end the instance" })}`,
            cure: `Give the resource option customTimeouts: { delete: "${Math.ceil(least / 60)}m" }, or shorten the drain.`,
          },
        ];
      }),
});
