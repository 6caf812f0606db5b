export type { Choice, GroupLimits, NoLimits, PolicyChoices, PolicyLimits, PolicyName } from "./choices";
export { gracefulPolicies } from "./gracefulPolicies";
export type { GracefulPolicy } from "./rule";
