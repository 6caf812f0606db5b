import type { PolicyChoices } from "../../../policy/choices";
import { AccountError } from "../../accountError";
import type { Terminal } from "../../terminal";
import type { OpenAccount } from "../account";
import { handlersOf, readGroups } from "../groups";
import { checkGroup, severities, type GroupCheck } from "./groupCheck";
import { showProgress } from "./progress";
import { createReads } from "./read/reads";
import { reportLines, type CheckReport } from "./report";
import { survey } from "./survey";

/** Severity from which on a finding makes the command fail. */
export type FailOn = "low" | "medium" | "high" | "never";

/** Groups of one Region. */
export interface Place {
  /** Undefined for the Region of the environment. */
  readonly region: string | undefined;
  /** Names of groups; empty for all groups of the Region, or all of ours. */
  readonly groups: readonly string[];
}

/** What `graceful-asg check` checks, and how it answers. */
export interface CheckOptions {
  readonly places: readonly Place[];
  /** Whether to look at groups of others where no group is named. */
  readonly all: boolean;
  readonly json: boolean;
  readonly failOn: FailOn;
  /** Levels and limits of rules. */
  readonly choices: PolicyChoices;
}

/** Checks groups and shows what their next scale-in does, and what is wrong. */
export async function check(options: CheckOptions, open: OpenAccount, terminal: Terminal): Promise<number> {
  const { failOn, json, places } = options;
  const reports: CheckReport[] = [];
  for (const place of places) reports.push(await checkPlace(place, options, open));
  const groups = reports.flatMap((one) => one.groups);
  const notChecked = [...new Set(reports.flatMap((one) => one.notChecked))];
  if (json) terminal.line(JSON.stringify({ groups, notChecked }, undefined, 2));
  else {
    const isNamed = places.some((place) => place.groups.length > 0);
    for (const line of reportLines({ groups, notChecked }, isNamed)) terminal.line(line);
  }
  return groups.some((group) => fails(group, failOn)) ? 1 : 0;
}

async function checkPlace(
  { groups: names, region }: Place,
  { all, choices }: CheckOptions,
  open: OpenAccount,
): Promise<CheckReport> {
  const account = await open(region);
  const groups = await readGroups(account, names);
  const chosen = groups.filter((one) => all || names.length > 0 || handlersOf(one).length > 0);
  if (chosen.length === 0)
    throw new AccountError(
      all
        ? `There is no Auto Scaling group in ${account.region}. Check --region and the account.`
        : `No group in ${account.region} has the tag graceful-asg:handler. Give --all to check groups of others too, or check --region and the account.`,
    );
  const reads = createReads(account);
  const progress = showProgress(chosen.length);
  try {
    const surveyed = await survey(reads, chosen, progress.onGroup);
    return {
      groups: surveyed.map((one) => checkGroup(one, account.region, choices)),
      notChecked: [...reads.notChecked].sort(),
    };
  } finally {
    progress.stop();
  }
}

function fails({ findings }: GroupCheck, failOn: FailOn): boolean {
  if (failOn === "never") return false;
  return findings.some(({ severity }) => severities.indexOf(severity) >= severities.indexOf(failOn));
}
