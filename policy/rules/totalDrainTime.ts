import { maxGlobalTimeout, scaleInTime } from "../../timing";
import { stackPolicy } from "../rule";
import { seconds } from "../schema";
import { groupsOf, hooksAt, longestDeregistration, longestWait } from "../stack/group";
import { parts } from "../stack/parts";

/** In the worst case a scale-in takes no longer than the limit that the importer has chosen. */
export const totalDrainTime = stackPolicy({
  name: "total-drain-time",
  what: "A scale-in does not take longer than the time that you allow.",
  why: "Deregistration comes first and the lifecycle hook second, so their times add up, for every instance that is replaced or scaled in.",
  severity: "low",
  enforcementLevel: "advisory",
  onAccount: true,
  limits: { max: 3600 },
  schema: {
    max: seconds("Most seconds.", { minimum: 1, maximum: maxGlobalTimeout + 3600 }),
  },
  check: (resources, { max }) =>
    groupsOf(resources).flatMap((group) => {
      const deregistration = longestDeregistration(group.targetGroups);
      const wait = longestWait(hooksAt(group, "terminate"));
      const total = scaleInTime({
        deregistrationDelay: deregistration?.seconds ?? 0,
        wait: wait?.seconds ?? 0,
      });
      if (total <= max) return [];
      return [
        {
          urn: group.resource.urn,
          subject: group.label,
          what: "the worst case of a scale-in",
          actual: `${total} s: ${parts(deregistration, wait)}`,
          allowed: `at most ${max} s`,
          cure: "Shorten one of them, or raise this policy's max.",
        },
      ];
    }),
});
