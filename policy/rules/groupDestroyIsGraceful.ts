import { lifecycleTransitions } from "../../contract";
import type { Finding } from "../finding";
import { groupPolicy } from "../groupPolicy";
import { hooksAt, type Group } from "../stack/group";
import { initialHooksOf } from "../stack/hook";
import { booleanAt, known, notYetKnown, numberAt } from "../stack/value";

/**
 * A hook that is a resource refers to its group, so Pulumi deletes the hook first. DeleteLifecycleHook ends the wait of
 * the instances at the hook, and instances that the group then terminates run no hook (Auto Scaling,
 * DeleteLifecycleHook). Pulumi does not show policies the resource options deletedWith and retainOnDelete, which keep
 * such a hook: the level is advisory, and groups can be left out.
 */
export const groupDestroyIsGraceful = groupPolicy({
  name: "group-destroy-is-graceful",
  what: "A group is created with its lifecycle hooks on termination, so that they exist until its last instance is terminated.",
  why: "Pulumi deletes a hook that is a resource of its own before its group: at pulumi destroy, and where the group is replaced, all instances are terminated without notice.",
  severity: "high",
  enforcementLevel: "advisory",
  onAccount: false,
  exceptions: "whose hooks have deletedWith or retainOnDelete, or that may end at once",
  checkGroup: (group) => {
    const { props } = group.resource;
    const isForced = booleanAt(props, "forceDelete") === true;
    return isForced || known(numberAt(props, "maxSize")) === 0 ? [] : findingsOn(group);
  },
});

function findingsOn(group: Group): Finding[] {
  // A hook whose name is not yet known may be any of the group's hooks.
  if (initialHooksOf(group.resource).some(({ name }) => name === notYetKnown)) return [];
  return hooksAt(group, "terminate")
    .filter((hook) => hook.name !== notYetKnown && !group.hooksToTheEnd.includes(hook))
    .map((hook) => ({
      urn: hook.resource.urn,
      subject: hook.label,
      what: "its place",
      actual: "a resource of its own alone",
      allowed: `in initialLifecycleHooks of ${group.label} too, by the same name`,
      cure: `Write the hook for ${lifecycleTransitions.terminate} there; keep the resource with the option deletedWith if it has to change in place, or leave the group out by this policy's except.`,
    }));
}
