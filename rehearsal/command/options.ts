import { readFileSync } from "node:fs";
import { Command, InvalidArgumentError, Option } from "commander";
import { faults, faultsOf, isFault, type FaultName } from "../box";
import type { Inputs } from "../program/registration";
import { RehearsalError, type RehearsalPlan } from "./rehearsal";

/** What `graceful-asg rehearse` was asked for. */
export interface RehearseOptions extends RehearsalPlan {
  /** Stack of the program; undefined for `dev`, or for the one that has a file. */
  readonly stack: string | undefined;
  /** Configuration that overrides the stack's, by key. */
  readonly config: Readonly<Record<string, string>>;
  /** Outputs of other stacks by their names, as JSON files hold them. */
  readonly stackOutputs: Readonly<Record<string, Inputs>>;
  readonly allowFailures: boolean;
  readonly json: boolean;
  readonly picture: string | undefined;
  readonly runScripts: boolean;
}

/** Most instances that one rehearsal takes. */
const maxInstances = 5_000;

/** Longest that a script may be said to take, seconds: 48 hours. */
const maxScriptSeconds = 172_800;

/** Makes the command line; a wrong option ends the process with one line that says what is allowed. */
export function createCommandLine(rehearse: (options: RehearseOptions) => Promise<void>): Command {
  const program = new Command("graceful-asg")
    .description("Rehearses how the instances of a stack come and go, without an AWS account.")
    .version(version());
  program
    .command("rehearse")
    .description("plays a scale-in of a stack's group against AWS in a box, in virtual time")
    .argument(
      "[stack]",
      "stack of the Pulumi program in this folder (default: dev, or the one that has a file)",
    )
    .addOption(
      new Option("--transition <transition>", "what to play: a scale-in or a scale-out")
        .choices(["terminate", "launch"])
        .default("terminate"),
    )
    .addOption(number("--instances <number>", "how many instances come or go", 1, maxInstances).default(3))
    .addOption(
      number(
        "--script-seconds <seconds>",
        "how long a script takes (default: a part of what it may)",
        0,
        maxScriptSeconds,
      ),
    )
    .option(
      "--fault <name>",
      "something that goes wrong; may be given several times, see below",
      addFault,
      [],
    )
    .option("--group <name>", "group to rehearse, where the program has several")
    .option(
      "-c, --config <key=value>",
      "configuration in place of the stack's; may be given several times",
      addConfig,
      {},
    )
    .option(
      "--stack-outputs <stack=file>",
      "outputs of another stack, as pulumi stack output --json prints them; may be given several times",
      addStackOutputs,
      {},
    )
    .option("--seed <text>", "same seed, same rehearsal", "1")
    .option("--allow-failures", "exits with 0 although a script fails or an instance ends without it", false)
    .option("--json", "everything that happened, and the summary, as JSON", false)
    .addOption(new Option("--picture <file>", "writes a picture of it, .svg or .html").argParser(pictureFile))
    .option(
      "--run-scripts",
      "runs the very script of the document in a local shell instead, in real time",
      false,
    )
    .addHelpText("after", `\nFaults:\n${faultTable()}`)
    .action(
      async (
        stack: string | undefined,
        { fault, ...options }: Omit<RehearseOptions, "stack" | "faults"> & { fault: FaultName[] },
      ) => {
        await rehearse({ ...options, stack, faults: fault });
      },
    );
  return program;
}

/** What only a rehearsal has a use for, with what it is without being given. */
const idleWithScripts = {
  instances: 3,
  scriptSeconds: undefined,
  seed: "1",
  json: false,
  picture: undefined,
  allowFailures: false,
} as const;

/**
 * Refuses options that would be ignored: with `--run-scripts` nothing but the script runs.
 * @throws RehearsalError
 */
export function refuseIdleOptions(options: RehearseOptions): void {
  const meaningful = faultsOf(options.transition);
  const idle = options.faults.filter((name) => !meaningful.includes(name));
  if (idle.length > 0) {
    throw new RehearsalError(
      `--fault is ${idle.join(", ")}, which means nothing for ${options.transition}; it must be one of ${meaningful.join(", ")}.`,
    );
  }
  if (!options.runScripts) return;
  const given = Object.entries(idleWithScripts)
    .filter(([name, usual]) => options[name as keyof typeof idleWithScripts] !== usual)
    .map(([name]) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`);
  const all = [...given, ...(options.faults.length > 0 ? ["--fault"] : [])];
  if (all.length === 0) return;
  throw new RehearsalError(
    `--run-scripts runs the script once in this machine's shell and plays nothing. Leave out ${all.join(", ")}.`,
  );
}

function version(): string {
  const file = require.resolve("graceful-asg/package.json");
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}

function number(flags: string, description: string, min: number, max: number): Option {
  return new Option(flags, description).argParser((value) => {
    const parsed = Number(value);
    if (value.trim() !== "" && Number.isInteger(parsed) && parsed >= min && parsed <= max) return parsed;
    throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`);
  });
}

function addFault(name: string, before: readonly FaultName[]): FaultName[] {
  if (!isFault(name)) throw new InvalidArgumentError(`It must be one of ${Object.keys(faults).join(", ")}.`);
  return [...before, name];
}

type Texts = Readonly<Record<string, string>>;

function addConfig(given: string, before: Texts): Texts {
  const [, key, value] = /^([^=]+)=(.*)$/s.exec(given) ?? [];
  if (key === undefined || value === undefined) throw new InvalidArgumentError("It must be KEY=VALUE.");
  return { ...before, [key]: value };
}

type Outputs = Readonly<Record<string, Inputs>>;

function addStackOutputs(given: string, before: Outputs): Outputs {
  const [, stack, file] = /^([^=]+)=(.+)$/s.exec(given) ?? [];
  if (stack === undefined || file === undefined) throw new InvalidArgumentError("It must be STACK=FILE.");
  return { ...before, [stack]: readOutputs(file) };
}

function readOutputs(file: string): Inputs {
  try {
    const content: unknown = JSON.parse(readFileSync(file, "utf8"));
    if (typeof content === "object" && content !== null && !Array.isArray(content)) return { ...content };
  } catch {
    // The same is said of a file that cannot be read and of one that holds something else.
  }
  throw new InvalidArgumentError(
    `${file} must be a file with an object in JSON, as pulumi stack output --json prints.`,
  );
}

function pictureFile(name: string): string {
  if (/\.(svg|html)$/.test(name)) return name;
  throw new InvalidArgumentError("It must be the name of a file that ends in .svg or .html.");
}

function faultTable(): string {
  const width = Math.max(...Object.keys(faults).map(({ length }) => length));
  return Object.entries(faults)
    .map(([name, { simulates, ...fault }]) => {
      const only = "only" in fault ? ` (--transition ${fault.only})` : "";
      return `  ${name.padEnd(width)}  ${simulates}${only}`;
    })
    .join("\n");
}
