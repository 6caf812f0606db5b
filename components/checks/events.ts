import type { EventsArgs } from "../arguments";
import { wrongLimitIfKnown } from "../iam/limit";
import { eventBusArn } from "../iam/rules";
import type { ArgumentCheck } from "./refuse";

/** Checks of the event bus. A bus that is known only later is checked later. */
export const eventsChecks = {
  events: ({ args: { events } }) =>
    events === undefined ? [] : wrongLimitIfKnown("events.busArn", events.busArn, eventBusArn),
} satisfies Record<string, ArgumentCheck<{ readonly args: { readonly events?: EventsArgs } }>>;
