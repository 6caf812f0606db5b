import { Command, InvalidArgumentError, Option } from "commander";
import { faults, isFault, rehearsable, type FaultName } from "../../simulator";
import { addConfig, addStackOutputs, wholeNumber } from "../options";
import type { RehearseOptions } from "../rehearsal/options";
import { pictureFile } from "../picture";
import { run } from "../rehearsal/run";

/** Most instances that one rehearsal takes. */
const maxInstances = 5_000;

/** Longest that a script may be said to take, seconds: 48 hours. */
const maxScriptSeconds = 172_800;

/** `graceful-asg rehearse`: plays a scale-in or a scale-out of what a stack would deploy. */
export function rehearse(): Command {
  return new Command("rehearse")
    .description("plays a scale-in of a stack's group against a simulator of AWS, in virtual time")
    .argument(
      "[stack]",
      "stack of the Pulumi program in this folder (default: dev, or the one that has a file)",
    )
    .addOption(
      new Option("--transition <transition>", "what to play: a scale-in or a scale-out")
        .choices(["terminate", "launch"])
        .default("terminate"),
    )
    .addOption(
      wholeNumber("--instances <number>", "how many instances come or go", 1, maxInstances).default(3),
    )
    .addOption(
      wholeNumber(
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
    .option(
      "--show-document",
      "prints the script of each transition instead; with --json the whole documents",
      false,
    )
    .addHelpText("after", `\nFaults:\n${faultTable()}`)
    .action(
      async (
        stack: string | undefined,
        { fault, ...options }: Omit<RehearseOptions, "stack" | "faults"> & { fault: FaultName[] },
      ) => {
        await run({ ...options, stack, faults: fault });
      },
    );
}

function addFault(name: string, before: readonly FaultName[]): FaultName[] {
  if (!isFault(name) || !rehearsable.includes(name))
    throw new InvalidArgumentError(`It must be one of ${rehearsable.join(", ")}.`);
  return [...before, name];
}

function faultTable(): string {
  const width = Math.max(...rehearsable.map(({ length }) => length));
  return rehearsable
    .map((name) => {
      const { only, simulates = "" } = faults[name];
      return `  ${name.padEnd(width)}  ${simulates}${only === undefined ? "" : ` (--transition ${only})`}`;
    })
    .join("\n");
}
