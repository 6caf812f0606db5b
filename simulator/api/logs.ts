import type { Context } from "../context";
import { ServiceError } from "../errors";
import type { LogHappening, SimulationEvent } from "../event";
import type { FunctionSettings } from "../world";
import { page } from "./input";
import type { Operation } from "./operation";

/** Most log events in an answer. Source: CloudWatch Logs API, FilterLogEvents. */
const eventsAtOnce = 10_000;

/**
 * Calls of CloudWatch Logs that the simulator answers: what functions have logged.
 * @param events everything that has happened so far
 */
export function logsOperations(
  { account: { id, partition, region } }: Context,
  functions: readonly FunctionSettings[],
  events: readonly SimulationEvent[],
): Readonly<Record<string, Operation>> {
  const arnOf = (group: string) => `arn:${partition}:logs:${region}:${id}:log-group:${group}:*`;
  return {
    FilterLogEvents: {
      requests: (input) => [
        { action: "logs:FilterLogEvents", resource: arnOf(input.text("logGroupName", { max: 512 })) },
      ],
      perform: (input) => {
        const group = input.text("logGroupName", { max: 512 });
        const names = functions.filter(({ logGroup }) => logGroup === group).map(({ name }) => name);
        if (names.length === 0)
          throw new ServiceError("ResourceNotFoundException", "The specified log group does not exist.");
        const [from, to] = ["startTime", "endTime"].map((name) => input.optionalNumber(name, 0, Infinity));
        const terms = termsOf(input.optionalText("filterPattern", { min: 0, max: 1024 }) ?? "");
        const found = events
          .filter((one) => one.kind === "log")
          .filter(({ at, function: name }) => names.includes(name) && at >= (from ?? 0) && at < (to ?? Infinity))
          .map((one) => ({ timestamp: one.at, message: written(one) }))
          .filter(({ message }) => terms.every((term) => message.includes(term)));
        const size = input.optionalNumber("limit", 1, eventsAtOnce) ?? eventsAtOnce;
        const { items, next } = page(found, size, input.optionalText("nextToken"), "InvalidParameterException");
        return {
          events: items.map((one, index) => ({ ...one, eventId: String(index), logStreamName: "simulator" })),
          nextToken: next,
        };
      },
    },
  };
}

/** A line as Lambda writes it in its JSON format. Source: Lambda, Using Lambda advanced logging controls with Node.js. */
function written({ at, entry, level }: LogHappening & { readonly at: number }): string {
  return JSON.stringify({ timestamp: new Date(at).toISOString(), level, requestId: "simulator", message: entry });
}

/**
 * The terms of a filter pattern, all of which a line has to have.
 * @throws ServiceError for a pattern of another kind, rather than to list too much
 */
function termsOf(pattern: string): string[] {
  const terms = [...pattern.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? "");
  if (terms.some((term) => /^[{[?%-]/.test(term)))
    throw new ServiceError("InvalidParameterException", `The simulator does not read the pattern ${pattern}`);
  return terms;
}
