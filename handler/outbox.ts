import type { LifecycleEvent } from "../contract";
import type { EventBus } from "./aws/eventBus";
import type { Log } from "./log";

/** Takes an event of the handler; nobody waits until it is put. */
export type Tell = (event: LifecycleEvent) => void;

/** The events of an invocation, which are put when everything else is done, so that no lifecycle action waits for them. */
export interface Outbox {
  readonly tell: Tell;
  /** Puts the events. A failure is logged and counted, and has no other effect. */
  flush(): Promise<void>;
}

/** Where nobody is told. */
const silence: Outbox = { tell: () => undefined, flush: () => Promise.resolve() };

/**
 * @param bus - Undefined where the handler has no event bus
 * @param countFailures - Counts events that were not put
 */
export function createOutbox(
  bus: EventBus | undefined,
  log: Log,
  countFailures: (count: number) => void,
): Outbox {
  if (bus === undefined) return silence;
  const events: LifecycleEvent[] = [];
  return {
    tell: (event) => {
      events.push(event);
    },
    async flush() {
      const told = events.splice(0);
      const failures = await bus.put(told);
      const [error] = failures;
      if (error === undefined) return;
      countFailures(failures.length);
      log.error({
        message: `could not put ${failures.length} of ${told.length} events on the event bus`,
        error,
      });
    },
  };
}
