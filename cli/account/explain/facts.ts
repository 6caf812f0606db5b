import type { PoolState, Transition } from "../../../contract";
import type { AccountHook } from "../hooks";

/** What an account tells of one instance. Instants are milliseconds since 1970. */
export interface Facts {
  readonly instance: string;
  readonly region: string;
  readonly now: number;
  /** Name of its group; undefined if nothing tells. */
  readonly group: string | undefined;
  /** Its lifecycle state; undefined once it has left the group. */
  readonly lifecycleState: string | undefined;
  /** The group as it is now; undefined where the group is gone or could not be read. */
  readonly settings: GroupFacts | undefined;
  readonly handlers: readonly string[];
  /** Oldest first. */
  readonly activities: readonly ActivityFacts[];
  /** Commands of a handler, oldest first. */
  readonly commands: readonly CommandFacts[];
  /** Whether all commands could be read. */
  readonly hasCommands: boolean;
  /** Lines of the handlers' logs that name the instance, oldest first. */
  readonly log: readonly LogFacts[];
  /** Whether the logs could be read. */
  readonly hasLog: boolean;
  /** What could not be read, as sentences. */
  readonly gaps: readonly string[];
}

/** A group as it is now, which may differ from the group that the instance passed through. */
export interface GroupFacts {
  readonly hasTargetGroup: boolean;
  readonly poolState: PoolState | undefined;
  readonly hooks: readonly AccountHook[];
}

/** A scaling activity that names the instance. */
export interface ActivityFacts {
  readonly id: string;
  readonly group: string;
  readonly description: string;
  readonly cause: string;
  readonly startedAt: number;
  /** Whole seconds; undefined while the activity goes on. */
  readonly endedAt: number | undefined;
  readonly statusCode: string;
  readonly statusMessage: string;
}

/** A command of a handler on the instance. */
export interface CommandFacts {
  readonly id: string;
  readonly document: string;
  readonly transition: Transition;
  /** Whether it only tells the instance that it was chosen. */
  readonly isAnnouncement: boolean;
  /** The hook that it was sent for; undefined if its parameters could not be read. */
  readonly hook: string | undefined;
  /** When the wait began, where an event told the handler; undefined for a command of a sweep. */
  readonly since: number | undefined;
  /** How long it may take, seconds. */
  readonly budget: number | undefined;
  readonly requestedAt: number;
  /** When SSM gives it up; undefined if not known. */
  readonly expiresAt: number | undefined;
  readonly status: string;
  readonly details: string;
  /** When the agent began the step; undefined if no agent did. */
  readonly startedAt: number | undefined;
  readonly endedAt: number | undefined;
  /** Exit code of the step; undefined if it has none. */
  readonly code: number | undefined;
  readonly output: string;
}

/** A line of a handler's log. */
export interface LogFacts {
  readonly at: number;
  readonly level: string;
  readonly entry: Readonly<Record<string, unknown>>;
}
