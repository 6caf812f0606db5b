import type { AwsError } from "./call";

/** Reads a call of the Query protocol: `Action=X&Filters.member.1.Name=y`. Every value stays text. */
export function parseQuery(body: string): { action: string; input: Record<string, unknown> } {
  const { action, parameters } = parseParameters(body);
  return { action, input: toInput(parameters) };
}

/** The parameters of a call, by the parts of their names. */
export function parseParameters(body: string): { readonly action: string; readonly parameters: Parameters } {
  const parameters: Parameters = {};
  let action = "";
  for (const [key, value] of new URLSearchParams(body)) {
    if (key === "Action") action = value;
    else if (key !== "Version") insert(parameters, key.split("."), value);
  }
  return { action, parameters };
}

/** Writes the output of a call: members of lists are called `member`, a Map has entries, instants are ISO. */
export function writeQueryOutput(action: string, output: Readonly<Record<string, unknown>>): string {
  return `<${action}Response xmlns="http://autoscaling.amazonaws.com/doc/2011-01-01/"><${action}Result>${fields(
    output,
  )}</${action}Result><ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${action}Response>`;
}

/** Writes an error of the Query protocol. */
export function writeQueryError({ code, message, status = 400 }: AwsError): string {
  const type = status >= 500 ? "Receiver" : "Sender";
  return `<ErrorResponse xmlns="http://autoscaling.amazonaws.com/doc/2011-01-01/"><Error><Type>${type}</Type><Code>${escape(
    code,
  )}</Code><Message>${escape(message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`;
}

/** Always the same: nothing depends on it, and answers stay comparable. */
export const requestId = "00000000-0000-4000-8000-000000000000";

/** Texts by the parts of their names. */
export interface Parameters {
  [key: string]: Parameters | string;
}

function insert(node: Parameters, [head = "", ...rest]: string[], value: string): void {
  if (rest.length === 0) {
    node[head] = value;
    return;
  }
  const next = node[head];
  const child: Parameters = typeof next === "object" ? next : {};
  node[head] = child;
  insert(child, rest, value);
}

/** Turns `{member: {1: a, 2: b}}` into `[a, b]`. */
function toInput(node: Parameters): Record<string, unknown> {
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, toValue(value)]));
}

function toValue(value: Parameters | string): unknown {
  if (typeof value === "string") return value;
  const { member } = value;
  if (typeof member !== "object") return toInput(value);
  return Object.entries(member)
    .sort(([one], [other]) => Number(one) - Number(other))
    .map(([, item]) => toValue(item));
}

function fields(values: Readonly<Record<string, unknown>>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `<${name}>${content(value)}</${name}>`)
    .join("");
}

function content(value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => `<member>${content(item)}</member>`).join("");
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Map)
    return [...value]
      .map(([key, inner]) => `<entry><key>${content(key)}</key><value>${content(inner)}</value></entry>`)
      .join("");
  if (typeof value === "object" && value !== null) return fields({ ...value });
  return escape(String(value));
}

export function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
