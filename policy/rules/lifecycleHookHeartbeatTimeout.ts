import { defaultHeartbeatTimeout, delivery, deliveryGrace, maxHeartbeatTimeout } from "../../timing";
import type { Finding } from "../finding";
import { resourcePolicy } from "../rule";
import { seconds } from "../schema";
import { hooksKeptFromBirth } from "../stack/group";
import { heartbeatTimeoutOf, hooksIn, type Hook } from "../stack/hook";

/**
 * Seconds after which the handler gives up a command that the agent does not fetch; a shorter hook would be over by
 * then.
 */
const shortest = delivery + deliveryGrace;

/** Bounds for the heartbeat timeout of each hook by itself. */
export const lifecycleHookHeartbeatTimeout = resourcePolicy({
  name: "lifecycle-hook-heartbeat-timeout",
  what: "A lifecycle hook waits long enough for its handler, and not for hours.",
  why: "If it is too short, Auto Scaling goes on before the instance is ready or has stopped; if it is too long, an instance whose handler is lost waits for all of it.",
  severity: "medium",
  enforcementLevel: "advisory",
  onAccount: true,
  limits: { min: shortest, max: maxHeartbeatTimeout },
  schema: {
    min: seconds("Least seconds.", { minimum: 30, maximum: maxHeartbeatTimeout }),
    max: seconds("Most seconds.", { minimum: 30, maximum: maxHeartbeatTimeout }),
  },
  check: (resource, limits) => hooksIn(resource).flatMap((hook) => findingsOn(hook, limits)),
  checkStack: (resources, limits) =>
    hooksKeptFromBirth(resources).flatMap((hook) => findingsOn(hook, limits)),
});

function findingsOn(hook: Hook, { max, min }: { readonly max: number; readonly min: number }): Finding[] {
  const seconds = heartbeatTimeoutOf(hook);
  if (seconds === undefined || (seconds >= min && seconds <= max)) return [];
  return [
    {
      urn: hook.resource.urn,
      subject: hook.label,
      what: "heartbeatTimeout",
      actual:
        hook.heartbeatTimeout === undefined
          ? `not given, which makes it ${defaultHeartbeatTimeout} s`
          : `${seconds} s`,
      allowed: `from ${min} to ${max} s`,
      cure: "Give the time that the handler may take, and some minutes for events that are lost.",
    },
  ];
}
