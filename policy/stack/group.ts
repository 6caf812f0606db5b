import type { Transition } from "../../contract";
import { defaultDeregistrationDelay } from "../../timing";
import { hookOf, initialHooksOf, keepsInitialHooks, waitOf, type Hook } from "./hook";
import { isOfOthers, othersMayHook } from "./others";
import { longest, type Part } from "./parts";
import { referentsOf, sourcesOf } from "./reference";
import { ofKind, type Resource, type Resources } from "./resource";
import { attachedTargetGroups, ownTargetGroups } from "./targetGroups";
import { notYetKnown, numberAt, stringAt } from "./value";

/** An Auto Scaling group with its hooks and target groups. */
export interface Group {
  readonly resource: Resource;
  /** How a finding names the group. */
  readonly label: string;
  /** Whether this program makes and deletes the group. */
  readonly isOurs: boolean;
  /** Hooks that are resources, and initial hooks of the group that no resource of the same name has changed since. */
  readonly hooks: readonly Hook[];
  /** Hooks that exist as long as the group: the group is created with hooks of these names. */
  readonly hooksToTheEnd: readonly Hook[];
  /** Whether there may be more hooks: hooks that only the update shows, or hooks that another service makes. */
  readonly mayHaveMoreHooks: boolean;
  /** Target groups of this stack with which the group's instances are registered. */
  readonly targetGroups: readonly Resource[];
  /** Target groups that the group itself names, without the target groups of attachments. */
  readonly targetGroupsToTheEnd: readonly Resource[];
}

/** The groups of a stack. */
export function groupsOf(resources: Resources): Group[] {
  const groups = ofKind(resources, "group");
  const hooks = hookResources(resources, groups);
  return groups.map((resource) => {
    const own = hooks.filter(({ of }) => of.found.includes(resource)).map(({ hook }) => hook);
    const initial = initialHooksOf(resource);
    const names = new Set(own.map(({ name }) => name));
    const born = initial.filter(({ name }) => !names.has(name));
    const all = [...own, ...born];
    const targetGroups = ownTargetGroups(resources, resource);
    return {
      resource,
      label: `Group "${resource.name}"`,
      isOurs: !isOfOthers(resource),
      hooks: all,
      hooksToTheEnd: all.filter(({ name }) => initial.some((one) => one.name === name)),
      mayHaveMoreHooks:
        hooks.some(({ of }) => of.isOpen) ||
        all.some(({ transition }) => transition === notYetKnown) ||
        othersMayHook(resources, resource),
      targetGroups: [...new Set([...targetGroups, ...attachedTargetGroups(resources, resource)])],
      targetGroupsToTheEnd: targetGroups,
    };
  });
}

/** All hooks of a stack: the hooks of its groups, and the hooks on groups that are not part of the stack. */
export function hooksOf(resources: Resources): Hook[] {
  const groups = groupsOf(resources);
  const placed = new Set(groups.flatMap(({ hooks }) => hooks.map(({ resource }) => resource)));
  const others = ofKind(resources, "hook").filter((one) => !placed.has(one));
  return [...groups.flatMap(({ hooks }) => hooks), ...others.map(hookOf)];
}

/**
 * Initial hooks that a group keeps, as the group ignores changes of its initial hooks and no resource of the same name
 * replaces them.
 */
export function hooksKeptFromBirth(resources: Resources): Hook[] {
  return groupsOf(resources).flatMap(({ hooks, resource }) =>
    keepsInitialHooks(resource) ? hooks.filter((hook) => hook.resource === resource) : [],
  );
}

/** The hooks of a group at a transition. */
export function hooksAt({ hooks }: Pick<Group, "hooks">, transition: Transition): Hook[] {
  return hooks.filter((hook) => hook.transition === transition);
}

/**
 * The longest wait at some hooks; undefined if no wait is known. Auto Scaling may hold an instance at several hooks at
 * once or one after the other: its documentation does not say which, so only the longest wait is certain.
 */
export function longestWait(hooks: readonly Hook[]): Part | undefined {
  return longest(hooks.map((hook) => ({ seconds: waitOf(hook), what: `at ${hook.label}` })));
}

/** The longest deregistration delay of some target groups; undefined if no delay is known. */
export function longestDeregistration(targetGroups: readonly Resource[]): Part | undefined {
  return longest(
    targetGroups.map(({ name, props }) => {
      const delay = numberAt(props, "deregistrationDelay");
      return {
        seconds: delay === notYetKnown ? undefined : (delay ?? defaultDeregistrationDelay),
        what: `deregistrationDelay of TargetGroup "${name}"`,
      };
    }),
  );
}

/** The hooks that are resources, with the groups that each is put on. */
function hookResources(resources: Resources, groups: readonly Resource[]) {
  const nodeGroups = ofKind(resources, "nodeGroup");
  return ofKind(resources, "hook").map((resource) => {
    const { found, isOpen } = referentsOf(resource, "autoscalingGroupName", groups);
    const [group] = found;
    // EKS itself makes the group of a node group; that group is not part of this stack.
    const isOfNodeGroup = sourcesOf(resource, "autoscalingGroupName", nodeGroups).length > 0;
    const hook = hookOf(resource);
    return {
      hook: group === undefined ? hook : { ...hook, ...identityOf(group) },
      of: { found, isOpen: isOpen && !isOfNodeGroup },
    };
  });
}

function identityOf({ props }: Resource): Pick<Hook, "groupName" | "groupArn"> {
  return { groupName: stringAt(props, "name"), groupArn: stringAt(props, "arn") };
}
