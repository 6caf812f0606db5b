import { Command, InvalidArgumentError, Option } from "commander";
import type { ExplainOptions } from "../account";
import { region, runOnAccount } from "../onAccount";
import { pictureFile } from "../picture";

/** `graceful-asg explain`: what became of an instance, and why. */
export function explain(): Command {
  return new Command("explain")
    .description("tells what became of an instance, and why, also of an instance that is long gone")
    .argument("<instance>", "id of the instance", instanceId)
    .option("--group <name>", "group of an instance that is gone (default: the group is looked up)")
    .addOption(region())
    .addOption(new Option("--picture <file>", "writes a picture of it, .svg or .html").argParser(pictureFile))
    .option("--json", "everything that was read, as JSON; instants in milliseconds since 1970", false)
    .action((instance: string, options: Omit<ExplainOptions, "instance">) =>
      runOnAccount((account, ...how) => account.explain({ ...options, instance }, ...how)),
    );
}

function instanceId(given: string): string {
  if (/^i-([0-9a-f]{8}|[0-9a-f]{17})$/.test(given)) return given;
  throw new InvalidArgumentError("It must be the id of an instance, as in i-0123456789abcdef0.");
}
