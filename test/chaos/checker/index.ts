export * from "./check";
export type { Exemption } from "./result";
