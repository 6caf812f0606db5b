import type { Instructions, Transition } from "../contract";

/** Everything that a decision about one waiting instance rests on. Instants are milliseconds since 1970. */
export type Situation = FreshAction | FoundAction;

/** A lifecycle action whose event has just come: no command was sent for it, and no heartbeat can be due. */
export interface FreshAction extends ActionFacts {
  readonly kind: "fresh";
  /** When the wait began, as the event says. */
  readonly since: number;
}

/** A lifecycle action of an instance that was found waiting at its hook. */
export interface FoundAction extends ActionFacts {
  readonly kind: "found";
  /** When the wait began, if an event said so. */
  readonly since?: number | undefined;
  /** The hook's heartbeat timeout, seconds. */
  readonly heartbeatTimeout: number;
  /** Whether Auto Scaling calls the instance healthy. It calls machines unhealthy that are gone, and some that run. */
  readonly isHealthy: boolean;
  /** What SSM knows of the machine; read only when a decision asks for it. */
  readonly machine?: Machine | undefined;
  /** Commands of this document on this instance, oldest first; of earlier lifecycle actions too. */
  readonly commands: readonly Command[];
  /** Commands sent before this are not among `commands`. */
  readonly listedSince: number;
  /** Whether an instance may pass this hook more than once: old commands prove nothing then. */
  readonly repeats: boolean;
  /** When the action was last extended, where that is remembered. */
  readonly extendedAt: number | undefined;
  /** When a sweep last handled the action; heartbeats are due on the first look into their slot. */
  readonly previousLook: number;
}

/** What is known of an action, however the handler found it. */
interface ActionFacts {
  readonly transition: Transition;
  readonly instructions: Instructions;
  /** Whether the instance stays out of service: it launches into the warm pool, or is terminated there. */
  readonly isPoolOnly: boolean;
  /** Whether the user has a probe that may hold up the script. */
  readonly hasProbe: boolean;
  readonly now: number;
  /** Set when SSM has just refused the command for this instance. */
  readonly refusal?: Refusal | undefined;
  /** The probe's answer; the handler asks the probe only when a decision asks for it. */
  readonly isBusy?: boolean | undefined;
  /**
   * Whether it is the instance's turn, where the instances of the group take turns; read only when a decision asks for
   * it.
   */
  readonly hasTurn?: boolean | undefined;
  /** The scaling activity behind the wait; read only when a decision asks for it. */
  readonly activity?: Activity | undefined;
  /** Whether an operator holds the instance; read only when a decision would apply the failure policy. */
  readonly hold?: Hold | undefined;
}

/** Whether an operator holds an instance: until an instant, or nobody does, or EC2 does not answer. */
export type Hold =
  | { readonly kind: "until"; readonly until: number }
  | { readonly kind: "none" }
  | { readonly kind: "unread" };

/** Why SSM does not take a command for an instance. */
export interface Refusal {
  /** The likely cause, in words for the log. */
  readonly cause: string;
  /** Since when SSM refuses, where that is remembered. */
  readonly since: number | undefined;
}

/** A command on one instance. */
export interface Command {
  readonly id: string;
  readonly requestedAt: number;
  readonly status: CommandStatus;
  /** Whether the command was sent before its wait began, at a Spot warning. Defaults to false. */
  readonly early?: boolean;
  /** How long the command may take, as it was sent, seconds; undefined if the command does not say. */
  readonly budget?: number | undefined;
  /** When it ended, where that was looked up. */
  readonly endedAt?: number | undefined;
  /** The end of the script's output, where that was looked up. */
  readonly output?: string;
}

/**
 * Where a command stands on an instance.
 *
 * - `ended`: it is over, not as a success; whether that is the script's result or the agent's has to be looked up.
 * - `succeeded`, `failed`: the guard's result of the script.
 * - `notMeant`: the guard found that the instance is not on its way and ran nothing.
 * - `troubled`: it reached the agent and ended without a result of the guard.
 * - `undelivered`: it never reached the agent.
 * - `expired`: AWS gave it up as the agent had not reported its end; the script may have run.
 * - `cancelled`: somebody, possibly this handler, cancelled it, whether or not it had begun.
 */
export type CommandStatus =
  | "pending"
  | "running"
  | "ended"
  | "succeeded"
  | "failed"
  | "notMeant"
  | "troubled"
  | "undelivered"
  | "expired"
  | "cancelled";

/** What SSM knows of a machine: its agent is there, or has been silent for minutes, or there is no such machine. */
export type Machine = "there" | "silent" | "gone";

/** What Auto Scaling says about why an instance is on its way. */
export interface Activity {
  readonly startedAt: number;
  /** Sentences for people; the only place that says whether the instance ever served. */
  readonly cause: string;
  /**
   * Whether an earlier activity of the same kind was cancelled, as the activity of a retained instance is. Looked for
   * only where the failure policy retains; false otherwise.
   */
  readonly retainedBefore: boolean;
}
