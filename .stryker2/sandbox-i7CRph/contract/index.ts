// @ts-nocheck
export * from "./busy";
export * from "./exitCodes";
export * from "./instructions";
export * from "./names";
export * from "./parameters";
export * from "./revisions";
export * from "./steps";
export * from "./transition";
