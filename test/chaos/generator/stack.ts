import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import {
  GracefulAutoScalingGroup,
  GracefulLifecycle,
  LifecycleHandler,
  TargetGroupProtocol,
  type DrainArgs,
  type GracefulAutoScalingGroupArgs,
  type LaunchArgs,
  type LaunchWords,
  type TerminateArgs,
  type TerminateWords,
  type WarmPoolArgs,
} from "../../../components";
import {
  OnFailure,
  Prefer,
  ReplaceOn,
  Transport,
  busyTag,
  decodeInstructions,
  readBusySettings,
} from "../../../contract";
import { Random, type Code, type GroupSettings, type World } from "../../../simulator";
import { readWorld } from "../../../stack";
import { networkDeregistration, schedule } from "../../../timing";
import { codeOf } from "../../../cli/rehearsal/rehearsal";
import { record } from "../../../evaluate/record";
import { drawWarmPool } from "./warmPool";

/** A stack as it would be deployed. */
export interface Stack {
  readonly world: World;
  readonly code: Code;
}

/** Handlers of a family, and groups on each: enough for hundreds of stacks of one to three groups. */
const handlers = 4;
const groupsOfEach = 10;

/** Some handlers with many groups each, of which stacks are drawn: to evaluate a program takes longer than a run. */
export interface Family {
  readonly world: World;
  readonly code: Code;
}

/** Makes a family at random, with arguments all over their ranges, though seldom so long that a run would take long. */
export async function drawFamily(seed: string): Promise<Family> {
  const random = new Random(seed);
  const { registrations } = await record(
    {
      project: "chaos",
      stack: "dev",
      config: {},
      account: { id: "123456789012", region: "us-east-1", partition: "aws" },
    },
    () => {
      program(random);
    },
  );
  const world = readWorld(registrations);
  return { world, code: codeOf(world) };
}

/** A stack of a family: one to three groups on one handler, of our own or made elsewhere. */
export function drawStack({ code, world }: Family, seed: string): Stack {
  const random = new Random(seed);
  const serving = world.functions.filter(({ name }) => world.groups.some((group) => isServedBy(group, name)));
  const handler = serving[random.between("handler", 0, serving.length - 1)];
  if (handler === undefined) throw new Error("the family has no handler");
  const all = world.groups.filter((group) => isServedBy(group, handler.name));
  const first = random.between("first", 0, all.length - 1);
  const count = random.pick("groups", [1, 1, 1, 1, 1, 1, 1, 1, 2, 3]);
  const step = random.between("step", 1, 3);
  const groups = Array.from({ length: count }, (_, index) => all[(first + index * step) % all.length]);
  return stackOf(
    world,
    code,
    handler.arn,
    groups.filter((one) => one !== undefined),
  );
}

/** Name of a stack: the same for the same handler and groups. */
export function nameOf({ world }: Stack): string {
  return [...world.functions, ...world.groups].map(({ name }) => name).join(" ");
}

/** The part of a world that belongs to one handler and some of its groups. */
function stackOf(world: World, code: Code, handler: string, groups: readonly GroupSettings[]): Stack {
  const handlerName = world.functions.find(({ arn }) => arn === handler)?.name ?? "";
  const documents = new Set(
    groups.flatMap(({ hooks }) =>
      hooks.flatMap(({ notificationMetadata }) => {
        const { announce, document } = decodeInstructions(notificationMetadata) ?? {};
        return [document ?? "", announce?.document ?? ""];
      }),
    ),
  );
  for (const { tags } of groups) {
    const { document } = readBusySettings(handlerName, tags[busyTag] ?? "");
    if (document !== undefined) documents.add(document);
  }
  const functions = new Set([handler, ...groups.flatMap(({ terminationPolicies }) => terminationPolicies)]);
  const subscriptions = world.subscriptions.filter(({ endpoint }) => endpoint === handler);
  return {
    code: new Map([...code].filter(([arn]) => functions.has(arn))),
    world: {
      ...world,
      groups,
      functions: world.functions.filter(({ arn }) => functions.has(arn)),
      subscriptions,
      rules: world.rules.filter(({ targets }) => targets.some(({ arn }) => arn === handler)),
      documents: new Map([...world.documents].filter(([name]) => documents.has(name))),
      topics: new Set(subscriptions.map(({ topic }) => topic)),
    },
  };
}

function isServedBy({ hooks }: GroupSettings, handler: string): boolean {
  return hooks.some(
    ({ notificationMetadata }) => decodeInstructions(notificationMetadata)?.handler === handler,
  );
}

