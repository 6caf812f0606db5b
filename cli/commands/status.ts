import { Command } from "commander";
import type { StatusOptions } from "../account";
import { collect, region, runOnAccount } from "../onAccount";

/** `graceful-asg status`: what waits, since when, for what, and what the handler does next. */
export function status(): Command {
  return new Command("status")
    .description("shows which instances wait at their hooks, for what, and what the handler does next")
    .option(
      "--group <name>",
      "group to look at; may be given several times (default: all of ours)",
      collect,
      [],
    )
    .addOption(region())
    .option("--watch", "looks again every 5 seconds, until you press Ctrl-C", false)
    .option("--json", "everything that was read, as JSON; instants in milliseconds since 1970", false)
    .action((options: StatusOptions) => runOnAccount((account, ...how) => account.status(options, ...how)));
}
