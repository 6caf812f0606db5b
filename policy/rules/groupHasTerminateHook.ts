import { lifecycleTransitions } from "../../contract";
import { groupPolicy } from "../groupPolicy";
import { hooksAt } from "../stack/group";

/** Every group has a hook that waits for its application to stop. */
export const groupHasTerminateHook = groupPolicy({
  name: "group-has-terminate-hook",
  what: "An Auto Scaling group has a lifecycle hook on termination.",
  why: "Without one an instance is shut down as soon as the load balancer has deregistered it, whatever it is still doing.",
  severity: "high",
  enforcementLevel: "advisory",
  onAccount: true,
  exceptions: "whose instances have nothing to finish",
  checkGroup: (group) => {
    const { hooks, label, mayHaveMoreHooks, resource } = group;
    if (mayHaveMoreHooks || hooksAt(group, "terminate").length > 0) return [];
    return [
      {
        urn: resource.urn,
        subject: label,
        what: "the number of hooks on termination",
        actual: hooks.length === 0 ? "0" : `0 (${hooks.length} on launch)`,
        allowed: "at least 1",
        cure: `Give it initialLifecycleHooks with one for ${lifecycleTransitions.terminate}, or a LifecycleHook; GracefulAutoScalingGroup and GracefulLifecycle bring theirs.`,
      },
    ];
  },
});
