import { maxAnnounceTimeout, minTimeout } from "./limits";
import { deregistrationDelayOf, type Plan } from "./plan";
import { outside, type Violation } from "./violation";

/** A script that tells an instance that it was chosen: how long it takes. */
export function checkAnnounceTimeout({ announce }: Plan): Violation[] {
  return outside(
    "terminate.announce.timeout",
    announce?.timeout,
    { min: minTimeout, max: maxAnnounceTimeout },
    "seconds",
    "Give the longest time that the script may take; the SSM agent takes less than 5 s for an hour.",
  );
}

/** Whether there is any time between the choice of an instance and its stop script. */
export function checkAnnounce(plan: Plan): Violation[] {
  if (plan.announce === undefined || plan.drain !== undefined || deregistrationDelayOf(plan) > 0) return [];
  return [
    {
      argument: "terminate.announce",
      value: Symbol("given"),
      allowed:
        "left out where the stop script starts at once: no target group takes time to deregister the instance, and instances do not take turns",
      cure: "Let terminate.script do the same first, or give targetGroup, targetGroups (on an existing group deregistrationDelay) or drain.",
    },
  ];
}
