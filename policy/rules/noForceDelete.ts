import { groupPolicy } from "../groupPolicy";
import { hooksAt, type Group } from "../stack/group";
import { booleanAt } from "../stack/value";

/**
 * Auto Scaling runs no lifecycle hooks when a group is deleted by force (Auto Scaling, lifecycle hooks, availability).
 * A group whose instances have nothing to finish may be deleted by force.
 */
export const noForceDelete = groupPolicy({
  name: "no-force-delete",
  what: "A group whose instances drain is not deleted by force.",
  why: "With forceDelete the provider does not scale in, and Auto Scaling ends all instances at once, without their lifecycle hooks; a group that retains instances it refuses to delete.",
  severity: "high",
  enforcementLevel: "mandatory",
  exceptions: "whose instances may end at once",
  checkGroup: (group) => {
    const { label, resource } = group;
    if (booleanAt(resource.props, "forceDelete") !== true || !drains(group)) return [];
    return [
      {
        urn: resource.urn,
        subject: label,
        what: "forceDelete",
        actual: "true",
        allowed: "false, as the group has a hook on termination or a target group",
        cure: "Leave it out, and give the resource option customTimeouts the time that the instances need.",
      },
    ];
  },
});

function drains(group: Group): boolean {
  return hooksAt(group, "terminate").length > 0 || group.targetGroups.length > 0;
}
