/** Platforms as Systems Manager names them. A document has a step for each. */
// @ts-nocheck

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