function program(random: Random): void {
  for (let number = 1; number <= handlers; number += 1) {
    const probes = number === 1;
    const handler = new LifecycleHandler(`handler${number}`, {
      spot: number % 2 === 0,
      replaceOn: replaceOn[number % replaceOn.length] ?? [],
      prefer: Prefer.Idle,
      ...(probes ? { isBusy } : {}),
      ...(number > 2 ? { events: { busArn } } : {}),
    });
    for (let index = 1; index <= groupsOfEach; index += 1)
      group(random, handler, `h${number}g${index}`, probes);
  }
}

/** The event bus that half of the handlers tell. */
const busArn = "arn:aws:events:us-east-1:123456789012:event-bus/deployments";

/** What the handlers replace instances on, in turn. */
const replaceOn = [[], [ReplaceOn.Retirement, ReplaceOn.Rebalance], [ReplaceOn.Retirement]];

function group(random: Random, handler: LifecycleHandler, name: string, probes: boolean): void {
  const terminate = terminateArgs(random, name, probes);
  const times = {
    terminate,
    ...(random.happens(`${name}/launches`, 0.4) ? { launch: launchArgs(random, name) } : {}),
    transport: random.pick(`${name}/transport`, [Transport.Sns, Transport.EventBridge]),
    scriptLogs: random.happens(`${name}/scriptLogs`, 0.2),
    handler,
  };
  const warmPool = random.happens(`${name}/pool`, 0.25) ? drawWarmPool(random, name) : undefined;
  const deregistrationDelay = random.pick(`${name}/delay`, [0, 5, 20, 60, 120]);
  const drain = drainArgs(random, name, times.terminate, deregistrationDelay);
  const targets = targetGroups(random, name, deregistrationDelay);
  const announced = (hasTime: boolean): { terminate: TerminateArgs } => ({
    terminate: {
      ...terminate,
      ...(hasTime || drain.drain !== undefined ? announceArgs(random, name, terminate) : {}),
    },
  });
  if (random.happens(`${name}/elsewhere`, 0.2))
    adopt(name, { ...times, ...announced(deregistrationDelay > 0), ...drain, deregistrationDelay }, warmPool);
  else
    new GracefulAutoScalingGroup(name, {
      ...times,
      ...announced(hasDeregistration(targets)),
      ...busyArgs(random, name, probes),
      ...drain,
      vpcId: "vpc-0123456789abcdef0",
      subnetIds: subnets.slice(0, random.pick(`${name}/zones`, [1, 1, 2, 3])),
      instance: {},
      minSize: 0,
      maxSize: 1000,
      capacityRebalance: random.happens(`${name}/rebalances`, 0.2),
      ...targets,
      ...(warmPool ? { warmPool } : {}),
    });
}

/** Turns, whose wait is over after a few of them, for every sixth group. */
function drainArgs(
  random: Random,
  name: string,
  { heartbeatTimeout = 7200, sessions, timeout }: TerminateArgs,
  delay: number,
): { drain?: DrainArgs } {
  if (!random.happens(`${name}/turns`, 1 / 6)) return {};
  const { globalTimeout, turn } = schedule({ heartbeatTimeout, maxWait: sessions?.maxWait ?? 0, timeout });
  // The deregistration of a target group of a Network Load Balancer takes at least as long.
  const wait = Math.max(delay, networkDeregistration) + random.pick(`${name}/ahead`, [1, 2, 4]) * turn;
  return {
    drain: {
      maxConcurrent: random.pick(`${name}/atOnce`, [1, 1, 2]),
      maxWait: Math.min(wait, globalTimeout - turn),
    },
  };
}

/** A target group that the component makes, for either kind of load balancer, two that are made elsewhere, or none. */
function targetGroups(
  random: Random,
  name: string,
  deregistrationDelay: number,
): Pick<GracefulAutoScalingGroupArgs, "targetGroup" | "targetGroups"> {
  switch (random.pick(`${name}/balancer`, ["application", "application", "network", "elsewhere", "none"])) {
    case "network":
      return { targetGroup: { port: 8080, protocol: TargetGroupProtocol.Tcp, deregistrationDelay } };
    case "elsewhere":
      return {
        targetGroups: [deregistrationDelay, 15].map((delay, index) => ({
          arn: new aws.lb.TargetGroup(`${name}-${index}`, { deregistrationDelay: delay }).arn,
          deregistrationDelay: delay,
        })),
      };
    case "none":
      return {};
    default:
      return { targetGroup: { port: 8080, deregistrationDelay } };
  }
}

/** Whether target groups take time to deregister an instance. */
function hasDeregistration({ targetGroup, targetGroups: others }: ReturnType<typeof targetGroups>): boolean {
  if (others !== undefined || targetGroup?.protocol === TargetGroupProtocol.Tcp) return true;
  return (targetGroup?.deregistrationDelay ?? 0) > 0;
}

