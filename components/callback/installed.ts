import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  readSync,
  readdirSync,
  realpathSync,
  statSync,
} from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";

/** A package on this machine. */
export interface InstalledPackage {
  /** The real folder, behind the links of workspaces and pnpm. */
  readonly folder: string;
  /** The folder whose `node_modules` has the package. */
  readonly base: string;
}

/** The packages that a package needs at run time, by name. */
export interface Dependencies {
  readonly required: readonly string[];
  /** Packages that the package can do without. */
  readonly optional: readonly string[];
}

/** Finds a package as Node.js does: in the `node_modules` of a folder or of the folders above it. */
export function locate(packagePath: string, from: string): InstalledPackage | undefined {
  for (let base = from; ; base = path.dirname(base)) {
    const folder = path.join(base, "node_modules", packagePath);
    if (existsSync(path.join(folder, "package.json"))) return { base, folder: realpathSync(folder) };
    if (base === path.dirname(base)) return undefined;
  }
}

/**
 * Finds a package that the program has loaded already. A module that Pulumi refers to may come from a folder that
 * cannot be reached from the program's folder: another workspace has its own `node_modules`.
 */
export function locateLoaded(packagePath: string): InstalledPackage | undefined {
  const within = path.join(path.sep, "node_modules", packagePath, path.sep);
  const file = Object.keys(createRequire(__filename).cache).find((one) => one.includes(within));
  return file === undefined ? undefined : locate(packagePath, file.slice(0, file.lastIndexOf(within)));
}

/**
 * Reads the dependencies of a package. A required peer counts if it is installed: a package loads a peer like its own
 * dependencies, but some packages name a peer for its types alone.
 */
export function dependenciesOf(folder: string): Dependencies {
  const manifest = readManifest(folder);
  const optional = Object.keys(manifest.optionalDependencies ?? {});
  const peers = Object.keys(manifest.peerDependencies ?? {}).filter(
    (name) => manifest.peerDependenciesMeta?.[name]?.optional !== true && locate(name, folder) !== undefined,
  );
  const needed = [...Object.keys(manifest.dependencies ?? {}), ...peers];
  return { required: needed.filter((name) => !optional.includes(name)), optional };
}

/** Whether a package says that it is made for the function's machine: Linux on arm64. */
export function fitsFunction(folder: string): boolean {
  const { cpu, os } = readManifest(folder);
  return allows(os, "linux") && allows(cpu, "arm64") && !isCompiledForOthers(filesOf(folder));
}

/**
 * Whether the files of a package hold compiled code, but none for the function's machine. Source of the figures: the
 * ELF header, whose bytes 18 and 19 name the machine, 183 for arm64.
 */
export function isCompiledForOthers(files: readonly PackageFile[]): boolean {
  const compiled = files.filter((file) => file.path.endsWith(".node"));
  return compiled.length > 0 && !compiled.some((file) => isElfForArm64(file.path));
}

/** A file of a package. */
export interface PackageFile {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
}

/** Files of a package, without the packages that are installed in its own folder. */
export function filesOf(folder: string): PackageFile[] {
  return entriesOf(folder)
    .flatMap(({ isFolder, path: entry }) =>
      isFolder
        ? readdirSync(entry, { recursive: true, encoding: "utf8" }).map((name) => path.join(entry, name))
        : [entry],
    )
    .flatMap((file) => {
      const stats = statSync(file, { throwIfNoEntry: false });
      return stats?.isFile() ? [{ path: file, size: stats.size }] : [];
    });
}

/** Entries of a package's folder, without its `node_modules`. */
export function entriesOf(folder: string) {
  return readdirSync(folder)
    .filter((name) => name !== "node_modules")
    .flatMap((name) => {
      const entry = path.join(folder, name);
      const stats = statSync(entry, { throwIfNoEntry: false });
      return stats === undefined ? [] : [{ name, path: entry, isFolder: stats.isDirectory() }];
    });
}

/** The fields of a package.json that we read. */
interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean } | undefined>>;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as Manifest;
}

/** As npm reads the fields `os` and `cpu`: a list of names that fit, or, with `!`, of names that do not fit. */
function allows(list: readonly string[] | undefined, name: string): boolean {
  if (list === undefined || list.length === 0) return true;
  if (list.includes(`!${name}`)) return false;
  return list.includes(name) || list.every((one) => one.startsWith("!"));
}

function isElfForArm64(file: string): boolean {
  const header = Buffer.alloc(20);
  const descriptor = openSync(file, "r");
  try {
    readSync(descriptor, header, 0, header.length, 0);
  } finally {
    closeSync(descriptor);
  }
  return header.toString("latin1", 0, 4) === "\x7fELF" && header.readUInt16LE(18) === 183;
}
