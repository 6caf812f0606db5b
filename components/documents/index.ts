export * from "./busyCheck";
export * from "./content";
export * from "./source";
export * from "./words";
