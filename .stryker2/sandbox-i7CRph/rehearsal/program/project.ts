// @ts-nocheck
import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";

/** A Pulumi project with the configuration of one of its stacks. */
export interface Project {
  readonly name: string;
  readonly root: string;
  /** Entry point of the program. */
  readonly main: string;
  /** The program's TypeScript settings, relative to the root; there may be none. */
  readonly tsconfig: string;
  readonly stack: string;
  /** Configuration by full key, defaults of Pulumi.yaml included; structured values as JSON. */
  readonly config: Readonly<Record<string, string>>;
}

/** A project or stack that cannot be read; the message says what to do. */
export class ProjectError extends Error {}

/** Reads Pulumi.yaml and Pulumi.STACK.yaml of a folder, or of the nearest folder above that has one. */
export function readProject(folder: string, stack: string): Project {
  const root = rootAbove(folder);
  const project = readYaml(path.join(root, "Pulumi.yaml"));
  const stackFile = path.join(root, `Pulumi.${stack}.yaml`);
  if (!existsSync(stackFile)) {
    throw new ProjectError(
      `There is no stack ${JSON.stringify(stack)}: ${stackFile} does not exist. Create it, or name another stack.`,
    );
  }
  const { name } = project;
  if (typeof name !== "string")
    throw new ProjectError(`${path.join(root, "Pulumi.yaml")} has no name. Give it one.`);
  return {
    name,
    root,
    main: path.resolve(root, typeof project["main"] === "string" ? project["main"] : "."),
    tsconfig: tsconfigOf(project["runtime"]),
    stack,
    config: { ...defaults(name, project["config"]), ...texts(readYaml(stackFile)["config"]) },
  };
}

function tsconfigOf(runtime: unknown): string {
  const options = isFields(runtime) ? runtime["options"] : undefined;
  const tsconfig = isFields(options) ? options["tsconfig"] : undefined;
  return typeof tsconfig === "string" ? tsconfig : "tsconfig.json";
}

function rootAbove(folder: string): string {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    if (existsSync(path.join(at, "Pulumi.yaml"))) return at;
    if (at === path.dirname(at)) {
      throw new ProjectError(
        `There is no Pulumi.yaml in ${folder} or above. Run this in the folder of a Pulumi program.`,
      );
    }
  }
}

function readYaml(file: string): Fields {
  const content: unknown = parse(readFileSync(file, "utf8"));
  return isFields(content) ? content : {};
}

/** Defaults that Pulumi.yaml declares; a key without namespace is the project's own. */
function defaults(project: string, declared: unknown): Record<string, string> {
  if (!isFields(declared)) return {};
  return Object.fromEntries(
    Object.entries(declared).flatMap(([key, declaration]) => {
      const value = isFields(declaration) ? (declaration["default"] ?? declaration["value"]) : declaration;
      return value === undefined ? [] : [[key.includes(":") ? key : `${project}:${key}`, toText(value)]];
    }),
  );
}

function texts(config: unknown): Record<string, string> {
  if (!isFields(config)) return {};
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [key, toText(value)]));
}

function toText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
