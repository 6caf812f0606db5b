import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { isFields, type Fields } from "./fields";
import { ProjectError } from "./projectError";

/** Reads a file in YAML or JSON; an empty file has no fields. */
export function readYaml(file: string): Fields {
  const content = parsed(file);
  if (content === null) return {};
  if (isFields(content)) return content;
  throw new ProjectError(`${file} is ${JSON.stringify(content)}; it must hold keys and values.`);
}

function parsed(file: string): unknown {
  try {
    return parse(readFileSync(file, "utf8"));
  } catch (error) {
    const [line = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
    throw new ProjectError(`${file} cannot be read: ${line.replace(/:$/, "")}. Correct it.`);
  }
}
