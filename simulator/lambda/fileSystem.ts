import * as fs from "node:fs";
import * as path from "node:path";
import { taskRoot } from "./taskFolder";

/**
 * Node's file system as code in an environment sees it, by the name of its module: the files of the function can be
 * read under /var/task, and there is nothing else to read, not even a home folder. Nothing takes real time, as the
 * simulator would not wait for it.
 */
export function createFileSystem(folder: string): Readonly<Record<string, unknown>> {
  const readers = {
    accessSync: (file: unknown, mode?: number) => {
      fs.accessSync(placeOf(folder, file), mode);
    },
    readFileSync: (file: unknown, options?: BufferEncoding) =>
      fs.readFileSync(placeOf(folder, file), options),
    readdirSync: (file: unknown, options?: BufferEncoding) => fs.readdirSync(placeOf(folder, file), options),
    realpathSync: (file: unknown) => (placeOf(folder, file), file),
    statSync: (file: unknown, options?: fs.StatSyncOptions) => fs.statSync(placeOf(folder, file), options),
  };
  const existsSync = (file: unknown) => {
    try {
      return fs.existsSync(placeOf(folder, file));
    } catch {
      return false;
    }
  };
  const promises = changed(fs.promises, {
    access: later(readers.accessSync),
    readFile: later(readers.readFileSync),
    readdir: later(readers.readdirSync),
    realpath: later(readers.realpathSync),
    stat: later(readers.statSync),
  });
  return {
    fs: changed(fs, { ...readers, existsSync, promises }),
    "fs/promises": promises,
  };
}

/** A module with some of its members replaced. */
function changed(module: object, members: object): unknown {
  return Object.create(module, Object.getOwnPropertyDescriptors(members));
}

function later<Parameters extends unknown[], Result>(read: (...parameters: Parameters) => Result) {
  return (...parameters: Parameters): Promise<Result> =>
    new Promise((resolve) => {
      resolve(read(...parameters));
    });
}

/** The file on this machine for a file of the function. */
function placeOf(folder: string, file: unknown): string {
  const name = file instanceof URL ? file.pathname : String(file);
  if (name === taskRoot || name.startsWith(`${taskRoot}/`))
    return path.join(folder, name.slice(taskRoot.length));
  throw Object.assign(new Error(`ENOENT: no such file or directory, open '${name}'`), { code: "ENOENT" });
}
