import { by, edit, type Bug } from "../bug";

/** Mistakes of the policies: false alarms, and misses. */
export const policyBugs: readonly Bug[] = [
  {
    name: "policies blind to inputs",
    edits: edit("policy/stack/inputs.ts", "inputs.set(urn, props);", "inputs.delete(urn);"),
    caughtBy: by("policy/otherStacks", "hide no target group"),
  },
  {
    name: "filter policies not read",
    edits: edit(
      "policy/stack/handlers.ts",
      "return policy !== undefined && allows(policy, seen);",
      "return policy !== undefined || allows({}, seen);",
    ),
    caughtBy: by("policy/ways", "ends at a filter policy for another hook"),
  },
  {
    name: "rules heard on every bus",
    edits: edit(
      "policy/stack/eventRules.ts",
      "return !isDisabled && busOf(rule) === defaultBus;",
      "return !isDisabled;",
    ),
    caughtBy: by("policy/ways", "ends at a rule on another bus"),
  },
  {
    name: "targets of neighbouring hooks confused",
    edits: edit(
      "policy/stack/handlers.ts",
      "all.filter((one) => !named.includes(one))",
      'all.filter((one) => named.length >= 0 && isKind(one, "topic"))',
    ),
    caughtBy: by("policy/ways", "leads through the remaining topic where the other topics are known"),
  },
  {
    name: "hook alone counted on destroy",
    edits: edit(
      "policy/rules/groupDeleteTimeoutCoversDrain.ts",
      "hooksAt({ hooks: group.hooksToTheEnd }, ",
      "hooksAt(group, ",
    ),
    caughtBy: by("policy/group", "does not count hooks and attachments that are resources alone"),
  },
  {
    name: "ECS not known to drain",
    edits: edit(
      "policy/stack/others.ts",
      'known(stringAt(settingsOf(one), "managedDraining")) !== "DISABLED"',
      'known(stringAt(settingsOf(one), "managedDraining")) === "ENABLED"',
    ),
    caughtBy: by("policy/otherStacks", "have a hook of ECS, unless managed draining is disabled"),
  },
  {
    name: "misspelled limit taken",
    edits: edit(
      "policy/rule.ts",
      'refuseUnknown("limit", Object.keys(config), allowed,',
      'refuseUnknown("limit", [], allowed,',
    ),
    caughtBy: by("policy/configuration", "is refused where the engine gives an unknown limit"),
  },
];
