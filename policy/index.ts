export { gracefulPolicies, type PolicyChoices } from "./gracefulPolicies";
export type { Choice } from "./rule";
