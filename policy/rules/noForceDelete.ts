import { groupPolicy } from "../groupPolicy";
import { hooksAt, type Group } from "../stack/group";
import { booleanAt, member } from "../stack/value";

/**
 * Auto Scaling runs no lifecycle hooks when a group is deleted by force (Auto Scaling, lifecycle hooks, availability),
 * and deletes the lifecycle actions of a warm pool that is deleted by force (Auto Scaling API, DeleteWarmPool). A group
 * whose instances have nothing to finish may be deleted by force.
 */
export const noForceDelete = groupPolicy({
  name: "no-force-delete",
  what: "A group whose instances drain is not deleted by force.",
  why: "With forceDelete the provider does not scale in, and Auto Scaling ends all instances at once, without their lifecycle hooks; a group that retains instances it refuses to delete. forceDeleteWarmPool does so with the instances of the warm pool.",
  severity: "high",
  enforcementLevel: "mandatory",
  onAccount: false,
  exceptions: "whose instances may end at once",
  checkGroup: (group) =>
    forced(group).map(({ argument, why }) => ({
      urn: group.resource.urn,
      subject: group.label,
      what: argument,
      actual: "true",
      allowed: `false, as the group has ${why}`,
      cure: "Leave it out, and give the resource option customTimeouts the time that the instances need.",
    })),
});

/** The arguments by which instances are deleted that have something to finish. */
function forced(group: Group) {
  const { props } = group.resource;
  const hasHook = hooksAt(group, "terminate").length > 0;
  const drains = hasHook || group.targetGroups.length > 0;
  // The instances of a warm pool are targets of nothing.
  const drainsPool = hasHook && member(props, "warmPool") !== undefined;
  return [
    { argument: "forceDelete", applies: drains, why: "a hook on termination or a target group" },
    { argument: "forceDeleteWarmPool", applies: drainsPool, why: "a hook on termination and a warm pool" },
  ].filter(({ applies, argument }) => applies && booleanAt(props, argument) === true);
}
