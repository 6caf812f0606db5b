export * from "./existing";
export * from "./group";
export * from "./handler";
export * from "./lifecycle";
export * from "./organisation";
export * from "./targetGroup";
export * from "./warmPool";
export * from "./words";
