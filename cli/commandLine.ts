import { readFileSync } from "node:fs";
import { Command } from "commander";
import { commands } from "./commands";

/** Makes the command line; a wrong option ends the process with one line that says what is allowed. */
export function createCommandLine(): Command {
  const program = new Command("graceful-asg")
    .description(
      "Rehearses how the instances of a stack come and go, without an AWS account, and shows what they do in an account.",
    )
    .version(version());
  for (const command of commands) program.addCommand(command());
  return program;
}

function version(): string {
  const file = require.resolve("graceful-asg/package.json");
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}
