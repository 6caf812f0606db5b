// @ts-nocheck
export * from "./autoScaling/operator";
export { beforehand } from "./autoScaling/service";
export * from "./box";
export * from "./chance";
export * from "./changes";
export * from "./conduct";
export { noAnswer } from "./errors";
export * from "./faults";
export * from "./forgery";
export { MalformedPolicy } from "./iam";
export type { Code } from "./lambda/service";
export * from "./occurrence";
export * from "./world";
