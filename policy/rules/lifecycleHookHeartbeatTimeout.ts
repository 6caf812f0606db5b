import { defaultHeartbeatTimeout, delivery, deliveryGrace, maxHeartbeatTimeout } from "../../timing";
import { resourcePolicy } from "../rule";
import { heartbeatTimeoutOf, hooksIn } from "../stack/hook";

/** A command that its agent does not fetch is given up after this long, seconds; a shorter hook would be over by then. */
const shortest = delivery + deliveryGrace;

/** Bounds for the heartbeat timeout of each hook by itself. */
export const lifecycleHookHeartbeatTimeout = resourcePolicy({
  name: "lifecycle-hook-heartbeat-timeout",
  what: "A lifecycle hook waits long enough for its handler, and not for hours.",
  why: "If it is too short, Auto Scaling goes on before the instance is ready or has stopped; if it is too long, an instance whose handler is lost hangs for all of it.",
  severity: "medium",
  enforcementLevel: "advisory",
  limits: { min: shortest, max: maxHeartbeatTimeout },
  schema: {
    min: { type: "integer", minimum: 30, maximum: maxHeartbeatTimeout, description: "Least seconds." },
    max: { type: "integer", minimum: 30, maximum: maxHeartbeatTimeout, description: "Most seconds." },
  },
  check: (resource, { max, min }) =>
    hooksIn(resource).flatMap((hook) => {
      const seconds = heartbeatTimeoutOf(hook);
      if (seconds === undefined || (seconds >= min && seconds <= max)) return [];
      return [
        {
          urn: resource.urn,
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
    }),
});
