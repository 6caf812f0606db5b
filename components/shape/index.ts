export * from "./check";
export * from "./withoutNulls";
