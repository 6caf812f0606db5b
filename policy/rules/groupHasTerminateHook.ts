import { lifecycleTransitions } from "../../contract";
import { stackPolicy } from "../rule";
import { groupsOf, hooksAt } from "../stack/group";

/** Every group has something that waits for its application to stop. */
export const groupHasTerminateHook = stackPolicy({
  name: "group-has-terminate-hook",
  what: "An Auto Scaling group has a lifecycle hook on termination.",
  why: "Without one an instance is shut down as soon as the load balancer has let go of it, whatever it is still doing.",
  severity: "high",
  enforcementLevel: "advisory",
  limits: { except: [] as readonly string[] },
  schema: {
    except: {
      type: "array",
      items: { type: "string" },
      description: "Pulumi names of groups whose instances have nothing to finish.",
    },
  },
  check: (resources, { except }) =>
    groupsOf(resources)
      .filter((group) => group.isOurs && !group.mayHaveMoreHooks && hooksAt(group, "terminate").length === 0)
      .filter(({ resource }) => !except.includes(resource.name))
      .map(({ hooks, label, resource }) => ({
        urn: resource.urn,
        subject: label,
        what: "the number of hooks on termination",
        actual: hooks.length === 0 ? "0" : `0 (${hooks.length} on launch)`,
        allowed: "at least 1",
        cure: `Give it initialLifecycleHooks with one for ${lifecycleTransitions.terminate}, or a LifecycleHook; GracefulAutoScalingGroup and GracefulLifecycle bring theirs.`,
      })),
});
