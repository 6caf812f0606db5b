export * from "./check";
export type { Component } from "./component";
export * from "./withoutNulls";
