import { instructionsOf, type Hook } from "../../../policy/stack/hook";
import { groupsOf, hooksAt, longestDeregistration, longestWait } from "../../../policy/stack/group";
import { functionsOf } from "../../../policy/stack/handlers";
import { documentAt } from "../../../policy/stack/document";
import { heartbeatTimeoutOf } from "../../../policy/stack/hook";
import { parts } from "../../../policy/stack/parts";
import { known, member, stringAt } from "../../../policy/stack/value";
import { Transport } from "../../../contract";
import { scaleInTime } from "../../../timing";
import type { LiveGroup } from "./liveGroup";

/** How a group's instances come to their end. */
export interface Drain {
  /** Whether a hook on termination holds the instances. */
  readonly drains: boolean;
  readonly hooks: readonly DrainHook[];
  /** Longest time of a scale-in until EC2 terminates the instance, seconds. */
  readonly atMost: number;
  /** The terms of `atMost`, in words; empty for no time at all. */
  readonly terms: string;
}

/** A hook on termination. */
export interface DrainHook {
  readonly name: string;
  /** Functions that get its events. */
  readonly functions: readonly string[];
  /** The document that runs; undefined if none is known. */
  readonly document: string | undefined;
  readonly transport: "sns" | "sqs" | "eventbridge" | undefined;
  /** What happens if nobody answers. */
  readonly unanswered: {
    /** Seconds until Auto Scaling applies the default result. */
    readonly after: number;
    readonly defaultResult: string;
    readonly instance: "terminated" | "retained";
  };
}

/** What the next scale-in of a group does. */
export function drainOf({ resources }: Pick<LiveGroup, "resources">): Drain {
  const [group] = groupsOf(resources);
  if (group === undefined) return { drains: false, hooks: [], atMost: 0, terms: "" };
  const hooks = hooksAt(group, "terminate");
  const deregistration = longestDeregistration(group.targetGroups);
  const wait = longestWait(hooks);
  const triggers = member(member(group.resource.props, "instanceLifecyclePolicy"), "retentionTriggers");
  const retains = stringAt(triggers, "terminateHookAbandon") === "retain";
  return {
    drains: hooks.length > 0,
    hooks: hooks.map((hook) => {
      const functions = functionsOf(resources, hook).map(({ name }) => name);
      const result = known(hook.defaultResult) ?? "ABANDON";
      return {
        name: hook.resource.name,
        functions,
        document: instructionsOf(hook)?.document ?? documentAt(resources, hook)?.document.name,
        transport: transportOf(hook, functions),
        unanswered: {
          after: heartbeatTimeoutOf(hook) ?? 0,
          defaultResult: result,
          instance: retains && result === "ABANDON" ? "retained" : "terminated",
        },
      };
    }),
    atMost: scaleInTime({
      deregistrationDelay: deregistration?.seconds ?? 0,
      wait: wait?.seconds ?? 0,
    }),
    terms: parts(deregistration, wait),
  };
}

/** How the events of a hook leave Auto Scaling. */
function transportOf(hook: Hook, functions: readonly string[]): DrainHook["transport"] {
  const target = known(hook.notificationTarget);
  if (target !== undefined && target !== "") return target.split(":")[2] === "sqs" ? "sqs" : Transport.Sns;
  return functions.length > 0 ? Transport.EventBridge : undefined;
}
