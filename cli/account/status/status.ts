import pLimit from "p-limit";
import { AccountError } from "../../accountError";
import type { Terminal } from "../../terminal";
import type { Account, OpenAccount } from "../account";
import { handlersOf, readGroups } from "../groups";
import { statusLines } from "./report";
import { statusOf, type GroupStatus } from "./waits";

/** The options of `graceful-asg status`. */
export interface StatusOptions {
  /** Names of groups; all groups of ours if empty. */
  readonly group: readonly string[];
  readonly region: string | undefined;
  readonly watch: boolean;
  readonly json: boolean;
}

/** Groups that are looked at side by side. */
const sideBySide = 8;

/** Time between two looks, ms. */
const watchInterval = 5_000;

/** Shows what waits, once or again and again. */
export async function status(options: StatusOptions, open: OpenAccount, terminal: Terminal): Promise<number> {
  const account = await open(options.region);
  if (options.json) {
    terminal.line(JSON.stringify(await readStatus(account, options.group), undefined, 2));
    return 0;
  }
  if (!options.watch) {
    for (const line of await look(account, options)) terminal.line(line);
    return 0;
  }
  while (!terminal.isClosed()) {
    terminal.repaint(await look(account, options));
    await account.clock.sleep(watchInterval);
  }
  return 0;
}

async function look(account: Account, { group }: StatusOptions): Promise<string[]> {
  return statusLines(await readStatus(account, group), account.region, account.clock.now());
}

/**
 * What waits in the groups of ours, or in the named groups of them.
 * @throws AccountError where no group is ours
 */
export async function readStatus(account: Account, names: readonly string[]): Promise<GroupStatus[]> {
  const groups = await readGroups(account, names);
  const ours = groups.filter((one) => handlersOf(one).length > 0);
  const [strange] = groups.filter((one) => names.length > 0 && !ours.includes(one));
  if (strange !== undefined)
    throw new AccountError(
      `--group is ${JSON.stringify(strange.AutoScalingGroupName)}, which no handler of graceful-asg serves: it has no tag graceful-asg:handler. Name a group that has, or leave --group out.`,
    );
  if (ours.length === 0)
    throw new AccountError(
      `No group in ${account.region} has the tag graceful-asg:handler. Check --region and the account.`,
    );
  const limit = pLimit(sideBySide);
  return Promise.all(ours.map((one) => limit(() => statusOf(account, one))));
}
