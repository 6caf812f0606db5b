import { checkConfiguration } from "./configuration";
import type { GracefulPolicy } from "./rule";
import { rules } from "./rules";
import { rememberedInputs } from "./stack/inputs";

type Rule = (typeof rules)[number];

/**
 * What an importer chooses for each rule, by the rule's name: a level, or limits and a level. `all` is the level of all
 * other rules.
 */
export type PolicyChoices = UnionToIntersection<Parameters<Rule["policy"]>[0]>;

/**
 * The rules as policies for a pack of your own.
 *
 *     new PolicyPack("our-rules", {
 *       policies: [
 *         ...gracefulPolicies({
 *           "total-drain-time": { enforcementLevel: "mandatory", max: 900 },
 *           "group-has-terminate-hook": "mandatory",
 *         }),
 *       ],
 *     });
 *
 * A run of the pack can override these choices with `--policy-pack-config`. An unknown rule or limit is an error.
 */
export function gracefulPolicies(choices: PolicyChoices = {}): GracefulPolicy[] {
  checkConfiguration(choices, rules);
  const inputs = rememberedInputs();
  return rules.map((rule) => rule.policy(choices, inputs));
}

type UnionToIntersection<Union> = (Union extends unknown ? (one: Union) => void : never) extends (
  one: infer Intersection,
) => void
  ? Intersection
  : never;
