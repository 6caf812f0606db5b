import { checkConfiguration } from "./configuration";
import type { GracefulPolicy } from "./rule";
import { rules } from "./rules";
import { rememberedInputs } from "./stack/inputs";

type Rule = (typeof rules)[number];

/** What an importer chooses, by the names of rules: a level, or limits and a level. `all` is the level of the rest. */
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
 * Whoever runs the pack can still choose otherwise with `--policy-pack-config`. A name or a limit that there is not is an error.
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
