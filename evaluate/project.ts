import { existsSync, readdirSync, statSync } from "node:fs";
import * as path from "node:path";
import { readConfiguration, type Configuration } from "./configuration";
import { ProjectError } from "./projectError";
import { isFields, type Fields } from "./fields";
import { readYaml } from "./yaml";

/** A Pulumi project with the configuration of one of its stacks. */
export interface Project {
  readonly name: string;
  readonly root: string;
  /** Folder in which the program runs, and what runs there: a file of the folder, or `.` for its own entry point. */
  readonly folder: string;
  readonly entry: string;
  /** Settings of the runtime, as in `tsconfig`. */
  readonly runtimeOptions: Fields;
  readonly stack: string;
  readonly organization: string;
  /** Configuration by full key, defaults of Pulumi.yaml included; structured values as JSON. */
  readonly config: Readonly<Record<string, string>>;
  /** Full keys whose values are secrets. */
  readonly secretKeys: readonly string[];
  /** The assumptions about the stack's configuration, as sentences. */
  readonly notes: readonly string[];
}

/** Extensions of project and stack files, by precedence. */
const extensions = ["yaml", "yml", "json"];

/**
 * Reads the project file of a folder, or of the nearest folder above that has one, and the configuration of a stack.
 * @param stack as in `dev` or `organisation/project/dev`; undefined for `dev`, or for the only stack that has a file
 * @param given configuration that overrides, by key
 * @throws ProjectError for a project or a stack that cannot be played
 */
export function readProject(
  folder: string,
  stack: string | undefined,
  given: Readonly<Record<string, string>> = {},
): Project {
  const { file, root } = projectAbove(folder);
  const project = readYaml(file);
  const { name } = project;
  if (typeof name !== "string") throw new ProjectError(`${file} has no name. Give it one.`);
  const stackFolder = stackFolderOf(project, root);
  const { organization, short } = partsOf(stack ?? usualStack(root, stackFolder));
  const configuration: Configuration = readConfiguration({
    project: name,
    declared: project["config"],
    stack: short,
    stackFile: fileIn(stackFolder, `Pulumi.${short}`),
    given,
  });
  return {
    name,
    root,
    ...placeOf(project["main"], root),
    runtimeOptions: runtimeOptionsOf(project["runtime"], file),
    stack: short,
    organization,
    ...configuration,
  };
}

function projectAbove(folder: string): { readonly file: string; readonly root: string } {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    const file = fileIn(at, "Pulumi");
    if (file !== undefined) return { file, root: at };
    if (at === path.dirname(at)) {
      throw new ProjectError(
        `There is no Pulumi.yaml in ${folder} or above. Run this in the folder of a Pulumi program.`,
      );
    }
  }
}

function fileIn(folder: string, name: string): string | undefined {
  return extensions.map((one) => path.join(folder, `${name}.${one}`)).find(existsSync);
}

/** The folder of the files of stacks, which Pulumi once took from `config`. */
function stackFolderOf({ config, stackConfigDir }: Fields, root: string): string {
  if (typeof stackConfigDir === "string") return path.resolve(root, stackConfigDir);
  return typeof config === "string" ? path.resolve(root, config) : root;
}

function usualStack(root: string, folder: string): string {
  const stacks = stacksIn(folder);
  const [first] = stacks;
  if (first === undefined || stacks.includes("dev")) return "dev";
  if (stacks.length === 1) return first;
  throw new ProjectError(`Name the stack to rehearse: ${root} has ${stacks.join(", ")}.`);
}

function stacksIn(folder: string): readonly string[] {
  return (existsSync(folder) ? readdirSync(folder) : [])
    .flatMap((name) => /^Pulumi\.(.+)\.(?:yaml|yml|json)$/.exec(name)?.[1] ?? [])
    .sort();
}

function partsOf(stack: string): { readonly organization: string; readonly short: string } {
  const parts = stack.split("/");
  const [organization = "organization"] = parts.length > 1 ? parts : [];
  return { organization, short: parts.at(-1) ?? stack };
}

function placeOf(main: unknown, root: string): { readonly folder: string; readonly entry: string } {
  const place = path.resolve(root, typeof main === "string" ? main : ".");
  if (statSync(place, { throwIfNoEntry: false })?.isDirectory()) return { folder: place, entry: "." };
  return { folder: path.dirname(place), entry: path.basename(place) };
}

function runtimeOptionsOf(runtime: unknown, file: string): Fields {
  const name = isFields(runtime) ? runtime["name"] : runtime;
  if (name !== "nodejs" && name !== "bun") {
    throw new ProjectError(
      `${file} has the runtime ${JSON.stringify(name)}; programs in TypeScript and JavaScript (nodejs) can be rehearsed.`,
    );
  }
  const options = isFields(runtime) ? runtime["options"] : undefined;
  return isFields(options) ? options : {};
}
