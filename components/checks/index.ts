export * from "./existing";
export * from "./function";
export * from "./group";
export * from "./handler";
export * from "./refuse";
