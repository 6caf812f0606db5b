export { beforehand } from "./autoScaling/service";
export * from "./box";
export * from "./chance";
export * from "./conduct";
export * from "./faults";
export { MalformedPolicy } from "./iam";
export type { Code } from "./lambda/service";
export * from "./occurrence";
export * from "./world";
