import * as path from "node:path";

/** The repository. */
export const root = path.resolve(__dirname, "../..");

/** Where a picture of the docs is kept. */
export function pictureFile(name: string): string {
  return path.join(root, "docs/pictures", `${name}.svg`);
}
