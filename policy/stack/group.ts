import type { Transition } from "../../contract";
import { defaultDeregistrationDelay } from "../../timing";
import { hookOf, initialHooksOf, waitOf, type Hook } from "./hook";
import { longest, type Part } from "./parts";
import { referents, referentsOf, referentsOfList, type Referents } from "./reference";
import { ofKind, type Resource, type Resources } from "./resource";
import { listAt, notYetKnown, numberAt, stringAt } from "./value";

/** An Auto Scaling group with what belongs to it. */
export interface Group {
  readonly resource: Resource;
  /** How a finding calls it. */
  readonly label: string;
  /** Hooks that are resources, and those that it is born with and that no resource of the same name has changed since. */
  readonly hooks: readonly Hook[];
  /** Whether there may be more hooks, which only the update will tell. */
  readonly mayHaveMoreHooks: boolean;
  /** Target groups of this stack that its instances are registered with. */
  readonly targetGroups: readonly Resource[];
}

/** The groups of a stack. */
export function groupsOf(resources: Resources): Group[] {
  const groups = ofKind(resources, "group");
  const hooks = ofKind(resources, "hook").map((resource) => ({
    hook: hookOf(resource),
    of: referentsOf(resource, "autoscalingGroupName", groups),
  }));
  return groups.map((resource) => {
    const own = hooks.filter(({ of }) => of.found.includes(resource)).map(({ hook }) => hook);
    const names = new Set(own.map(({ name }) => name));
    const born = initialHooksOf(resource).filter(({ name }) => !names.has(name));
    const all = [...own, ...born];
    return {
      resource,
      label: `Group "${resource.name}"`,
      hooks: all,
      mayHaveMoreHooks:
        hooks.some(({ of }) => of.isOpen) || all.some(({ transition }) => transition === notYetKnown),
      targetGroups: targetGroupsOf(resources, resource),
    };
  });
}

/** The hooks of a group at a transition. */
export function hooksAt({ hooks }: Group, transition: Transition): Hook[] {
  return hooks.filter((hook) => hook.transition === transition);
}

/**
 * The longest wait of a group at a transition; undefined if there is none that is known. Auto Scaling may hold an
 * instance at several hooks at once or one after the other: it says nowhere which, so only the longest is certain.
 */
export function longestWait(group: Group, transition: Transition): Part | undefined {
  return longest(
    hooksAt(group, transition).map((hook) => ({ seconds: waitOf(hook), what: `at ${hook.label}` })),
  );
}

/** The longest deregistration delay of a group; undefined if there is none that is known. */
export function longestDeregistration({ targetGroups }: Group): Part | undefined {
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

function targetGroupsOf(resources: Resources, group: Resource): Resource[] {
  const candidates = ofKind(resources, "targetGroup");
  const sources = listAt(group.props, "trafficSources").map((source) => stringAt(source, "identifier"));
  const attached = ofKind(resources, "attachment")
    .filter((one) => referentsOf(one, "autoscalingGroupName", [group]).found.length > 0)
    .map((one) => referentsOf(one, "lbTargetGroupArn", candidates));
  const all: Referents[] = [
    referentsOfList(group, "targetGroupArns", candidates),
    referents(group, "trafficSources", sources, candidates),
    ...attached,
  ];
  return [...new Set(all.flatMap(({ found }) => found))];
}
