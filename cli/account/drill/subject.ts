import { paginateDescribeScalingActivities, type AutoScalingGroup } from "@aws-sdk/client-auto-scaling";
import { GetCommandInvocationCommand, ListCommandsCommand } from "@aws-sdk/client-ssm";
import { stepNames, type Transition } from "../../../contract";
import { nameOf } from "../../../handler/aws/errors";
import { AccountError } from "../../accountError";
import type { Account } from "../account";
import { translated } from "../aws/errors";
import { handlersOf, nameOfGroup, readGroups } from "../groups";
import { isOwn, ownHookOf, readHooks, type AccountHook, type OwnHook } from "../hooks";
import { readHolds, readInvocations, readOnline, readPool } from "./look";

/** The group of a drill, as it is before. */
export interface Subject {
  readonly group: AutoScalingGroup;
  readonly hooks: Readonly<Partial<Record<Transition, OwnHook>>>;
  /** Other hooks, by transition. */
  readonly strangers: Readonly<Record<Transition, readonly string[]>>;
  /** When Auto Scaling launched instances, as far as it shows their activities; ms since 1970. */
  readonly launchedAt: ReadonlyMap<string, number>;
  /** Instances whose agents SSM shows online. */
  readonly online: ReadonlySet<string>;
  /** Until when operators hold instances of the account, ms since 1970. */
  readonly holds: ReadonlyMap<string, number>;
}

/** Most pages of activities that are read: Auto Scaling shows activities of six weeks. */
const activityPages = 50;

/**
 * Reads the group of a drill. It makes each call once that a drill makes, so that a permission that is missing shows
 * before anything is changed.
 * @param wanted undefined for the only group of ours
 */
export async function readSubject(account: Account, wanted: string | undefined): Promise<Subject> {
  const group = await findGroup(account, wanted);
  const name = nameOfGroup(group);
  const instances = (group.Instances ?? []).flatMap(({ InstanceId }) => InstanceId ?? []);
  return translated(async () => {
    const [all, launchedAt] = await Promise.all([readHooks(account, name), readLaunches(account, name)]);
    const ours = all
      .filter(isOwn)
      .filter(({ instructions }) => handlersOf(group).includes(instructions.handler));
    const hooks = Object.fromEntries(
      (["launch", "terminate"] as const).map((one) => [one, ownHookOf(ours, one)]),
    );
    await readPool(account, group);
    await tryCalls(
      account,
      ours.map(({ instructions }) => instructions.document),
    );
    return {
      group,
      hooks,
      strangers: { launch: strangersOf(all, ours, "launch"), terminate: strangersOf(all, ours, "terminate") },
      launchedAt,
      online: await readOnline(account, instances),
      holds: await readHolds(account),
    };
  });
}

async function findGroup(account: Account, wanted: string | undefined): Promise<AutoScalingGroup> {
  const groups = await readGroups(account, wanted === undefined ? [] : [wanted]);
  const ours = groups.filter((one) => handlersOf(one).length > 0);
  const [first] = ours;
  if (first !== undefined && ours.length === 1) return first;
  if (wanted !== undefined)
    throw new AccountError(
      `--group is ${JSON.stringify(wanted)}, which no handler of graceful-asg serves: it has no tag graceful-asg:handler. Name a group that has.`,
    );
  throw new AccountError(
    first === undefined
      ? `No group in ${account.region} has the tag graceful-asg:handler. Check --region and the account.`
      : `--group is not given; it must be one of ${ours.map(nameOfGroup).join(", ")}.`,
  );
}

async function readLaunches(
  { clients }: Account,
  AutoScalingGroupName: string,
): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  const pages = paginateDescribeScalingActivities(
    { client: clients.autoScaling, pageSize: 100 },
    { AutoScalingGroupName },
  );
  let read = 0;
  for await (const { Activities = [] } of pages) {
    for (const { Description = "", StartTime } of Activities) {
      const [id] = Description.startsWith("Launching") ? (/\bi-[0-9a-f]+\b/.exec(Description) ?? []) : [];
      if (id !== undefined && StartTime !== undefined && !found.has(id)) found.set(id, StartTime.getTime());
    }
    read += 1;
    if (read >= activityPages) break;
  }
  return found;
}

function strangersOf(
  all: readonly AccountHook[],
  ours: readonly OwnHook[],
  transition: Transition,
): readonly string[] {
  return all
    .filter((hook) => hook.transition === transition && !ours.some(({ name }) => name === hook.name))
    .map(({ name }) => name);
}

/** An id that no command has. */
const noCommand = "00000000-0000-0000-0000-000000000000";

/** Makes the calls of SSM that a drill makes later. That a command is not known is the answer that they should get. */
async function tryCalls(account: Account, documents: readonly string[]): Promise<void> {
  const { clients, clock } = account;
  await readInvocations(account, documents, clock.now());
  await unlessUnknown(() => clients.ssm.send(new ListCommandsCommand({ CommandId: noCommand })));
  const step = { CommandId: noCommand, InstanceId: "i-00000000000000000", PluginName: stepNames.Linux };
  await unlessUnknown(() => clients.ssm.send(new GetCommandInvocationCommand(step)));
}

async function unlessUnknown(call: () => Promise<unknown>): Promise<void> {
  try {
    await call();
  } catch (error) {
    if (!["InvalidCommandId", "InvalidInstanceId", "InvocationDoesNotExist"].includes(nameOf(error)))
      throw error;
  }
}
