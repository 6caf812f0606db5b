export * from "./call";
export * from "./server";
