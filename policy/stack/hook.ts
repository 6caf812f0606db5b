import { decodeInstructions, lifecycleTransitions, type Instructions, type Transition } from "../../contract";
import { defaultHeartbeatTimeout, schedule, type Schedule } from "../../timing";
import { isKind, type Resource } from "./resource";
import { known, listAt, notYetKnown, numberAt, stringAt, type Value } from "./value";

/** A lifecycle hook: a resource of its own, or an initial hook of a group. */
export interface Hook {
  /** The resource in which the hook is written. */
  readonly resource: Resource;
  readonly groupName: Value<string>;
  readonly groupArn: Value<string>;
  /** How a finding names the hook. */
  readonly label: string;
  readonly name: Value<string>;
  readonly transition: Value<Transition>;
  readonly heartbeatTimeout: Value<number>;
  readonly defaultResult: Value<string>;
  readonly metadata: Value<string>;
  readonly notificationTarget: Value<string>;
  /** Targets of other hooks that are written in the same property. */
  readonly targetsBeside: readonly Value<string>[];
  /** The property under which Pulumi keeps the dependencies of a property of the hook. */
  readonly dependencyOf: (property: string) => string;
}

const initialHooks = "initialLifecycleHooks";

/** A hook that is a resource of its own. */
export function hookOf(resource: Resource): Hook {
  const label = `LifecycleHook "${resource.name}"`;
  return {
    ...settingsOf(resource.props),
    resource,
    groupName: stringAt(resource.props, "autoscalingGroupName"),
    groupArn: notYetKnown,
    label,
    targetsBeside: [],
    dependencyOf: (property) => property,
  };
}

/** The hooks that a group is created with. */
export function initialHooksOf(group: Resource): Hook[] {
  const all = listAt(group.props, initialHooks).map(settingsOf);
  return all.map((settings) => ({
    ...settings,
    resource: group,
    groupName: stringAt(group.props, "name"),
    groupArn: stringAt(group.props, "arn"),
    label: `${initialHooks} "${known(settings.name) ?? ""}" of Group "${group.name}"`,
    targetsBeside: all
      .filter((other) => other !== settings)
      .map(({ notificationTarget }) => notificationTarget),
    dependencyOf: () => initialHooks,
  }));
}

/** Whether a group keeps its initial hooks, whatever the program says of them now. */
export function keepsInitialHooks({ opts }: Resource): boolean {
  return opts.ignoreChanges.some((path) => path === initialHooks || path.startsWith(`${initialHooks}[`));
}

/**
 * The hooks that are written in a resource and certainly apply. If a group ignores changes of its initial hooks, only
 * the whole stack shows which of these hooks have become resources.
 */
export function hooksIn(resource: Resource): Hook[] {
  if (isKind(resource, "hook")) return [hookOf(resource)];
  return isKind(resource, "group") && !keepsInitialHooks(resource) ? initialHooksOf(resource) : [];
}

/** The heartbeat timeout of a hook, Auto Scaling's default where none is given; undefined if it is not yet known. */
export function heartbeatTimeoutOf({ heartbeatTimeout }: Pick<Hook, "heartbeatTimeout">): number | undefined {
  return heartbeatTimeout === notYetKnown ? undefined : (heartbeatTimeout ?? defaultHeartbeatTimeout);
}

/** The schedule of a hook that carries the instructions of graceful-asg; undefined for any other hook. */
export function scheduleOf(hook: Hook): Schedule | undefined {
  const instructions = instructionsOf(hook);
  const heartbeatTimeout = heartbeatTimeoutOf(hook);
  if (instructions === undefined || heartbeatTimeout === undefined) return undefined;
  const { agentTimeout, drain, execution, maxWait } = instructions;
  const turnWait = drain?.maxWait ?? 0;
  return schedule({ timeout: execution - maxWait, maxWait, agentTimeout, turnWait, heartbeatTimeout });
}

/**
 * How long an instance waits at the hook in the worst case, seconds after its deregistration: the total of the
 * instructions, lost events included, else the heartbeat timeout. A wait for a turn counts from before the
 * deregistration. Undefined if that is not yet known.
 */
export function waitOf(hook: Hook): number | undefined {
  if (hook.metadata === notYetKnown) return undefined;
  const { total, turnWait } = scheduleOf(hook) ?? { total: heartbeatTimeoutOf(hook), turnWait: 0 };
  const before = Math.min(turnWait, instructionsOf(hook)?.deregistrationDelay ?? 0);
  return total === undefined ? undefined : total - before;
}

/** The instructions of graceful-asg that a hook carries; undefined for any other hook. */
export function instructionsOf({ metadata }: Pick<Hook, "metadata">): Instructions | undefined {
  return metadata === notYetKnown ? undefined : decodeInstructions(metadata);
}

type Settings = Omit<
  Hook,
  "resource" | "groupName" | "groupArn" | "label" | "targetsBeside" | "dependencyOf"
>;

function settingsOf(settings: unknown): Settings {
  return {
    name: stringAt(settings, "name"),
    transition: transitionOf(stringAt(settings, "lifecycleTransition")),
    heartbeatTimeout: numberAt(settings, "heartbeatTimeout"),
    defaultResult: stringAt(settings, "defaultResult"),
    metadata: stringAt(settings, "notificationMetadata"),
    notificationTarget: stringAt(settings, "notificationTargetArn"),
  };
}

function transitionOf(lifecycleTransition: Value<string>): Value<Transition> {
  if (lifecycleTransition === notYetKnown) return notYetKnown;
  if (lifecycleTransition === lifecycleTransitions.launch) return "launch";
  return lifecycleTransition === lifecycleTransitions.terminate ? "terminate" : undefined;
}
