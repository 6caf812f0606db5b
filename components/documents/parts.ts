import { readFileSync } from "node:fs";

/** The metadata service of an instance. Source: EC2, Instance metadata. */
export const metadata = "http://169.254.169.254/latest";

/** How a runner ends that has stepped back from a run; the guard's own affair. */
export const withdrawn = 75;

/**
 * The text of the guard's files `run-once.PART.EXTENSION`, an empty part for `run-once.EXTENSION`. Comments, indentation and empty
 * lines are left out, which only a reader of the files needs: a document holds 64 kB.
 */
export function readParts(extension: "sh" | "ps1", parts: readonly string[]): string[] {
  return parts.map((part) =>
    readFileSync(require.resolve(`#documents/run-once${part && `.${part}`}.${extension}`), "utf8")
      .replaceAll(/^ *(?:#.*)?\n/gm, "")
      .replaceAll(/^ +/gm, "")
      .trimEnd(),
  );
}
