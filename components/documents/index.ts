export * from "./content";
export type * from "./source";
