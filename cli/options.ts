import { readFileSync } from "node:fs";
import { InvalidArgumentError, Option } from "commander";
import type { Fields } from "../evaluate/fields";

/** An option whose value is a whole number. */
export function wholeNumber(flags: string, description: string, min: number, max: number): Option {
  return new Option(flags, description).argParser((value) => {
    const parsed = Number(value);
    if (value.trim() !== "" && Number.isInteger(parsed) && parsed >= min && parsed <= max) return parsed;
    throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`);
  });
}

type Texts = Readonly<Record<string, string>>;

/** Adds a value of configuration, KEY=VALUE. */
export function addConfig(given: string, before: Texts): Texts {
  const [, key, value] = /^([^=]+)=(.*)$/s.exec(given) ?? [];
  if (key === undefined || value === undefined) throw new InvalidArgumentError("It must be KEY=VALUE.");
  return { ...before, [key]: value };
}

type Outputs = Readonly<Record<string, Fields>>;

/** Adds the outputs of a stack from a file, STACK=FILE. */
export function addStackOutputs(given: string, before: Outputs): Outputs {
  const [, stack, file] = /^([^=]+)=(.+)$/s.exec(given) ?? [];
  if (stack === undefined || file === undefined) throw new InvalidArgumentError("It must be STACK=FILE.");
  return { ...before, [stack]: readOutputs(file) };
}

function readOutputs(file: string): Fields {
  try {
    const content: unknown = JSON.parse(readFileSync(file, "utf8"));
    if (typeof content === "object" && content !== null && !Array.isArray(content)) return { ...content };
  } catch {
    // A file that cannot be read gets the same message as a file that holds something else.
  }
  throw new InvalidArgumentError(
    `${file} must be a file with an object in JSON, as pulumi stack output --json prints.`,
  );
}
