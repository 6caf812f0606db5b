// @ts-nocheck
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import type { Project } from "./project";

/** What Pulumi assumes of a program without a tsconfig.json. */
const defaults = { target: "ES2020", module: "nodenext", moduleResolution: "nodenext", sourceMap: true };

/**
 * Lets programs in TypeScript be loaded as Pulumi does it: with the project's ts-node, else with Pulumi's own. Types are
 * not checked. Does nothing where ts-node is at work already.
 */
export function registerTypeScript({ root, tsconfig }: Project): void {
  if (Symbol.for("ts-node.register.instance") in process) return;
  const { register } = loadTsNode(createRequire(path.join(root, "package.json")));
  const file = path.resolve(root, tsconfig);
  const settings = existsSync(file) ? { project: file } : { skipProject: true, compilerOptions: defaults };
  register({ transpileOnly: true, cwd: root, ...settings });
}

interface TsNode {
  register(options: Readonly<Record<string, unknown>>): void;
}

function loadTsNode(load: NodeJS.Require): TsNode {
  try {
    return load("ts-node") as TsNode;
  } catch {
    return load("@pulumi/pulumi/vendor/ts-node@7.0.1") as TsNode;
  }
}
