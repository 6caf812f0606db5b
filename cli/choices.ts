import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { InvalidArgumentError } from "commander";
import type { PolicyChoices } from "../policy/choices";

/** Reads what a file chooses about rules. */
export function readChoices(file: string): PolicyChoices {
  try {
    return load().parseChoices(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new InvalidArgumentError(`${file} must hold levels and limits of rules in JSON: ${why}`);
  }
}

/** Loads the rules only where somebody chooses about them. */
function load(): typeof import("../policy/parseChoices") {
  return createRequire(__filename)("../policy/parseChoices") as typeof import("../policy/parseChoices");
}
