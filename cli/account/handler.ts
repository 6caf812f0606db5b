import { createAutoScaling } from "../../handler/aws/autoScaling";
import { createBusyChecks } from "../../handler/aws/busyChecks";
import { createCalls, type CallKind } from "../../handler/aws/calls";
import { isThrottled } from "../../handler/aws/errors";
import { createEc2 } from "../../handler/aws/ec2";
import { createRunCommand } from "../../handler/aws/runCommand";
import { systemClock } from "../../handler/clock";
import type { Context } from "../../handler/context";
import type { LogEntry } from "../../handler/log";
import { createMemory } from "../../handler/memory";
import { createSeal } from "../../handler/seal";
import type { Account } from "./account";
import { translate } from "./aws/errors";

/** A handler that looks and decides as the deployed handler does, and changes nothing. */
export interface DryHandler {
  readonly context: Context;
  /** Errors of calls that AWS should answer; what they concern is missing. */
  readonly failures: readonly unknown[];
  /** What it has logged: warnings and errors. */
  readonly problems: readonly LogEntry[];
}

/** How long a call that AWS throttles is tried again, ms. */
const patience = 60_000;

const patienceOfAll: Readonly<Record<CallKind, number>> = {
  read: patience,
  send: 0,
  cancel: 0,
  complete: 0,
  heartbeat: 0,
  replace: 0,
  ask: 0,
  protect: 0,
  tell: 0,
};

/**
 * Makes a handler of that name whose calls only read. A completion counts as done, so that what follows from it shows,
 * as whose turn is next.
 */
export function createDryHandler({ clients, clock }: Account, handler: string): DryHandler {
  const failures: unknown[] = [];
  const problems: LogEntry[] = [];
  const memory = createMemory();
  const whole = { ...systemClock, ...clock };
  const make = createCalls(whole, memory.paces, { until: Infinity, patience: patienceOfAll });
  const observed: typeof make = async (kind, send) => {
    try {
      return await make(kind, send);
    } catch (error) {
      if (isThrottled(error) || translate(error) !== error) failures.push(error);
      throw error;
    }
  };
  const note = (entry: LogEntry) => {
    problems.push(entry);
  };
  const context: Context = {
    handler,
    autoScaling: {
      ...createAutoScaling(clients.autoScaling, observed),
      complete: () => Promise.resolve(true),
      heartbeat: () => Promise.resolve(true),
      replace: () => Promise.resolve(true),
      protect: () => Promise.resolve(),
    },
    runCommand: {
      ...createRunCommand(clients.ssm, observed),
      send: () => Promise.resolve(unsent),
      announce: () => Promise.resolve(unsent),
      cancel: () => Promise.resolve(),
    },
    ec2: { ...createEc2(clients.ec2, observed), mark: () => Promise.resolve() },
    busyChecks: { ...createBusyChecks(clients.ssm, observed), send: () => Promise.resolve(unsent) },
    seal: createSeal(handler),
    clock: whole,
    log: { info: () => undefined, warn: note, error: note },
    putMetrics: () => undefined,
    tell: () => undefined,
    isBusy: undefined,
    replaceOn: new Set(),
    until: Infinity,
    memory,
  };
  return { context, failures, problems };
}

const unsent = { kind: "failed", error: "nothing is sent" } as const;
