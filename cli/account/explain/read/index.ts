import { AccountError } from "../../../accountError";
import type { Account } from "../../account";
import type { ActivityFacts, Facts } from "../facts";
import { merged, type Span } from "../spans";
import { readActivities } from "./activities";
import { readCommands, readSent } from "./commands";
import { readGroup, readInstance } from "./group";
import { readLog } from "./log";
import { createSources, type Sources } from "./sources";

/** How long Systems Manager keeps commands, ms. Source: Systems Manager User Guide, command history. */
const commandsKept = 30 * 86_400_000;

/** How long before a transition a command may be sent early, at the warning of a Spot interruption, ms. */
const before = 180_000;

/** How long after a transition its last lines may be logged, ms. */
const after = 180_000;

/**
 * Reads everything that an account tells of an instance.
 * @param group name of its group, where it is known; without it the activities of all groups may have to be read
 * @throws AccountError where nothing tells of the instance
 */
export async function readFacts(
  account: Account,
  instance: string,
  group: string | undefined,
): Promise<Facts> {
  const sources = createSources();
  const now = account.clock.now();
  const present = await readInstance(account, sources, instance);
  const given = present?.AutoScalingGroupName ?? group;
  const activities = await readActivities(account, sources, instance, given);
  const named = present?.AutoScalingGroupName ?? activities.at(-1)?.group;
  const itsGroup = named ?? (await groupOfCommands(account, sources, instance));
  if (itsGroup === undefined)
    throw sources.denial ?? new AccountError(unknown(instance, account.region, group));
  const { handlers, settings } = await readGroup(account, sources, itsGroup);
  const spans = spansOf(activities, now);
  const kept = spans.filter(({ to }) => to > now - commandsKept);
  if (kept.length < spans.length)
    sources.note("Systems Manager keeps commands for 30 days; commands of before that are missing.");
  const commands = [];
  for (const span of kept) commands.push(await readCommands(account, sources, { instance, handlers, span }));
  const logs = await Promise.all(
    handlers.map((handler) => readLog(account, sources, handler, instance, spans)),
  );
  return {
    instance,
    region: account.region,
    now,
    group: itsGroup,
    lifecycleState: present?.LifecycleState,
    settings,
    handlers,
    activities,
    commands: commands
      .flatMap((some) => some ?? [])
      .sort((one, other) => one.requestedAt - other.requestedAt),
    hasCommands: kept.length === spans.length && !commands.includes(undefined),
    log: logs.flatMap((lines) => lines ?? []).sort((one, other) => one.at - other.at),
    hasLog: logs.length > 0 && !logs.includes(undefined),
    gaps: sources.gaps,
  };
}

/** The group that the parameters of an instance's commands name. */
async function groupOfCommands(
  account: Account,
  sources: Sources,
  instance: string,
): Promise<string | undefined> {
  const sent = await readSent(account, sources, instance);
  const names = [...(sent?.values() ?? [])].flatMap(({ Parameters }) => Parameters?.["group"]?.[0] ?? []);
  return names.find((name) => name !== "");
}

function unknown(instance: string, region: string, group: string | undefined): string {
  const where = group === undefined ? region : `${group} in ${region}`;
  return `INSTANCE is ${instance}, which is in no Auto Scaling group of ${region}; the scaling activities of ${where} in the last six weeks do not name it, nor do the commands of the last 30 days. Check the id, ${group === undefined ? "" : "--group, "}--region and the account.`;
}

/** When something about the instance may have been sent or logged; everything that is kept without activities. */
function spansOf(activities: readonly ActivityFacts[], now: number): Span[] {
  if (activities.length === 0) return [{ from: now - commandsKept, to: now + after }];
  return merged(
    activities.map(({ endedAt = now, startedAt }) => ({ from: startedAt - before, to: endedAt + after })),
  );
}
