import {
  DescribeScalingActivitiesCommand,
  paginateDescribeWarmPool,
  type Activity,
  type AutoScalingGroup,
  type Instance,
} from "@aws-sdk/client-auto-scaling";
import {
  DescribeInstanceInformationCommand,
  GetCommandInvocationCommand,
  paginateListCommandInvocations,
  type CommandInvocation,
} from "@aws-sdk/client-ssm";
import { readHold, stepNames } from "../../../contract";
import { createEc2 } from "../../../handler/aws/ec2";
import { nameOf } from "../../../handler/aws/errors";
import { toSecond } from "../../../handler/aws/second";
import type { Account } from "../account";
import { translated } from "../aws/errors";
import { readGroups } from "../groups";
import type { SeenCommand, StepEnd } from "./course";

/** What a look asks for, besides the group. */
export interface Wanted {
  readonly group: string;
  /** Instances that are looked for in the warm pool where the group does not list them. */
  readonly followed: readonly string[];
  /** Documents whose commands since an instant are listed, given the group as it is now. */
  documents(group: AutoScalingGroup): readonly string[];
  readonly since: number;
  /** Whether the end of the step of a command is read: it is over, and its end was not read before. */
  needsStep(invocation: CommandInvocation): boolean;
  /** Instances whose agent has not been seen online. */
  readonly silent: readonly string[];
  /** Whether the operators' holds are read, given the group as it is now. */
  mayBeHeld(group: AutoScalingGroup): boolean;
  /** Whether the scaling activities are read, given the group as it is now. */
  hasNews(group: AutoScalingGroup): boolean;
}

/** What one look shows. */
export interface Look {
  /** The answers are of some instant from here to there, by AWS's clock; ms since 1970. */
  readonly began: number;
  readonly ended: number;
  /** With the instances of its warm pool that are followed, which Auto Scaling does not list with it. */
  readonly group: AutoScalingGroup;
  /** Newest first; undefined where they were not read. */
  readonly activities: readonly Activity[] | undefined;
  readonly invocations: readonly CommandInvocation[];
  readonly steps: ReadonlyMap<string, StepEnd>;
  readonly online: ReadonlySet<string>;
  /** The ends of operators' holds by instance, ms since 1970; undefined where they were not read. */
  readonly holds: ReadonlyMap<string, number> | undefined;
}

/** The key of a step among the steps of a look. */
export function stepKey(command: string, instance: string): string {
  return `${command} ${instance}`;
}

/** Looks at a group once; each kind of answer is read only where somebody wants it. */
export async function readLook(account: Account, wanted: Wanted): Promise<Look> {
  const began = account.clock.now();
  const group = await withPooled(account, await readGroup(account, wanted.group), wanted.followed);
  const [activities, invocations, online, holds] = await translated(() =>
    Promise.all([
      wanted.hasNews(group) ? readActivities(account, wanted.group) : undefined,
      readInvocations(account, wanted.documents(group), wanted.since),
      readOnline(account, wanted.silent),
      wanted.mayBeHeld(group) ? readHolds(account) : undefined,
    ]),
  );
  const steps = await translated(() => readSteps(account, invocations.filter(wanted.needsStep)));
  const ended = account.clock.now();
  return { began, ended, group, activities, invocations, steps, online, holds };
}

/** Until when operators hold instances, ms since 1970, by the call and the reading of the handler. */
export async function readHolds({ clients }: Account): Promise<ReadonlyMap<string, number>> {
  const values = await createEc2(clients.ec2, (_, send) => send()).holds();
  return new Map(
    [...values].flatMap(([instance, value]) => {
      const until = readHold(value);
      return until === undefined ? [] : [[instance, until] as const];
    }),
  );
}

async function readGroup(account: Account, name: string): Promise<AutoScalingGroup> {
  const [group] = await readGroups(account, [name]);
  if (group === undefined) throw new Error(`Auto Scaling describes no group ${name}`);
  return group;
}

async function withPooled(
  account: Account,
  group: AutoScalingGroup,
  followed: readonly string[],
): Promise<AutoScalingGroup> {
  const listed = group.Instances ?? [];
  const missing = followed.filter((id) => !listed.some(({ InstanceId }) => InstanceId === id));
  if (missing.length === 0) return group;
  const pooled = await readPool(account, group);
  return {
    ...group,
    Instances: [...listed, ...pooled.filter(({ InstanceId = "" }) => missing.includes(InstanceId))],
  };
}

