import { Command, Option } from "commander";
import type { CheckOptions, FailOn } from "../account";
import { readChoices } from "../choices";
import { collect, region, runOnAccount } from "../onAccount";
import { placesOfStack } from "../stackGroups";

/** The options of `graceful-asg check`. */
interface Options extends Pick<CheckOptions, "all" | "json"> {
  readonly group: readonly string[];
  readonly stack: string | undefined;
  readonly region: string | undefined;
  readonly regions: readonly string[];
  readonly failOn: FailOn;
  readonly config: CheckOptions["choices"];
}

/** `graceful-asg check`: what the next scale-in of each group does, and what is wrong. */
export function check(): Command {
  return new Command("check")
    .description("says for each group how its instances drain, and what is wrong")
    .addOption(
      new Option("--group <name>", "group to check; may be given several times")
        .argParser(collect)
        .default([], "all of ours")
        .conflicts(["all", "stack"]),
    )
    .addOption(new Option("--all", "checks all groups, ours or not").default(false).conflicts("stack"))
    .option("--stack <name>", "checks the groups of a Pulumi stack of this folder, in their Regions")
    .addOption(region())
    .addOption(
      new Option("--regions <names>", "Regions, with commas between them")
        .argParser((text) => text.split(",").map((name) => name.trim()))
        .default([], "the Region of --region")
        .conflicts(["region", "stack"]),
    )
    .addOption(
      new Option("--config <file>", "levels and limits of rules, as for --policy-pack-config")
        .argParser(readChoices)
        .default({}, "the defaults of the rules"),
    )
    .addOption(
      new Option("--fail-on <severity>", "severity from which on a finding makes the exit code 1")
        .choices(["low", "medium", "high", "never"])
        .default("medium"),
    )
    .option("--json", "everything that was found, as JSON", false)
    .action((options: Options) =>
      runOnAccount(async (account, ...how) => account.check(await checkOptions(options), ...how)),
    );
}

async function checkOptions({
  config,
  group,
  region: one,
  regions,
  stack,
  ...rest
}: Options): Promise<CheckOptions> {
  const all = regions.length > 0 ? regions : [one];
  const places =
    stack === undefined
      ? all.map((name) => ({ region: name, groups: group }))
      : await placesOfStack(stack, one);
  return { ...rest, choices: config, places };
}
