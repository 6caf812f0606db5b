export * from "./constraints";
export * from "./limits";
export * from "./plan";
export * from "./schedule";
export * from "./targetGroups";
export * from "./timeline";
export * from "./turns";
export * from "./violation";
