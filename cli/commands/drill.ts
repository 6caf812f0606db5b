import { Command, Option } from "commander";
import type { DrillOptions } from "../account";
import { region, runOnAccount } from "../onAccount";
import { wholeNumber } from "../options";
import { personAtConsole } from "../person";
import { readPredictor, type Foreseen } from "../rehearsal/prediction";

/** Most instances of one drill. */
const maxInstances = 50;

/** `graceful-asg drill`: a scale-in or a scale-out for real, watched and judged. */
export function drill(): Command {
  return new Command("drill")
    .description("scales in for real: says what it is going to do, asks, watches, and judges the promises")
    .option("--group <name>", "group to scale in (default: the only group of ours in the Region)")
    .option("--stack <name>", "stack of the program in this folder, to compare with its rehearsal")
    .addOption(
      new Option("--transition <transition>", "a scale-in or a scale-out")
        .choices(["terminate", "launch"])
        .default("terminate"),
    )
    .addOption(
      wholeNumber("--instances <number>", "how many instances go or come", 1, maxInstances).default(1),
    )
    .option("--lower-desired", "lowers the desired capacity, so that nothing replaces the instances", false)
    .option("--yes", "does not ask", false)
    .option("--report <file>", "writes everything that was seen to a file, .json or .md")
    .addOption(region())
    .option("--json", "the report as JSON in place of the lines; needs --yes", false)
    .action(({ stack, ...options }: DrillOptions & { readonly stack?: string }) =>
      runOnAccount((account, ...how) =>
        account.drill(options, ...how, {
          person: personAtConsole(),
          predict: stack === undefined ? undefined : (foreseen) => predictorOf(stack, foreseen),
        }),
      ),
    );
}

function predictorOf(stack: string, foreseen: Foreseen) {
  return readPredictor(process.cwd(), stack, foreseen, ({ message }) => {
    if (message.trim() !== "") console.error(message.trimEnd());
  });
}
