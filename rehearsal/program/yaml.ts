import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { ProjectError } from "./projectError";

/** Values by name. */
export type Fields = Readonly<Record<string, unknown>>;

/** Reads a file in YAML or JSON; an empty one has no fields. */
export function readYaml(file: string): Fields {
  const content = parsed(file);
  if (content === null) return {};
  if (isFields(content)) return content;
  throw new ProjectError(`${file} is ${JSON.stringify(content)}; it must hold keys and values.`);
}

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parsed(file: string): unknown {
  try {
    return parse(readFileSync(file, "utf8"));
  } catch (error) {
    const [line = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
    throw new ProjectError(`${file} cannot be read: ${line.replace(/:$/, "")}. Correct it.`);
  }
}
