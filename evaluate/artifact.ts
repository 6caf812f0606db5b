import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { archiveOf, assetOf } from "./engine";

/** Files by their path in an archive. */
export type Files = ReadonlyMap<string, Buffer>;

/** Code whose files are not on this machine, or lie in an archive; the message says where. */
export class UnreadableCode extends Error {}

/**
 * The files of a function's code, by their path in the archive: exactly what would be uploaded.
 * @throws UnreadableCode
 */
export function filesOf(code: unknown): Files {
  return new Map(filesIn(code));
}

/** Writes the files of a function into a folder. */
export function unpack(files: ReadonlyMap<string, string | Buffer>, folder: string): void {
  for (const [name, content] of files) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

type File = readonly [name: string, content: Buffer];

function filesIn(code: unknown): File[] {
  const archive = archiveOf(code);
  if (archive === undefined) throw new UnreadableCode("its code is not among the files of the program");
  if ("assets" in archive)
    return Object.entries(archive.assets).flatMap(([key, part]) =>
      assetOf(part) === undefined
        ? filesIn(part).map(([file, content]): File => [path.posix.join(key, file), content])
        : [[key, contentOf(part, key)]],
    );
  if ("path" in archive) return filesInFolder(archive.path);
  throw new UnreadableCode(`its code is at ${archive.uri}`);
}

function filesInFolder(folder: string): File[] {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found === undefined) throw new UnreadableCode(`its code ${folder} does not exist`);
  if (!found.isDirectory()) throw new UnreadableCode(`its code is the archive ${path.basename(folder)}`);
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) =>
    statSync(path.join(folder, file), { throwIfNoEntry: false })?.isFile(),
  );
  return files.map((file): File => [file.split(path.sep).join("/"), readFileSync(path.join(folder, file))]);
}

function contentOf(part: unknown, name: string): Buffer {
  const asset = assetOf(part);
  if (asset !== undefined && "text" in asset) return Buffer.from(asset.text);
  if (asset !== undefined && "path" in asset) return readFileSync(asset.path);
  throw new UnreadableCode(`${name} of its code is not among the files of the program`);
}
