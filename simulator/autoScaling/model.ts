import type { Transition } from "../../contract";
import type { Due } from "../clock";
import type { InstanceBehaviour } from "../behaviour";
import { hasTargetGroup, type GroupSettings, type HookSettings } from "../world";

/** An Auto Scaling group as it stands. */
export interface Group {
  readonly settings: GroupSettings;
  readonly hooks: Map<string, HookSettings>;
  tags: Readonly<Record<string, string>>;
  readonly instances: Map<string, Instance>;
  /** Newest last. */
  readonly activities: Activity[];
  /** Processes that somebody has suspended. */
  readonly suspended: Set<Process>;
  desired: number;
  launched: number;
}

/** Processes that can be suspended, as far as simulated. Source: Auto Scaling, Suspend and resume processes. */
export type Process = "Launch" | "Terminate" | "HealthCheck" | "ReplaceUnhealthy";

/** An instance of a group. */
export interface Instance {
  readonly id: string;
  readonly group: Group;
  /** Number in its group. */
  readonly index: number;
  readonly zone: string;
  /** Whether it is protected from scale-in. */
  isProtected: boolean;
  state: string;
  health: "Healthy" | "Unhealthy";
  /** Whether EC2 still runs the machine. */
  isRunning: boolean;
  /** Whether it was ever InService. */
  hasServed: boolean;
  /** Whether an instance refresh replaces its root volume, for which it passes the hooks of a termination. */
  isRenewed: boolean;
  /** Whether EC2 has warned that it interrupts the Spot instance. */
  isInterrupted: boolean;
  tags: Readonly<Record<string, string>>;
  activity: Activity | undefined;
  /** Actions of the hooks at which it waits. */
  actions: Action[];
}

/** A scaling activity. */
export interface Activity {
  readonly id: string;
  readonly instance: string;
  readonly description: string;
  readonly cause: string;
  readonly startTime: number;
  endTime: number | undefined;
  statusCode: string;
  statusMessage: string;
  progress: number;
}

/** A lifecycle action: an instance waits at a hook. */
export interface Action {
  readonly token: string;
  readonly hook: HookSettings;
  readonly transition: Transition;
  /** When Auto Scaling ends it, heartbeats or not. */
  readonly globalDeadline: number;
  /** Applies the default result. */
  timer: Due;
}

/** What EC2 does for Auto Scaling. */
export interface Machines {
  launch(instance: Instance): InstanceBehaviour;
  /** The stop hook fires: the incidents of an instance count from here. */
  stopHook(instance: Instance): void;
  /** Boots the machine from a new root volume. */
  renew(instance: Instance): void;
  /** Shuts the machine down, with everything that runs on it. */
  end(instance: Instance): void;
}

/** The state in which Auto Scaling wants an instance, in the words of the instance's metadata. */
export type TargetState =
  "InService" | "Terminated" | "Standby" | "Detached" | "Warmed:Stopped" | "Warmed:Terminated";

/**
 * The target lifecycle state, which changes when an instance prepares to pass from one state to another. An instance
 * whose root volume is replaced stays in service. Source: Auto Scaling, Retrieve the target lifecycle state.
 */
export function targetStateOf({ state }: Pick<Instance, "state">): TargetState {
  if (state.startsWith("Warmed:Terminat")) return "Warmed:Terminated";
  if (state.startsWith("Warmed:")) return "Warmed:Stopped";
  if (state.startsWith("Terminat")) return "Terminated";
  if (state.startsWith("Detach")) return "Detached";
  return state.endsWith("Standby") ? "Standby" : "InService";
}

/** States in which an instance counts towards the desired capacity. */
const counted = new Set([
  "Pending",
  "Pending:Wait",
  "Pending:Proceed",
  "InService",
  "ReplacingRootVolume",
  "ReplacingRootVolume:Wait",
  "ReplacingRootVolume:Proceed",
  "RootVolumeReplaced",
]);

/** Instances that count towards the desired capacity. */
export function countedInstances(group: Group): Instance[] {
  return [...group.instances.values()].filter(({ state }) => counted.has(state));
}

/** Whether an instance is in the warm pool, or on its way out of it. */
export function isInPool({ state }: Instance): boolean {
  return state.startsWith("Warmed:");
}

/** Why an instance is in service once its launch hooks are done. */
export function inServiceReason({ group }: Instance): string {
  return hasTargetGroup(group.settings)
    ? "it is registered with the target group"
    : "its launch hooks are done";
}

/** What a target group does when its instance is to go, as the end of a sentence; nothing without a target group. */
export function deregistration({ group, hasServed }: Instance): string {
  return hasServed && hasTargetGroup(group.settings) ? "; its target group deregisters it" : "";
}
