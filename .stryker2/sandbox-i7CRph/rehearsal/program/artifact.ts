// @ts-nocheck
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";

/** The files of a function's code, by their path in the archive: exactly what would be uploaded. */
export async function filesOf(code: unknown): Promise<ReadonlyMap<string, Buffer>> {
  return new Map(await filesIn(code, "the code of the function"));
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

async function filesIn(archive: unknown, name: string): Promise<File[]> {
  if (archive instanceof pulumi.asset.AssetArchive) {
    const parts = Object.entries(await archive.assets).map(async ([key, part]): Promise<File[]> => {
      if (!pulumi.asset.Archive.isInstance(part)) return [[key, await contentOf(part, key)]];
      return (await filesIn(part, key)).map(([file, content]) => [path.posix.join(key, file), content]);
    });
    return (await Promise.all(parts)).flat();
  }
  if (archive instanceof pulumi.asset.FileArchive) return filesInFolder(await archive.path, name);
  throw new Error(`${name} is an archive that the box cannot read: neither a folder nor a map of assets`);
}

function filesInFolder(folder: string, name: string): File[] {
  if (!statSync(folder).isDirectory())
    throw new Error(`${name} is ${folder}, which is no folder; the box does not unpack archives`);
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) =>
    statSync(path.join(folder, file), { throwIfNoEntry: false })?.isFile(),
  );
  // One after the other: there may be thousands, and a process may open fewer at once.
  return files.map((file): File => [file.split(path.sep).join("/"), readFileSync(path.join(folder, file))]);
}

async function contentOf(asset: pulumi.asset.Asset, name: string): Promise<Buffer> {
  if (asset instanceof pulumi.asset.StringAsset) return Buffer.from(await asset.text);
  if (asset instanceof pulumi.asset.FileAsset) return readFile(await asset.path);
  throw new Error(`${name} in the code of the function is neither text nor a file`);
}
