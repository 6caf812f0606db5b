import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import * as path from "node:path";
import type { Project } from "./project";
import { ProjectError } from "./projectError";

/** Exit code of a program that has told its user of its error. Source: Pulumi SDK, cmd/run. */
const toldAlready = 32;

/** How a program ended. */
export interface ProgramEnd {
  /** Whether the program failed without an error in the engine's log. */
  readonly failed: boolean;
  /** The program's standard error; it explains a failure that nothing else explains. */
  readonly errorOutput: string;
}

/** Takes what a program prints. */
export type Print = (text: string) => void;

/**
 * Runs a program as Pulumi's language host for Node.js does: with the SDK that the program has installed, which finds
 * the entry point, TypeScript, ES modules and asynchronous functions. Types are not checked.
 */
export async function runProgram(project: Project, engine: string, print: Print): Promise<ProgramEnd> {
  const { folder, organization, stack } = project;
  const flags = {
    monitor: engine,
    engine,
    organization,
    project: project.name,
    "root-directory": project.root,
    stack,
    pwd: folder,
    parallel: "16",
  };
  const child = spawn(
    process.execPath,
    [
      ...wordsIn(project.runtimeOptions["nodeargs"]),
      sdkOf(folder),
      ...Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value]),
      "--dry-run",
      project.entry,
    ],
    { cwd: folder, env: { ...process.env, ...environmentOf(project) }, stdio: ["ignore", "pipe", "pipe"] },
  );
  let errorOutput = "";
  child.stdout.setEncoding("utf8").on("data", print);
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errorOutput += text));
  const stop = () => child.kill();
  process.once("exit", stop);
  const code = await new Promise<number>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status) => {
      resolve(status ?? 1);
    });
  });
  process.off("exit", stop);
  return { failed: code !== 0 && code !== toldAlready, errorOutput };
}

/** The SDK's own entry point for programs, in the version that the program uses. */
function sdkOf(folder: string): string {
  try {
    return createRequire(path.join(folder, "package.json")).resolve("@pulumi/pulumi/cmd/run");
  } catch {
    throw new ProjectError(
      `${folder} has no @pulumi/pulumi. Install the packages of the program: npm install`,
    );
  }
}

function environmentOf({ config, runtimeOptions, secretKeys }: Project): NodeJS.ProcessEnv {
  const keys = Object.keys(config).map((key): [string, string] => [key, onTheWire(key)]);
  const { tsconfig, typescript } = runtimeOptions;
  return {
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(keys.map(([key, name]) => [name, config[key]]))),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(secretKeys.map(onTheWire)),
    PULUMI_NODEJS_TRANSPILE_ONLY: process.env["PULUMI_NODEJS_TRANSPILE_ONLY"] ?? "true",
    ...(typescript === false ? {} : { PULUMI_NODEJS_TYPESCRIPT: "true" }),
    ...(typeof tsconfig === "string" ? { PULUMI_NODEJS_TSCONFIG_PATH: tsconfig } : {}),
  };
}

/** The engine sends `aws:config:region` for the key that files call `aws:region`. */
function onTheWire(key: string): string {
  return key.replace(":", ":config:");
}

function wordsIn(text: unknown): string[] {
  return typeof text === "string" ? text.split(/\s+/).filter((word) => word !== "") : [];
}
