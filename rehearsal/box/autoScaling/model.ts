import type { Transition } from "../../../contract";
import type { Due } from "../clock";
import type { InstanceConduct } from "../conduct";
import type { GroupSettings, HookSettings } from "../world";

/** An Auto Scaling group as it stands. */
export interface Group {
  readonly settings: GroupSettings;
  readonly hooks: Map<string, HookSettings>;
  readonly instances: Map<string, Instance>;
  /** Newest last. */
  readonly activities: Activity[];
  desired: number;
  launched: number;
}

/** An instance of a group. */
export interface Instance {
  readonly id: string;
  readonly group: Group;
  /** Number in its group. */
  readonly index: number;
  state: string;
  health: "Healthy" | "Unhealthy";
  /** Whether EC2 still runs the machine. */
  isRunning: boolean;
  /** Whether it was ever InService. */
  hasServed: boolean;
  /** Whether an instance refresh replaces its root volume, for which it passes the hooks of a termination. */
  isRenewed: boolean;
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

/** What EC2 does at the word of Auto Scaling. */
export interface Machines {
  launch(instance: Instance): InstanceConduct;
  /** The stop hook fires: what befalls an instance is counted from here. */
  stopHook(instance: Instance): void;
  /** Boots the machine from a new root volume. */
  renew(instance: Instance): void;
  /** Shuts the machine down, and with it whatever runs on it. */
  end(instance: Instance): void;
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
