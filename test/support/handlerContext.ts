import type { AutoScaling } from "../../handler/aws/autoScaling";
import type { BusyChecks } from "../../handler/aws/busyChecks";
import type { Ec2 } from "../../handler/aws/ec2";
import type { RunCommand } from "../../handler/aws/runCommand";
import { systemClock } from "../../handler/clock";
import type { Context } from "../../handler/context";
import { createMemory } from "../../handler/memory";
import { createSeal } from "../../handler/seal";
import { ids } from "./payloads";

/** Parts of the context that a test of the handler replaces. */
export interface ContextChanges extends Partial<
  Omit<Context, "autoScaling" | "runCommand" | "ec2" | "busyChecks" | "clock">
> {
  readonly autoScaling?: Partial<AutoScaling>;
  readonly runCommand?: Partial<RunCommand>;
  readonly ec2?: Partial<Ec2>;
  readonly busyChecks?: Partial<BusyChecks>;
  readonly now?: () => number;
}

/**
 * A context in which every call that a test does not expect fails the test, and no time passes. Nobody holds an instance.
 */
export function handlerContext({
  autoScaling,
  ec2,
  busyChecks,
  now = () => 0,
  runCommand,
  ...rest
}: ContextChanges): Context {
  const never = () => Promise.reject(new Error("not to be called"));
  const silent = () => undefined;
  return {
    handler: ids.handler,
    autoScaling: {
      groups: never,
      group: never,
      protect: never,
      describe: never,
      hooks: never,
      pool: never,
      launches: never,
      activities: never,
      replace: never,
      complete: never,
      heartbeat: never,
      ...autoScaling,
    },
    runCommand: {
      send: never,
      announce: never,
      cancel: never,
      invocations: never,
      end: never,
      results: never,
      command: never,
      machines: never,
      ...runCommand,
    },
    ec2: { holds: () => Promise.resolve(new Map()), retirements: never, marks: never, mark: never, ...ec2 },
    replaceOn: new Set(),
    busyChecks: { send: never, sent: never, results: never, ...busyChecks },
    seal: createSeal("a secret"),
    clock: { ...systemClock, now, sleep: () => Promise.resolve() },
    log: { info: silent, warn: silent, error: silent },
    putMetrics: silent,
    tell: silent,
    isBusy: undefined,
    until: Infinity,
    memory: createMemory(),
    ...rest,
  };
}
