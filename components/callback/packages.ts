import { createRequire, isBuiltin } from "node:module";
import * as path from "node:path";
import type { Violation } from "../../timing";
import {
  dependenciesOf,
  filesOf,
  fitsFunction,
  isCompiledForOthers,
  locate,
  locateLoaded,
  type InstalledPackage,
} from "./installed";
import type { ModuleUse } from "./modules";

/** The packages that a callback needs, or why the function cannot have them. */
export interface Collected {
  /** Folders on this machine by their path in the archive, as in `node_modules/ioredis`. */
  readonly folders: ReadonlyMap<string, string>;
  readonly violations: readonly Violation[];
}

/** Most that the files of a function may take, bytes. Source: AWS Lambda, quotas, deployment package unzipped. */
const maxFunctionSize = 262_144_000;

/**
 * Collects the packages that a callback loads and all packages that these need. Node.js will look for them in the
 * archive as it looks for them here, so two versions of a package stay apart, and folders that are linked into place
 * here, as workspaces and pnpm do, become plain folders there.
 */
export function collectPackages(uses: readonly ModuleUse[], programFolder: string): Collected {
  const violations: Violation[] = [];
  const folders = new Map<string, string>();
  for (const use of uses) {
    const root = judge(use, programFolder);
    if (root === undefined) continue;
    if ("argument" in root) violations.push(root);
    else folders.set(`node_modules/${root.packagePath}`, root.folder);
  }
  if (violations.length > 0) return { folders, violations };
  return addDependencies(folders);
}

/** The package that a use of a module needs in the archive; undefined if it needs none. */
function judge(
  { how, name, text }: ModuleUse,
  programFolder: string,
): (InstalledPackage & { readonly packagePath: string }) | Violation | undefined {
  if (name === undefined) {
    return wrong(
      text,
      "a module that is named by plain text",
      "Write its name where it is loaded: what is computed in the function cannot be put into it beforehand.",
    );
  }
  if (isBuiltin(name)) return undefined;
  if (/^(\.\.?($|\/)|#|file:)/.test(name) || path.isAbsolute(name)) {
    return wrong(
      name,
      "a package or a module of Node.js: the function has no files of the program",
      "Import it at the top of the program's file: then Pulumi takes what the callback uses of it along.",
    );
  }
  if (/^(@pulumi\/|graceful-asg($|\/))/.test(name)) {
    return wrong(
      name,
      "a package that is of use in the function",
      "Pulumi ends with the deployment. Read the value in the program and use that, or pass it through environment.",
    );
  }
  const packagePath = /^(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name;
  const found = locate(packagePath, programFolder) ?? locateLoaded(packagePath);
  if (found === undefined) return notInstalled(name, packagePath, programFolder);
  const refusal = how === "require" ? refusalOf(name, found) : undefined;
  if (refusal !== undefined) {
    return wrong(
      name,
      `a module that can be required, which Node.js refuses: ${refusal}`,
      "Take a module that its package exports, or a package that is no ES module alone.",
    );
  }
  return { ...found, packagePath };
}

/** Why Node.js does not find a module in its package; undefined if it does. */
function refusalOf(name: string, { base }: InstalledPackage): string | undefined {
  try {
    createRequire(path.join(base, "package.json")).resolve(name);
    return undefined;
  } catch (error) {
    return error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
  }
}

/**
 * Adds the dependencies of the packages. A package's own dependencies get their place before the dependencies of those
 * dependencies; so a later package hides no package that an earlier package sees.
 */
function addDependencies(roots: ReadonlyMap<string, string>): Collected {
  const folders = new Map(roots);
  const violations: Violation[] = [];
  const queue = [...roots];
  let size = 0;
  for (const [place, folder] of queue) {
    const files = filesOf(folder);
    if (isCompiledForOthers(files)) violations.push(compiled(nameIn(place)));
    size += files.reduce((sum, file) => sum + file.size, 0);
    if (size > maxFunctionSize) {
      violations.push(tooLarge);
      break;
    }
    const { optional, required } = dependenciesOf(folder);
    for (const dependency of [...required, ...optional]) {
      if (dependency.startsWith("@pulumi/")) continue;
      const found = locate(dependency, folder);
      const isOptional = optional.includes(dependency);
      if (found === undefined) {
        if (!isOptional) violations.push(notInstalled(dependency, dependency, folder));
        continue;
      }
      if (isOptional && !fitsFunction(found.folder)) continue;
      if (seenFrom(place, dependency, folders) === found.folder) continue;
      const free = `node_modules/${dependency}`;
      const own = folders.has(free) ? `${place}/node_modules/${dependency}` : free;
      folders.set(own, found.folder);
      queue.push([own, found.folder]);
    }
  }
  return { folders, violations };
}

/** The folder that Node.js finds for a name in the archive, seen from a package there. */
function seenFrom(place: string, name: string, folders: ReadonlyMap<string, string>): string | undefined {
  for (let at = place; at !== "."; at = path.posix.dirname(at)) {
    const folder = folders.get(`${at}/node_modules/${name}`);
    if (folder !== undefined) return folder;
  }
  return folders.get(`node_modules/${name}`);
}

function nameIn(place: string): string {
  return place.slice(place.lastIndexOf("node_modules/") + "node_modules/".length);
}

function wrong(value: unknown, allowed: string, cure: string): Violation {
  return { argument: "a module of isBusy", value, allowed, cure };
}

function notInstalled(name: string, packagePath: string, folder: string): Violation {
  return wrong(
    name,
    `in a node_modules folder of ${folder} or above`,
    `Install it there (npm install ${packagePath}; with Yarn, set nodeLinker: node-modules), or do without it.`,
  );
}

function compiled(name: string): Violation {
  return wrong(
    name,
    "JavaScript, or compiled for the function's machine, Linux on arm64",
    `Install it for that machine (npm install --os=linux --cpu=arm64 ${name}), or take a package without compiled code.`,
  );
}

const tooLarge: Violation = {
  argument: "the packages of isBusy",
  value: `over ${maxFunctionSize} bytes`,
  allowed: `at most ${maxFunctionSize} bytes together, as Lambda takes no larger function`,
  cure: "Load a smaller package, or let a service say whether the instance is busy.",
};
