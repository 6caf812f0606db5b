import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";

/** Files of a function, by their path in its archive. */
export type Files = ReadonlyMap<string, string | Buffer>;

/** Where Lambda unpacks the archive of a function. */
export const taskRoot = "/var/task";

/**
 * The folder that stands for `/var/task`: the files of a function on this machine's disk, so that Node.js itself finds
 * modules among them. The same files get the same folder, as long as this process runs.
 */
export function taskFolder(files: Files): string {
  const known = byFiles.get(files);
  if (known !== undefined) return known;
  const folder = path.join(processFolder(), hashOf(files));
  if (!unpacked.has(folder)) {
    for (const [name, content] of files) {
      const file = path.join(folder, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
    unpacked.add(folder);
  }
  byFiles.set(files, folder);
  return folder;
}

const byFiles = new WeakMap<Files, string>();
const unpacked = new Set<string>();
let root: string | undefined;

/** A folder that is deleted with this process. Its path has no links, so that a file in it can be told by its path. */
function processFolder(): string {
  if (root !== undefined) return root;
  const made = mkdtempSync(path.join(realpathSync(tmpdir()), "graceful-asg-"));
  process.once("exit", () => {
    rmSync(made, { recursive: true, force: true });
  });
  root = made;
  return made;
}

function hashOf(files: Files): string {
  const hash = createHash("sha256");
  for (const [name, content] of files) hash.update(`${name}\0${content.length}\0`).update(content);
  return hash.digest("hex").slice(0, 16);
}