/** What tells instances that they were chosen, for every third group, for the platform of its stop script. */
function announceArgs(
  random: Random,
  name: string,
  { windowsService }: TerminateArgs,
): Partial<TerminateArgs> {
  if (!random.happens(`${name}/announces`, 1 / 3)) return {};
  const timeout = random.pick(`${name}/announceTimeout`, [5, 30, 300]);
  return {
    announce:
      windowsService === undefined
        ? { script: "pause-worker", timeout }
        : { powershell: "Suspend-Worker", timeout },
  };
}

const subnets = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1", "subnet-0123456789abcdef2"];

/** Whether a group prefers idle instances and protects busy instances, by a check or by the callback of its handler. */
function busyArgs(
  random: Random,
  name: string,
  probes: boolean,
): Pick<GracefulAutoScalingGroupArgs, "busyCheck" | "prefer" | "protectWhileBusy"> {
  const prefer = random.happens(`${name}/prefer`, 0.15) ? Prefer.Idle : Prefer.Any;
  const protectWhileBusy = random.happens(`${name}/protect`, 0.1);
  if (prefer === Prefer.Any && !protectWhileBusy) return {};
  const hasCheck = !probes || random.happens(`${name}/busyCheck`, 0.5);
  return { prefer, protectWhileBusy, ...(hasCheck ? { busyCheck: "pgrep worker" } : {}) };
}

/** A group that somebody else has made, whose instances carry somebody else's tag. */
function adopt(
  name: string,
  times: Omit<ConstructorParameters<typeof GracefulLifecycle>[1], "groupName" | "instanceTag">,
  warmPool: WarmPoolArgs | undefined,
): void {
  const { deregistrationDelay = 0, ...rest } = times;
  const targets = new aws.lb.TargetGroup(name, { deregistrationDelay });
  const group = new aws.autoscaling.Group(name, {
    minSize: 0,
    maxSize: 1000,
    targetGroupArns: [targets.arn],
    ...(warmPool
      ? { warmPool: { ...warmPool, instanceReusePolicy: { reuseOnScaleIn: warmPool.reuseOnScaleIn } } }
      : {}),
    tags: [{ key: "Name", value: name, propagateAtLaunch: true }],
  });
  new GracefulLifecycle(name, {
    ...rest,
    deregistrationDelay,
    groupName: group.name,
    instanceTag: { key: "Name", value: name },
  });
}

/** The ways to say how an application is stopped, and how it gets ready; scripts on Windows behave alike. */
const stopWords: readonly [TerminateWords, ...TerminateWords[]] = [
  { script: "systemctl stop application" },
  { script: pulumi.output("stop-worker --queue jobs") },
  { systemdUnit: "application worker@" },
  { container: { label: "app=web" } },
  { windowsService: "W3SVC" },
];
const launchWords: readonly [LaunchWords, ...LaunchWords[]] = [
  { script: "curl --fail localhost:8080/health" },
  { httpReady: { port: 8080, path: "/health" } },
];

function terminateArgs(random: Random, name: string, probes: boolean): TerminateArgs {
  const sessions = probes || random.happens(`${name}/sessions`, 0.2);
  return {
    ...random.pick(`${name}/word`, stopWords),
    timeout: random.pick(`${name}/timeout`, [5, 5, 10, 10, 15, 20, 30, 30, 60, 120, 300]),
    ...(sessions ? { sessions: { ports: [22], maxWait: random.pick(`${name}/maxWait`, [10, 30, 60]) } } : {}),
    ...heartbeatTimeout(random, `${name}/terminate`),
    onFailure: random.pick(`${name}/onFailure`, [OnFailure.Continue, OnFailure.Abandon, OnFailure.Retain]),
  };
}

function launchArgs(random: Random, name: string): LaunchArgs {
  return {
    ...random.pick(`${name}/launchWord`, launchWords),
    timeout: random.pick(`${name}/launchTimeout`, [10, 60, 120, 300]),
    ...heartbeatTimeout(random, `${name}/launch`),
    onFailure: random.pick(`${name}/launchFailure`, [
      OnFailure.Abandon,
      OnFailure.Abandon,
      OnFailure.Continue,
    ]),
  };
}

/** A heartbeat timeout that is shorter than the budget now and then, so that there are heartbeats. */
function heartbeatTimeout(random: Random, about: string): { heartbeatTimeout?: number } {
  const short = random.happens(`${about}/short`, 0.3);
  return short ? { heartbeatTimeout: random.pick(`${about}/heartbeatTimeout`, [300, 300, 360, 600]) } : {};
}

/** Busy for the first half of every two minutes; each instance at a time of its own. Throws and hangs now and then. */
async function isBusy({ instanceId }: { instanceId: string }): Promise<boolean> {
  const own = parseInt(instanceId.slice(-4), 16);
  const seconds = Math.floor(Date.now() / 1000) + own;
  if (own % 13 === 0) throw new Error("the probe is broken");
  if (own % 17 === 0) await new Promise(() => undefined);
  return seconds % 120 < 60;
}
