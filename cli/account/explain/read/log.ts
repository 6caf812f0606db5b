import { paginateFilterLogEvents } from "@aws-sdk/client-cloudwatch-logs";
import { GetFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import { isFields, type Fields } from "../../../../contract";
import { nameOf } from "../../../../handler/aws/errors";
import type { Account } from "../../account";
import type { LogFacts } from "../facts";
import type { Span } from "../spans";
import type { Sources } from "./sources";

/** Most pages that are read for a span of time; a page may be empty though more follow. */
const mostPages = 200;

/** The lines of a handler's log that name an instance; undefined if the log cannot be read. */
export async function readLog(
  account: Account,
  sources: Sources,
  handler: string,
  instance: string,
  spans: readonly Span[],
): Promise<LogFacts[] | undefined> {
  const logGroup = await logGroupOf(account, sources, handler);
  const found = await sources.read(`The log of ${handler}, with its decisions, is missing`, async () => {
    try {
      const all = [];
      for (const span of spans) all.push(...(await linesIn(account, sources, logGroup, instance, span)));
      return all;
    } catch (error) {
      if (nameOf(error) !== notFound) throw error;
      sources.note(`The log group ${logGroup} of ${handler} is not there, so its decisions are missing.`);
      return undefined;
    }
  });
  return found;
}

const notFound = "ResourceNotFoundException";

/** The function of a handler has the handler's name. */
async function logGroupOf({ clients }: Account, sources: Sources, handler: string): Promise<string> {
  const usual = `/aws/lambda/${handler}`;
  const found = await sources.read(`The log group of ${handler} is taken to be ${usual}`, async () => {
    try {
      return await clients.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: handler }));
    } catch (error) {
      if (nameOf(error) !== notFound) throw error;
      sources.note(`The function ${handler} is not there; its log group is taken to be ${usual}.`);
      return undefined;
    }
  });
  return found?.LoggingConfig?.LogGroup ?? usual;
}

async function linesIn(
  { clients }: Account,
  sources: Sources,
  logGroupName: string,
  instance: string,
  { from, to }: Span,
): Promise<LogFacts[]> {
  const found: LogFacts[] = [];
  let read = 0;
  // An id has a hyphen, which means something else where it is not quoted.
  const pages = paginateFilterLogEvents(
    { client: clients.logs },
    { logGroupName, filterPattern: `"${instance}"`, startTime: from, endTime: to },
  );
  for await (const { events = [], nextToken } of pages) {
    found.push(...events.flatMap(({ message = "", timestamp = 0 }) => factsOf(message, timestamp)));
    read += 1;
    if (read < mostPages || nextToken === undefined) continue;
    sources.note(`Only a part of ${logGroupName} was read.`);
    break;
  }
  return found;
}

/** A line of Lambda's JSON format holds what the function has logged under `message`. */
function factsOf(line: string, at: number): LogFacts[] {
  const { level, message } = parsed(line);
  return isFields(message) ? [{ at, level: String(level), entry: message }] : [];
}

function parsed(line: string): Fields {
  try {
    const value: unknown = JSON.parse(line);
    return isFields(value) ? value : {};
  } catch {
    return {};
  }
}
