/** Platforms as Systems Manager names them. A document has a step for each. */
export type Platform = "Linux" | "Windows" | "MacOS";

/**
 * Names of the steps of the documents, by platform: those that have scripts first. GetCommandInvocation tells about one
 * step at a time and wants its name.
 */
export const stepNames: Readonly<Record<Platform, string>> = {
  Linux: "runLinux",
  Windows: "runWindows",
  MacOS: "runMacOS",
};

/** All platforms, in the order of the alphabet, in which a document has their steps. */
export const platforms = (Object.keys(stepNames) as Platform[]).sort();
