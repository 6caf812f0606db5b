import type { AwsError } from "./call";

/** Calls of Lambda by method and path; the first group is the name of the function. Source: Lambda API. */
const calls: readonly (readonly [action: string, method: string, path: RegExp])[] = [
  ["GetFunctionConfiguration", "GET", /^\/2015-03-31\/functions\/([^/]+)\/configuration$/],
  ["GetPolicy", "GET", /^\/2015-03-31\/functions\/([^/]+)\/policy$/],
  ["GetFunctionEventInvokeConfig", "GET", /^\/2019-09-25\/functions\/([^/]+)\/event-invoke-config$/],
];

/** Reads a call of a REST protocol: its path names the resource, its query has the other parameters. */
export function parseRest(
  method: string,
  url: string,
  body: string,
): { action: string; input: Record<string, unknown> } {
  const { pathname, searchParams } = new URL(url, "http://localhost");
  const given: unknown = body === "" ? {} : JSON.parse(body);
  const input = { ...Object.fromEntries(searchParams), ...(typeof given === "object" ? given : {}) };
  for (const [action, itsMethod, pattern] of calls) {
    const [, name] = pattern.exec(pathname) ?? [];
    if (method === itsMethod && name !== undefined)
      return { action, input: { ...input, FunctionName: decodeURIComponent(name) } };
  }
  return { action: `${method} ${pathname}`, input };
}

/** Writes an error of a REST protocol; the code is a header. */
export function writeRestError({ message }: AwsError): string {
  return JSON.stringify({ message });
}
