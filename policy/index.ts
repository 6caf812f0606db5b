export { gracefulPolicies, type PolicyChoices } from "./gracefulPolicies";
export type { Choice, GracefulPolicy } from "./rule";
