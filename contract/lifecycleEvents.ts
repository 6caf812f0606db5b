import type { LifecycleActionResult, Transition } from "./transition";

/** Environment variable of the function with the ARN of the event bus that it tells; not set for none. */
export const eventBusVariable = "GRACEFUL_ASG_EVENT_BUS";

/** Source of the handler's events. The handler's own rules match sources of AWS only, so none of its events invokes it. */
export const eventSource = "graceful-asg";

/** Types of the handler's events, in the style of Auto Scaling's own. */
export const LifecycleEventType = {
  /** The handler has sent the document for the first time in the action. */
  Started: "Graceful Lifecycle Action Started",
  /** The handler has completed the action, and nobody has to look into it. */
  Completed: "Graceful Lifecycle Action Completed",
  /** The handler has completed the action without a clean end of the script. */
  Failed: "Graceful Lifecycle Action Failed",
  /** The failed action was a termination whose instance the group keeps. Comes after `Failed`. */
  Retained: "Graceful Instance Retained",
} as const;
/** Types of the handler's events, in the style of Auto Scaling's own. */
export type LifecycleEventType = (typeof LifecycleEventType)[keyof typeof LifecycleEventType];

/** An event of the handler. */
export interface LifecycleEvent {
  readonly type: LifecycleEventType;
  /** When it happened, ms since 1970. */
  readonly at: number;
  readonly detail: LifecycleEventDetail;
}

/** Detail of an event; docs/events.schema.json is its schema. Durations are seconds; what is not known is left out. */
export interface LifecycleEventDetail {
  /** Version of the detail. A member that is added is no new version. */
  readonly version: 1;
  /** Name of the handler. */
  readonly handler: string;
  readonly group: string;
  readonly hook: string;
  readonly instance: string;
  readonly transition: Transition;
  /** Name of the document that was sent. */
  readonly document?: string | undefined;
  /** Id of the command that was sent, or whose end decided. */
  readonly commandId?: string | undefined;
  /** How the action ended. */
  readonly outcome?: string;
  /** Result with which the handler completed the action. */
  readonly result?: LifecycleActionResult;
  /** Code of the reason, and the reason in words. */
  readonly code?: string;
  readonly reason?: string;
  /** The durations, as the metrics of the same names. */
  readonly waitTime?: number | undefined;
  readonly commandTime?: number | undefined;
  readonly completionLag?: number | undefined;
}
