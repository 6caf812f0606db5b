import { isFields } from "../contract";
import type { PolicyChoices } from "./choices";
import { checkConfiguration } from "./configuration";
import { rules } from "./rules";

/**
 * Reads what a file chooses about rules, as the file of `--policy-pack-config` does.
 * @throws Error for an unknown rule, level or limit, and for a limit of another type than its default
 */
export function parseChoices(content: unknown): PolicyChoices {
  if (!isFields(content)) throw new Error("it is no object.");
  checkConfiguration(content, rules);
  if (isChoices(content)) return content;
  throw new Error("a limit has a value of another type than its default.");
}

function isChoices(content: Readonly<Record<string, unknown>>): content is PolicyChoices {
  return Object.entries(content).every(([name, choice]) => {
    if (typeof choice === "string") return true;
    const rule = rules.find((one) => one.name === name);
    return rule !== undefined && isFields(choice) && rule.takes(choice);
  });
}
