import { isFields } from "../../contract";
import type { EventBus } from "../eventBus";
import type { Input } from "./input";
import type { Operation, Output } from "./operation";

/** Most entries of a call. Source: EventBridge API, PutEvents. */
const mostEntries = 10;

/** Calls of EventBridge that the simulator answers. */
export function eventOperations(bus: EventBus): Readonly<Record<string, Operation>> {
  const entriesOf = (input: Input) => input.inputs("Entries", mostEntries);
  const busOf = (entry: Input) => bus.arnOf(entry.optionalText("EventBusName", { max: 1600 }) ?? "default");
  return {
    PutEvents: {
      requests: (input) =>
        [...new Set(entriesOf(input).map(busOf))].map((resource) => ({ action: "events:PutEvents", resource })),
      perform: (input) => {
        const entries = entriesOf(input).map((entry) => putEntry(bus, busOf(entry), entry));
        return {
          FailedEntryCount: entries.filter(({ ErrorCode }) => ErrorCode !== undefined).length,
          Entries: entries,
        };
      },
    },
  };
}

/** Puts one event; an event that is wrong fails by itself. Source: EventBridge API, PutEventsResultEntry. */
function putEntry(bus: EventBus, busArn: string, entry: Input): Output {
  const source = entry.optionalText("Source");
  const detailType = entry.optionalText("DetailType");
  const text = entry.optionalText("Detail");
  if (source === undefined || detailType === undefined || text === undefined)
    return failed("InvalidArgument", "Parameter Source, DetailType or Detail is not valid.");
  if (detailType.length > 128)
    return failed("InvalidArgument", "Parameter DetailType is longer than 128 characters.");
  if (source.startsWith("aws."))
    return failed("NotAuthorizedForSourceException", "Not authorized for the source.");
  const detail = parse(text);
  if (!isFields(detail)) return failed("MalformedDetail", "Detail is malformed.");
  return { EventId: bus.putCustom({ bus: busArn, source, detailType, detail }) };
}

function failed(ErrorCode: string, ErrorMessage: string): Output {
  return { ErrorCode, ErrorMessage };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
