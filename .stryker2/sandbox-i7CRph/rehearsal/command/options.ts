// @ts-nocheck
import { readFileSync } from "node:fs";
import { Command, InvalidArgumentError, Option } from "commander";
import { faults, type FaultName } from "../box";
import type { RehearsalPlan } from "./rehearsal";

/** What `graceful-asg rehearse` was asked for. */
export interface RehearseOptions extends RehearsalPlan {
  readonly stack: string;
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
    .argument("[stack]", "stack of the Pulumi program in this folder", "dev")
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
    .option("--seed <text>", "same seed, same rehearsal", "1")
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
        stack: string,
        { fault, ...options }: Omit<RehearseOptions, "stack" | "faults"> & { fault: FaultName[] },
      ) => {
        await rehearse({ ...options, stack, faults: fault });
      },
    );
  return program;
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

function isFault(name: string): name is FaultName {
  return Object.hasOwn(faults, name);
}

function pictureFile(name: string): string {
  if (/\.(svg|html)$/.test(name)) return name;
  throw new InvalidArgumentError("It must be the name of a file that ends in .svg or .html.");
}

function faultTable(): string {
  const width = Math.max(...Object.keys(faults).map(({ length }) => length));
  return Object.entries(faults)
    .map(([name, { simulates }]) => `  ${name.padEnd(width)}  ${simulates}`)
    .join("\n");
}
