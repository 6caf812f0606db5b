import { spawn } from "node:child_process";

/** The result of a command. */
export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  /** Everything that was printed. */
  readonly output: string;
  /** How long it took. */
  readonly seconds: number;
}

/** Runs a command in a folder. */
export function run(
  folder: string,
  [name = "", ...args]: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const began = Date.now();
  const child = spawn(name, args, {
    cwd: folder,
    env: { ...outside(), ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk.toString();
    output += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      resolve({ code, stdout, output, seconds: (Date.now() - began) / 1000 });
    });
  });
}

/** Runs a command that has to succeed. */
export async function succeed(
  folder: string,
  command: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const ran = await run(folder, command, environment);
  if (ran.code !== 0)
    throw new Error(`${command.join(" ")} ended with exit code ${String(ran.code)}:\n${ran.output}`);
  return ran;
}

/** The environment of a user: without the variables that npm sets for the scripts of this package. */
function outside(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_|^INIT_CWD$/i.test(name)));
}
