import { mkdirSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";

/** The files of a function's code, by their path in the archive: exactly what would be uploaded. */
export async function filesOf(code: unknown): Promise<ReadonlyMap<string, string>> {
  if (!(code instanceof pulumi.asset.AssetArchive))
    throw new Error("the code of the function is not an asset archive");
  const files = new Map<string, string>();
  for (const [name, asset] of Object.entries(await code.assets)) files.set(name, await textOf(asset, name));
  return files;
}

/** Writes the files of a function into a folder. */
export function unpack(files: ReadonlyMap<string, string>, folder: string): void {
  for (const [name, text] of files) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

async function textOf(asset: pulumi.asset.Asset | pulumi.asset.Archive, name: string): Promise<string> {
  if (asset instanceof pulumi.asset.StringAsset) return asset.text;
  if (asset instanceof pulumi.asset.FileAsset) return readFile(await asset.path, "utf8");
  throw new Error(`${name} in the code of the function is neither text nor a file`);
}
