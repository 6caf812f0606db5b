import * as aws from "@pulumi/aws";
import {
  GracefulAutoScalingGroup,
  GracefulLifecycle,
  LifecycleHandler,
  type LaunchArgs,
  type TerminateArgs,
} from "../../components";
import { OnFailure, Transport } from "../../contract";
import { Chance, readWorld, type Code, type World } from "../box";
import { codeOf } from "../command/rehearsal";
import { record } from "../program/record";

/** A stack as it would be deployed. */
export interface Stack {
  readonly world: World;
  readonly code: Code;
}

/**
 * Makes a stack by chance: one to three groups on one handler, of our own or made elsewhere, with arguments all over
 * their ranges, though seldom so long that a run would take long.
 */
export async function drawStack(seed: string): Promise<Stack> {
  const chance = new Chance(seed);
  const { registrations } = await record(
    {
      project: "chaos",
      stack: "dev",
      config: {},
      account: { id: "123456789012", region: "us-east-1", partition: "aws" },
    },
    () => {
      program(chance);
    },
  );
  const world = readWorld(registrations);
  return { world, code: await codeOf(world) };
}

function program(chance: Chance): void {
  const probes = chance.happens("isBusy", 0.15);
  const handler = new LifecycleHandler("handler", {
    spot: chance.happens("spot", 0.5),
    ...(probes ? { isBusy } : {}),
  });
  const groups = chance.pick("groups", [1, 1, 1, 1, 1, 1, 1, 1, 2, 3]);
  for (let index = 1; index <= groups; index += 1) {
    const name = `group${index}`;
    const times = {
      terminate: terminateArgs(chance, name, probes),
      ...(chance.happens(`${name}/launches`, 0.4) ? { launch: launchArgs(chance, name) } : {}),
      transport: chance.pick(`${name}/transport`, [Transport.Sns, Transport.EventBridge]),
      scriptLogs: chance.happens(`${name}/scriptLogs`, 0.2),
      handler,
    };
    const deregistrationDelay = chance.pick(`${name}/delay`, [0, 5, 20, 60, 120]);
    if (chance.happens(`${name}/elsewhere`, 0.2)) adopt(name, { ...times, deregistrationDelay });
    else
      new GracefulAutoScalingGroup(name, {
        ...times,
        vpcId: "vpc-0123456789abcdef0",
        subnetIds: ["subnet-0123456789abcdef0"],
        instance: {},
        minSize: 0,
        maxSize: 1000,
        targetGroup: { port: 8080, deregistrationDelay },
      });
  }
}

/** A group that somebody else has made, whose instances carry somebody else's tag. */
function adopt(
  name: string,
  times: Omit<ConstructorParameters<typeof GracefulLifecycle>[1], "groupName" | "instanceTag">,
): void {
  const { deregistrationDelay = 0, ...rest } = times;
  const targets = new aws.lb.TargetGroup(name, { deregistrationDelay });
  const group = new aws.autoscaling.Group(name, {
    minSize: 0,
    maxSize: 1000,
    targetGroupArns: [targets.arn],
    tags: [{ key: "Name", value: name, propagateAtLaunch: true }],
  });
  new GracefulLifecycle(name, {
    ...rest,
    deregistrationDelay,
    groupName: group.name,
    instanceTag: { key: "Name", value: name },
  });
}

function terminateArgs(chance: Chance, name: string, probes: boolean): TerminateArgs {
  const sessions = probes || chance.happens(`${name}/sessions`, 0.2);
  return {
    script: "systemctl stop application",
    timeout: chance.pick(`${name}/timeout`, [5, 5, 10, 10, 15, 20, 30, 30, 60, 120, 300]),
    ...(sessions ? { sessions: { ports: [22], maxWait: chance.pick(`${name}/maxWait`, [10, 30, 60]) } } : {}),
    ...heartbeatTimeout(chance, `${name}/terminate`),
    onFailure: chance.pick(`${name}/onFailure`, [OnFailure.Continue, OnFailure.Abandon, OnFailure.Retain]),
  };
}

function launchArgs(chance: Chance, name: string): LaunchArgs {
  return {
    script: "curl --fail localhost:8080/health",
    timeout: chance.pick(`${name}/launchTimeout`, [10, 60, 120, 300]),
    ...heartbeatTimeout(chance, `${name}/launch`),
    onFailure: chance.pick(`${name}/launchFailure`, [
      OnFailure.Abandon,
      OnFailure.Abandon,
      OnFailure.Continue,
    ]),
  };
}

/** Now and then shorter than the budget, so that there are heartbeats. */
function heartbeatTimeout(chance: Chance, about: string): { heartbeatTimeout?: number } {
  const short = chance.happens(`${about}/short`, 0.3);
  return short ? { heartbeatTimeout: chance.pick(`${about}/heartbeatTimeout`, [300, 300, 360, 600]) } : {};
}

/** Busy for the first half of every two minutes; each instance at a time of its own. Throws and hangs now and then. */
async function isBusy({ instanceId }: { instanceId: string }): Promise<boolean> {
  const own = parseInt(instanceId.slice(-4), 16);
  const seconds = Math.floor(Date.now() / 1000) + own;
  if (own % 13 === 0) throw new Error("the probe is broken");
  if (own % 17 === 0) await new Promise(() => undefined);
  return seconds % 120 < 60;
}
