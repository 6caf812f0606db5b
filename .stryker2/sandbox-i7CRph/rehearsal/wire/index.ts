// @ts-nocheck
export * from "./call";
export * from "./server";
