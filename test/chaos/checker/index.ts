export * from "./judge";
export type { Exemption } from "./result";