/** The instances of the warm pool of a group, which Auto Scaling does not list with the group; no call without a pool. */
export async function readPool(
  { clients }: Account,
  { AutoScalingGroupName, WarmPoolConfiguration }: AutoScalingGroup,
): Promise<readonly Instance[]> {
  if (WarmPoolConfiguration === undefined) return [];
  const found: Instance[] = [];
  await translated(async () => {
    const pages = paginateDescribeWarmPool({ client: clients.autoScaling }, { AutoScalingGroupName });
    for await (const { Instances = [] } of pages) found.push(...Instances);
  });
  return found;
}

/** The latest scaling activities of a group, newest first, at most 100. */
export async function readActivities({ clients }: Account, group: string): Promise<readonly Activity[]> {
  const command = new DescribeScalingActivitiesCommand({ AutoScalingGroupName: group, MaxRecords: 100 });
  return (await clients.autoScaling.send(command)).Activities ?? [];
}

/** The commands of documents since an instant. */
export async function readInvocations(
  { clients }: Account,
  documents: readonly string[],
  since: number,
): Promise<CommandInvocation[]> {
  const found: CommandInvocation[] = [];
  for (const document of documents) {
    const Filters = [
      { key: "DocumentName" as const, value: document },
      { key: "InvokedAfter" as const, value: toSecond(since) },
    ];
    for await (const page of paginateListCommandInvocations(
      { client: clients.ssm, pageSize: 50 },
      { Filters },
    ))
      found.push(...(page.CommandInvocations ?? []));
  }
  return found;
}

async function readSteps(
  account: Account,
  over: readonly CommandInvocation[],
): Promise<ReadonlyMap<string, StepEnd>> {
  const found = new Map<string, StepEnd>();
  for (const { CommandId = "", InstanceId = "" } of over) {
    const step = await readStep(account, CommandId, InstanceId);
    if (step !== undefined) found.set(stepKey(CommandId, InstanceId), step);
  }
  return found;
}

/** The words of the agent in place of the output of a step for another platform. */
const skipped = "Step execution skipped";

/** The end of the step for the platform of the instance; undefined where SSM shows none. */
export async function readStep(
  { clients }: Account,
  CommandId: string,
  InstanceId: string,
): Promise<StepEnd | undefined> {
  for (const PluginName of Object.values(stepNames)) {
    const command = new GetCommandInvocationCommand({ CommandId, InstanceId, PluginName });
    const found = await unlessUnknown(() => clients.ssm.send(command));
    if (found === undefined) return undefined;
    const { ResponseCode = -1, StandardErrorContent = "", StandardOutputContent = "" } = found;
    if (StandardOutputContent.startsWith(skipped)) continue;
    const instant = (text: string | undefined) => (text ? Date.parse(text) : undefined);
    return {
      code: ResponseCode,
      startedAt: instant(found.ExecutionStartDateTime),
      endedAt: instant(found.ExecutionEndDateTime),
      output: [StandardOutputContent, StandardErrorContent].filter(Boolean).join("\n"),
    };
  }
  return undefined;
}

async function unlessUnknown<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (["InvocationDoesNotExist", "InvalidCommandId", "InvalidPluginName"].includes(nameOf(error)))
      return undefined;
    throw error;
  }
}

/** Which of some instances SSM shows with an agent that is online. */
export async function readOnline(
  { clients }: Account,
  instances: readonly string[],
): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (let from = 0; from < instances.length; from += 50) {
    const Filters = [{ Key: "InstanceIds", Values: instances.slice(from, from + 50) }];
    const command = new DescribeInstanceInformationCommand({ Filters, MaxResults: 50 });
    for (const { InstanceId, PingStatus } of (await clients.ssm.send(command)).InstanceInformationList ?? [])
      if (InstanceId !== undefined && PingStatus === "Online") found.add(InstanceId);
  }
  return found;
}

/** The names of the fields of a record of a command, and which of them are empty. */
export function fieldsOf(record: CommandInvocation): SeenCommand["fields"] {
  const names = Object.entries(record).filter(([name]) => name !== "$metadata");
  const isEmpty = (value: unknown) =>
    value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
  return {
    filled: names.filter(([, value]) => !isEmpty(value)).map(([name]) => name),
    empty: names.filter(([, value]) => isEmpty(value)).map(([name]) => name),
  };
}
