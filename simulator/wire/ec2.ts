import type { AwsError } from "./call";
import { escape, parseParameters, requestId, type Parameters } from "./query";

/**
 * Reads a call of EC2's own Query protocol: `Filter.1.Name=key&Filter.1.Value.1=x`. A list has its numbers right behind
 * its name. Source: Smithy, AWS EC2 query protocol.
 */
export function parseEc2(body: string): { action: string; input: Record<string, unknown> } {
  const { action, parameters } = parseParameters(body);
  return { action, input: toInput(parameters) };
}

/** Writes the output of a call: items of lists are called `item`. */
export function writeEc2Output(action: string, output: Readonly<Record<string, unknown>>): string {
  return `<${action}Response xmlns="${namespace}"><requestId>${requestId}</requestId>${fields(output)}</${action}Response>`;
}

/** Writes an error of EC2. */
export function writeEc2Error({ code, message }: AwsError): string {
  return `<Response><Errors><Error><Code>${escape(code)}</Code><Message>${escape(
    message,
  )}</Message></Error></Errors><RequestID>${requestId}</RequestID></Response>`;
}

/** Names of lists in the XML; other members are called as in the API, with a small letter. Source: EC2's model. */
const lists: Readonly<Record<string, string>> = {
  Events: "eventsSet",
  InstanceStatuses: "instanceStatusSet",
  LaunchTemplateVersions: "launchTemplateVersionSet",
  Tags: "tagSet",
};

const namespace = "http://ec2.amazonaws.com/doc/2016-11-15/";

function toInput(parameters: Parameters): Record<string, unknown> {
  return Object.fromEntries(Object.entries(parameters).map(([key, value]) => [key, toValue(value)]));
}

function toValue(value: Parameters | string): unknown {
  if (typeof value === "string") return value;
  const entries = Object.entries(value);
  if (!entries.every(([key]) => /^\d+$/.test(key))) return toInput(value);
  return entries.sort(([one], [other]) => Number(one) - Number(other)).map(([, item]) => toValue(item));
}

function fields(values: Readonly<Record<string, unknown>>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([member, value]) => {
      const name = lists[member] ?? member.charAt(0).toLowerCase() + member.slice(1);
      return `<${name}>${content(value)}</${name}>`;
    })
    .join("");
}

function content(value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => `<item>${content(item)}</item>`).join("");
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "object" && value !== null) return fields({ ...value });
  return escape(String(value));
}
