import { existsSync, readFileSync } from "node:fs";
import { createRequire, isBuiltin } from "node:module";
import * as path from "node:path";
import * as vm from "node:vm";
import { createFileSystem } from "./fileSystem";
import { taskFolder, taskRoot, type Files } from "./taskFolder";

/** A module that is not among the files of the function, in Node's words. */
export class ModuleNotFound extends Error {
  readonly code = "MODULE_NOT_FOUND";

  constructor(name: string, from: string) {
    super(`Cannot find module '${name}'\nRequire stack:\n- ${from}`);
  }
}

/**
 * An ES module, which only Node.js itself could load: with the machine's clock, and with the machine's own credentials
 * in its environment.
 */
class EsModuleLoaded extends Error {
  constructor(name: string) {
    super(`${name} is an ES module, which Lambda loads, but the simulator cannot: rehearse without it`);
  }
}

/** The `module` of a file, as code in an environment sees it. */
interface Module {
  readonly id: string;
  readonly filename: string;
  loaded: boolean;
  exports: unknown;
}

/**
 * Gives code in an environment its modules, each loaded afresh: Node's own, and the files of the function. Node.js
 * itself looks for them, from the folder that stands for /var/task. Lambda would not have the modules that Node.js
 * finds outside of the folder, on the user's machine, so code does not find them here.
 * @param names what the code finds in place of Node's own, as in `Date`
 * @returns loads a file of the function by its path in the archive
 */
export function createLoader(
  files: Files,
  names: Readonly<Record<string, unknown>>,
): (file: string) => unknown {
  const folder = taskFolder(files);
  const fileSystem = createFileSystem(folder);
  const modules = new Map<string, Module>();
  const inTask = (file: string) => taskRoot + file.slice(folder.length);

  const load = (file: string): unknown => {
    const known = modules.get(file);
    if (known !== undefined) return known.exports;
    const module: Module = { id: inTask(file), filename: inTask(file), loaded: false, exports: {} };
    modules.set(file, module);
    try {
      run(file, module);
      module.loaded = true;
    } catch (error) {
      modules.delete(file);
      throw error;
    }
    return module.exports;
  };

  const run = (file: string, module: Module): void => {
    if (file.endsWith(".json")) {
      module.exports = JSON.parse(readFileSync(file, "utf8")) as unknown;
      return;
    }
    if (!isCommonJs(file, folder)) throw new EsModuleLoaded(module.filename);
    const require = requireFrom(file);
    const code = compile(file, Object.keys(names))(...Object.values(names), importWith(require));
    const { filename } = module;
    code.call(module.exports, module.exports, require, module, filename, path.dirname(filename));
  };

  const requireFrom = (file: string) => {
    const native = createRequire(file);
    const resolve = (name: string): string => {
      const found = find(
        native,
        name.startsWith(`${taskRoot}/`) ? folder + name.slice(taskRoot.length) : name,
      );
      if (found?.startsWith(folder + path.sep)) return found;
      throw new ModuleNotFound(name, inTask(file));
    };
    const require = (name: string): unknown =>
      isBuiltin(name) ? (fileSystem[name.replace(/^node:/, "")] ?? native(name)) : load(resolve(name));
    return Object.assign(require, {
      resolve: (name: string) => (isBuiltin(name) ? name : inTask(resolve(name))),
      cache: {},
      main: undefined,
    });
  };

  const start = requireFrom(path.join(folder, "index.js"));
  return (file) => start(`./${file}`);
}

function find(native: NodeJS.Require, name: string): string | undefined {
  try {
    return native.resolve(name);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "MODULE_NOT_FOUND") return undefined;
    throw error;
  }
}

/** Whether a file is CommonJS: by its ending, else by the nearest package.json. */
function isCommonJs(file: string, folder: string): boolean {
  if (file.endsWith(".cjs")) return true;
  if (!file.endsWith(".js")) return path.extname(file) === "";
  for (let at = path.dirname(file); at !== folder; at = path.dirname(at)) {
    const manifest = path.join(at, "package.json");
    if (existsSync(manifest))
      return (JSON.parse(readFileSync(manifest, "utf8")) as { type?: unknown }).type !== "module";
  }
  return true;
}

type Compiled = (...names: unknown[]) => (this: unknown, ...wrapped: unknown[]) => void;

/** Environments share compiled code: only their state is fresh. */
const compiled = new Map<string, Compiled>();

/** Name of the function for the operator `import()`, which would take modules from outside of the environment. */
const importName = "__gracefulImport";

/** Compiles a file into a function of the names that replace Node's own; the file may declare them anew. */
function compile(file: string, names: readonly string[]): Compiled {
  const known = compiled.get(file);
  if (known !== undefined) return known;
  const text = readFileSync(file, "utf8")
    .replace(/^#!/, "//")
    .replace(/(?<![.\w$#])import(?=\s*\()/g, importName);
  const made = vm.compileFunction(
    `return function (exports, require, module, __filename, __dirname) {${text}\n};`,
    [...names, importName],
    { filename: file },
  ) as Compiled;
  compiled.set(file, made);
  return made;
}

/** `import()` by means of `require`, which finds the same modules, except modules that are only ES modules. */
function importWith(require: (name: string) => unknown) {
  return (name: unknown): Promise<unknown> =>
    new Promise((resolve) => {
      const exports = requireInstead(require, String(name));
      resolve(typeof exports === "object" ? { ...exports, default: exports } : { default: exports });
    });
}

function requireInstead(require: (name: string) => unknown, name: string): unknown {
  try {
    return require(name);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    throw code === "ERR_PACKAGE_PATH_NOT_EXPORTED" ? new EsModuleLoaded(name) : error;
  }
}
