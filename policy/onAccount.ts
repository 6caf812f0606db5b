import type { PolicyChoices } from "./choices";
import { checkConfiguration } from "./configuration";
import type { RuleFinding } from "./finding";
import { rules } from "./rules";
import type { Resources } from "./stack/resource";

/** Names of the rules that ask for what only a program says, as a resource option. */
export const rulesOfPrograms: readonly string[] = rules
  .filter(({ onAccount }) => !onAccount)
  .map(({ name }) => name);

/**
 * What the rules find in resources that were read from an account, with the properties that a program would give them.
 * @throws Error for a choice of an unknown rule or limit
 */
export function findOnAccount(resources: Resources, choices: PolicyChoices = {}): RuleFinding[] {
  checkConfiguration(choices, rules);
  return rules.filter(({ onAccount }) => onAccount).flatMap((rule) => rule.find(resources, choices));
}
