import { Place, type PoolState, type Transition } from "../../contract";
import type { Due } from "../clock";
import type { InstanceBehaviour } from "../behaviour";
import { hasTargetGroup, type GroupSettings, type HookSettings, type WarmPoolSettings } from "../world";
import { whyItServes } from "./words";

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
  /** The warm pool; undefined where there is none, or none any more. */
  warmPool: WarmPoolSettings | undefined;
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
  /** Whether EC2 runs the machine. */
  isRunning: boolean;
  /** Whether the machine has ended, and can not be started again. */
  hasEnded: boolean;
  /** Whether it was ever InService. */
  hasServed: boolean;
  /** Whether it is registered with the target groups. */
  isRegistered: boolean;
  /** Where it comes from and where it goes to, as events name these places. */
  route: { readonly origin: Place; readonly destination: Place };
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
  /** Stops the machine, or starts it again with everything that is on its disk. */
  stop(instance: Instance): void;
  start(instance: Instance): void;
  /** Shuts the machine down, with everything that runs on it. */
  end(instance: Instance): void;
}

/** The state in which Auto Scaling wants an instance, in the words of the instance's metadata. */
export type TargetState =
  "InService" | "Terminated" | "Standby" | "Detached" | `Warmed:${PoolState | "Terminated"}`;

/**
 * The target lifecycle state, which changes when an instance prepares to pass from one state to another. An instance
 * whose root volume is replaced stays in service. Source: Auto Scaling, Retrieve the target lifecycle state.
 */
export function targetStateOf({ group, state }: Pick<Instance, "group" | "state">): TargetState {
  if (state.startsWith("Warmed:Terminat")) return "Warmed:Terminated";
  if (state.startsWith("Warmed:")) return `Warmed:${group.warmPool?.poolState ?? "Stopped"}`;
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

/** Whether an instance is in the warm pool, on its way into it, or on its way from there to its end. */
export function isInPool({ state }: Pick<Instance, "state">): boolean {
  return state.startsWith("Warmed:");
}

/** Whether an instance of the pool waits there to be used. */
export function isReady({ state }: Pick<Instance, "state">): boolean {
  return /^Warmed:(Stopped|Running|Hibernated)$/.test(state);
}

/** Instances in the warm pool that count towards its size. */
export function pooledInstances(group: Group): Instance[] {
  return [...group.instances.values()].filter(
    (one) => isReady(one) || /^Warmed:Pending(:Wait|:Proceed)?$/.test(one.state),
  );
}

/** A route that ends the instance, from where it is. */
export function wayOut(instance: Instance): Instance["route"] {
  return {
    origin: isInPool(instance) ? Place.WarmPool : Place.AutoScalingGroup,
    destination: Place.Ec2,
  };
}

/** Why an instance is in service once its launch hooks are done. */
export function inServiceReason({ group }: Instance): string {
  return whyItServes(hasTargetGroup(group.settings));
}

/** Whether a target group has to deregister an instance that is to go. */
export function isInTargetGroup({ group, isRegistered }: Instance): boolean {
  return isRegistered && hasTargetGroup(group.settings);
}
