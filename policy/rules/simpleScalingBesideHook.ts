import { stackPolicy } from "../rule";
import { groupsOf } from "../stack/group";
import { referentsOf } from "../stack/reference";
import { ofKind } from "../stack/resource";
import { known, stringAt } from "../stack/value";

/**
 * The cooldown of simple scaling begins when the lifecycle actions are completed, and until the cooldown ends no simple
 * scaling policy scales the group (Auto Scaling, scaling cooldowns, "lifecycle hooks can cause additional delays").
 */
export const simpleScalingBesideHook = stackPolicy({
  name: "simple-scaling-beside-hook",
  what: "A group with lifecycle hooks is scaled by target tracking or by steps.",
  why: "Simple scaling pauses while an instance waits at a hook, and for its cooldown after that: the group neither grows nor shrinks meanwhile, whatever its load.",
  severity: "medium",
  enforcementLevel: "advisory",
  onAccount: true,
  limits: {},
  schema: {},
  check: (resources) => {
    const groups = groupsOf(resources);
    return ofKind(resources, "scalingPolicy").flatMap((policy) => {
      if (known(stringAt(policy.props, "policyType")) !== "SimpleScaling") return [];
      const { found } = referentsOf(
        policy,
        "autoscalingGroupName",
        groups.map(({ resource }) => resource),
      );
      return groups
        .filter(({ hooks, resource }) => found.includes(resource) && hooks.length > 0)
        .map(({ hooks, label }) => ({
          urn: policy.urn,
          subject: `Policy "${policy.name}"`,
          what: "policyType",
          actual: "SimpleScaling",
          allowed: `TargetTrackingScaling or StepScaling, as ${label} has ${hooks[0]?.label ?? "hooks"}`,
          cure: "Give one of these two; their scaling does not wait for a cooldown.",
        }));
    });
  },
});
