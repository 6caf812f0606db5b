import { readFileSync } from "node:fs";
import * as path from "node:path";

/** Folder of the project; files of the configuration are relative to it. */
const root = path.resolve(__dirname, "..");

/** Reads a shell script and sets variables right below its interpreter line; undefined if no file is named. */
export function readScript(file: string, variables: Readonly<Record<string, string>>): string | undefined {
  if (file === "") return undefined;
  const [interpreter, ...rest] = readFileSync(scriptPath(file), "utf8").split("\n");
  const exports = Object.entries(variables).map(([name, value]) => `export ${name}=${quote(value)}`);
  return [interpreter, ...exports, ...rest].join("\n");
}

/** Where a file of the configuration is. */
export function scriptPath(file: string): string {
  return path.resolve(root, file);
}

function quote(value: string): string {
  return `'${value.replaceAll("'", "'\\''")}'`;
}
