import type { Instructions, Transition } from "../contract";

/** Everything that a decision about one waiting instance rests on. Instants are milliseconds since 1970. */
export interface Situation {
  readonly transition: Transition;
  readonly instructions: Instructions;
  /** The hook's heartbeat timeout, seconds. */
  readonly heartbeatTimeout: number;
  /** Whether the instance is in the wait state of this transition. */
  readonly waiting: boolean;
  /** Commands of this document on this instance, oldest first; of earlier lifecycle actions too. */
  readonly commands: readonly Command[];
  /** Commands sent before this are not among them. */
  readonly listedSince: number;
  /** Whether an instance may pass this hook more than once: old commands prove nothing then. */
  readonly repeats: boolean;
  /** False when SSM has just refused the instance. */
  readonly reachable: boolean;
  /** Whether the user's probe says that the instance is busy. */
  readonly busy: boolean;
  /** When the wait began, if an event said so. */
  readonly since: number | undefined;
  /** The scaling activity behind the wait; read only when a decision asks for it. */
  readonly activity: Activity | undefined;
  readonly now: number;
  /** When a sweep last saw to it; heartbeats are due on the first look into their slot. */
  readonly previousLook: number;
}

/** A command on one instance. */
export interface Command {
  readonly id: string;
  readonly requestedAt: number;
  readonly status: CommandStatus;
  /** Whether it was sent ahead of the wait that it is for, at a Spot warning. Defaults to false. */
  readonly early?: boolean;
}

/**
 * Where a command stands on an instance. `undelivered`: it never reached the agent; `cancelled`: somebody, possibly
 * this handler, took it back, whether or not it had begun.
 */
export type CommandStatus = "pending" | "running" | "succeeded" | "failed" | "undelivered" | "cancelled";

/** What Auto Scaling says about why an instance is on its way. */
export interface Activity {
  readonly startedAt: number;
  /** Sentences for people; the only place that says whether the instance ever served. */
  readonly cause: string;
  /**
   * Whether an earlier activity of the same kind was cancelled, as that of a retained instance is. Looked for only where
   * the failure policy retains; false otherwise.
   */
  readonly retainedBefore: boolean;
}
