import type { PolicyChoices } from "./choices";
import { checkConfiguration } from "./configuration";
import type { GracefulPolicy } from "./rule";
import { rules } from "./rules";
import { rememberedInputs } from "./stack/inputs";

/**
 * The rules as policies for a pack of your own.
 *
 * ```ts
 * new PolicyPack("our-rules", {
 *   policies: [
 *     ...gracefulPolicies({
 *       "total-drain-time": { enforcementLevel: "mandatory", max: 900 },
 *       "group-has-terminate-hook": "mandatory",
 *     }),
 *   ],
 * });
 * ```
 *
 * A run of the pack can override these choices with `--policy-pack-config`. An unknown rule or limit is an error.
 */
export function gracefulPolicies(choices: PolicyChoices = {}): GracefulPolicy[] {
  checkConfiguration(choices, rules);
  const inputs = rememberedInputs();
  return rules.map((rule) => rule.policy(choices, inputs));
}
