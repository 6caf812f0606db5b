import { PutEventsCommand, type EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { eventSource, type LifecycleEvent } from "../../contract";
import type { MakeCall } from "./calls";
import { describe } from "./errors";

/** Most events that PutEvents takes. Source: EventBridge API, PutEvents. */
const putAtOnce = 10;

/** The call of EventBridge that the handler uses, and only where it tells an event bus. */
export interface EventBus {
  /**
   * Puts events, ten with a call.
   * @returns why events were not put, a text each
   */
  put(events: readonly LifecycleEvent[]): Promise<readonly string[]>;
}

/** An event bus through the client of the AWS SDK. */
export function createEventBus(client: EventBridgeClient, busArn: string, make: MakeCall): EventBus {
  const putBatch = async (events: readonly LifecycleEvent[]): Promise<readonly string[]> => {
    const command = new PutEventsCommand({
      Entries: events.map(({ at, detail, type }) => ({
        EventBusName: busArn,
        Source: eventSource,
        DetailType: type,
        Time: new Date(at),
        Detail: JSON.stringify(detail),
      })),
    });
    try {
      const { Entries = [] } = await make("tell", () => client.send(command));
      return Entries.flatMap(({ ErrorCode, ErrorMessage }) =>
        ErrorCode === undefined ? [] : [`${ErrorCode}: ${ErrorMessage ?? ""}`],
      );
    } catch (error) {
      return events.map(() => describe(error));
    }
  };
  return {
    async put(events) {
      const count = Math.ceil(events.length / putAtOnce);
      const batches = Array.from({ length: count }, (_, index) =>
        events.slice(index * putAtOnce, (index + 1) * putAtOnce),
      );
      return (await Promise.all(batches.map(putBatch))).flat();
    },
  };
}
