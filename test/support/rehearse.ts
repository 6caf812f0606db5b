import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import * as path from "node:path";
import { root } from "./deployment";
import { UserProject } from "./project";

/** A program of a user, and the arguments of its rehearsal. */
interface Program {
  /** Files by name; Pulumi.yaml and an empty Pulumi.dev.yaml are there unless given. */
  readonly files: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
}

/** A program, and the result that is expected. */
export interface Case extends Program {
  /** Defaults to 0. */
  readonly code?: number;
  /** Patterns in the output. */
  readonly says?: readonly RegExp[];
  /** A pattern for each line of the notes and errors, in their order. */
  readonly notes?: readonly RegExp[];
}

/** The result of the command for a program. */
interface Said {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** Folder of the components, for programs to require. */
export const components = JSON.stringify(path.join(root, "components"));

const usual: Readonly<Record<string, string>> = {
  "Pulumi.yaml": "name: user\nruntime: nodejs\n",
  "package.json": '{"name":"user"}',
  "Pulumi.dev.yaml": "config:\n  aws:region: eu-central-1\n",
};

/** Node.js 22 and later warn about the ts-node with which the SDK of Pulumi loads an ES module. */
const warningAboutTsNode =
  /^\(node:\d+\) \[DEP0180\] DeprecationWarning: .*\n\(Use `node --trace-deprecation .*\n/m;

/** Asserts how a program is rehearsed: every note and error is expected and one line, and not a stack trace. */
export async function assertPlayed({ code = 0, notes = [], says = [], ...program }: Case): Promise<void> {
  const { output, ...said } = await rehearse(program);
  const errors = said.errors.replace(warningAboutTsNode, "");
  assert.equal(said.code, code, errors + output);
  for (const line of says) assert.match(output, line);
  assert.doesNotMatch(errors, /^\s+at .*:\d+/m);
  const lines = errors.split("\n").filter((line) => line !== "");
  assert.equal(lines.length, notes.length, errors);
  for (const [index, note] of notes.entries()) assert.match(lines[index] ?? "", note);
}

/** Rehearses a program in a folder of its own, with the packages of this repository. */
async function rehearse({ args = [], files }: Program): Promise<Said> {
  const project = new UserProject();
  try {
    project.link("node_modules", path.relative(project.folder, path.join(root, "node_modules")));
    for (const [name, content] of Object.entries({ ...usual, ...files }))
      if (content !== "") project.write(name, content);
    return await run(project.folder, args);
  } finally {
    project.remove();
  }
}

function run(folder: string, args: readonly string[]): Promise<Said> {
  const command = [
    "--require",
    path.join(root, "node_modules/ts-node/register/transpile-only"),
    path.join(root, "cli/main.ts"),
    "rehearse",
    ...args,
  ];
  const env = { ...process.env, NO_COLOR: "1", TS_NODE_PROJECT: path.join(root, "tsconfig.json") };
  const child = spawn(process.execPath, command, { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
  let [output, errors] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  return new Promise((resolve) => {
    child.on("close", (code) => {
      resolve({ code, output, errors });
    });
  });
}
