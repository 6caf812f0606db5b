export * from "./content";
export * from "./source";
