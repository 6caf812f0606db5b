import type { Route, Transition } from "../contract";

/** What can trigger the handler. Instants are milliseconds since 1970. */
export type Trigger = HookAction | CommandEnded | SpotWarning | Retirement | Rebalance | Sweep | Ignored;

/** An instance waits at a lifecycle hook. */
export interface HookAction {
  readonly kind: "hookAction";
  readonly group: string;
  readonly hook: string;
  readonly transition: Transition;
  readonly instance: string;
  readonly token: string;
  /** When the wait began. */
  readonly time: number;
  /** Where the instance comes from and goes to; old messages do not say it. */
  readonly route: Route;
  /** The hook's notificationMetadata as it came. */
  readonly metadata: string | undefined;
}

/** A command of Run Command has ended on all of its instances. */
export interface CommandEnded {
  readonly kind: "commandEnded";
  readonly commandId: string;
  readonly document: string;
  readonly status: EndStatus;
  /** When the command was sent; undefined if the event does not say. */
  readonly requestedAt: number | undefined;
  /** When it ended, a whole second; undefined if the event does not say. */
  readonly endedAt: number | undefined;
  /** Parameters of the command; undefined if the event lacks them. */
  readonly parameters: CommandParameters | undefined;
}

/** The statuses of a command that is over. */
export type EndStatus = (typeof endStatuses)[number];
export const endStatuses = ["Success", "Failed", "TimedOut", "Cancelled"] as const;

/** Parameters of a command as AWS returns them, from any sender. */
export type CommandParameters = Readonly<Record<string, string | undefined>>;

/** EC2 interrupts a Spot instance in two minutes. */
export interface SpotWarning {
  readonly kind: "spotWarning";
  readonly instance: string;
}

/** AWS Health announces that EC2 is going to retire or to stop instances, of any group or of none. */
export interface Retirement {
  readonly kind: "retirement";
  readonly instances: readonly string[];
}

/** EC2 recommends to rebalance: the interruption of a Spot instance gets likely. */
export interface Rebalance {
  readonly kind: "rebalance";
  readonly instance: string;
}

/** Time to compare what is with what should be. */
export interface Sweep {
  readonly kind: "sweep";
  /** When it was due. */
  readonly time: number;
}

/** Nothing for the handler: a test notification, or somebody else's message. */
export interface Ignored {
  readonly kind: "ignored";
  readonly reason: string;
}
