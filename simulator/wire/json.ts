import type { AwsError } from "./call";

/** Reads a call of the JSON 1.1 protocol; the target is `AmazonSSM.ListCommands` for one. */
export function parseJson(target: string, body: string): { action: string; input: Record<string, unknown> } {
  const input = parsed(body);
  return {
    action: target.slice(target.indexOf(".") + 1),
    input: typeof input === "object" && input !== null ? { ...input } : {},
  };
}

/** What a body says; nothing for a body that is no JSON, whose members are then missing. */
function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return {};
  }
}

/** Writes the output of a call; instants are seconds since 1970. */
export function writeJsonOutput(output: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(plain(output));
}

/** Writes an error of the JSON protocol. */
export function writeJsonError({ code, message }: AwsError): string {
  return JSON.stringify({ __type: code, message });
}

function plain(value: unknown): unknown {
  if (value instanceof Date) return value.getTime() / 1000;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}
