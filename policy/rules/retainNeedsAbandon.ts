import { stackPolicy } from "../rule";
import { groupsOf, hooksAt } from "../stack/group";
import type { Resource } from "../stack/resource";
import { known, member, stringAt } from "../stack/value";

/**
 * An instance that is to be retained must not be terminated when its handler is lost. Another rule looks at groups
 * without hooks.
 */
export const retainNeedsAbandon = stackPolicy({
  name: "retain-needs-abandon",
  what: "A group that retains instances has ABANDON as the default result of its hooks on termination.",
  why: "Auto Scaling retains an instance only when its termination is abandoned; with CONTINUE Auto Scaling terminates it when the handler is lost, which is when you would want to look at it.",
  severity: "high",
  enforcementLevel: "mandatory",
  onAccount: true,
  limits: {},
  schema: {},
  check: (resources) =>
    groupsOf(resources)
      .filter(({ resource }) => retains(resource))
      .flatMap((group) => hooksAt(group, "terminate").map((hook) => ({ group, hook })))
      .filter(({ hook }) => known(hook.defaultResult) === "CONTINUE")
      .map(({ group, hook }) => ({
        urn: hook.resource.urn,
        subject: hook.label,
        what: "defaultResult",
        actual: "CONTINUE",
        allowed: `ABANDON, as ${group.label} retains instances whose hook was abandoned`,
        cure: "Give ABANDON, or set terminateHookAbandon in the group's instanceLifecyclePolicy to terminate.",
      })),
});

function retains({ props }: Resource): boolean {
  const triggers = member(member(props, "instanceLifecyclePolicy"), "retentionTriggers");
  return stringAt(triggers, "terminateHookAbandon") === "retain";
}
