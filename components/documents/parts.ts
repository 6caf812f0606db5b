import { readFileSync } from "node:fs";

/** The metadata service of an instance. Source: EC2, Instance metadata. */
export const metadata = "http://169.254.169.254/latest";

/** Exit code of a runner that has withdrawn from a run; used only inside the guard. */
export const withdrawn = 75;

/**
 * The text of the guard's files `run-once.PART.EXTENSION`, an empty part for `run-once.EXTENSION`. We leave out
 * comments, indentation and empty lines, which only a reader of the files needs: a document holds 64 kB.
 */
export function readParts(extension: "sh" | "ps1", parts: readonly string[]): string[] {
  return parts.map((part) =>
    readFileSync(require.resolve(`#documents/run-once${part && `.${part}`}.${extension}`), "utf8")
      .replaceAll(/^ *(?:#.*)?\n/gm, "")
      .replaceAll(/^ +/gm, "")
      .trimEnd(),
  );
}
