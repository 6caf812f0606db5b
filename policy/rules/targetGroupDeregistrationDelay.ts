import { defaultDeregistrationDelay, deregistrationDelayRange, networkDeregistration } from "../../timing";
import { resourcePolicy } from "../rule";
import { seconds } from "../schema";
import { isKind } from "../stack/resource";
import { isOfNetwork } from "../stack/targetGroups";
import { notYetKnown, numberAt, stringAt } from "../stack/value";

/** Bounds for the deregistration delay of each target group by itself. */
export const targetGroupDeregistrationDelay = resourcePolicy({
  name: "target-group-deregistration-delay",
  what: "A target group gives open requests time to finish.",
  why: "When the deregistration delay is over, the target group cuts off open requests; the lifecycle hook fires only then.",
  severity: "medium",
  enforcementLevel: "advisory",
  onAccount: true,
  limits: { min: 1, networkMin: networkDeregistration, max: deregistrationDelayRange.max },
  schema: {
    min: seconds("Least seconds.", { minimum: 0, maximum: deregistrationDelayRange.max }),
    networkMin: seconds("Least seconds behind a Network Load Balancer.", {
      minimum: 0,
      maximum: deregistrationDelayRange.max,
    }),
    max: seconds("Most seconds.", { minimum: 0, maximum: deregistrationDelayRange.max }),
  },
  check: (resource, { max, min, networkMin }) => {
    if (!isKind(resource, "targetGroup")) return [];
    const { name, props, urn } = resource;
    const given = numberAt(props, "deregistrationDelay");
    // A target group of Lambda functions has no connections to drain.
    if (given === notYetKnown || stringAt(props, "targetType") === "lambda") return [];
    const seconds = given ?? defaultDeregistrationDelay;
    const isNetwork = isOfNetwork(props);
    const least = isNetwork ? networkMin : min;
    if (seconds >= least && seconds <= max) return [];
    return [
      {
        urn,
        subject: `TargetGroup "${name}"`,
        what: "deregistrationDelay",
        actual: given === undefined ? `not given, which makes it ${seconds} s` : `${seconds} s`,
        allowed: `from ${least} to ${max} s`,
        cure: isNetwork
          ? "Give the time that the longest connection takes; a Network Load Balancer may open new connections for two minutes more."
          : "Give the time that the longest request takes.",
      },
    ];
  },
});
