export * from "./function";
export * from "./group";
export * from "./rule";
export * from "./targetGroup";
export * from "./words";
