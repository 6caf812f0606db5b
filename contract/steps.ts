/** Platforms as Systems Manager names them. A document has a step for each. */
export type Platform = "Linux" | "Windows" | "MacOS";

/**
 * Names of the steps of the documents, by platform: platforms that have scripts first. GetCommandInvocation returns one
 * step at a time, by its name.
 */
export const stepNames: Readonly<Record<Platform, string>> = {
  Linux: "runLinux",
  Windows: "runWindows",
  MacOS: "runMacOS",
};

/** All platforms in alphabetical order, which is the order of the steps of a document. */
export const platforms = (Object.keys(stepNames) as Platform[]).sort();
