import type { BusyInstance } from "../contract";
import type { AutoScaling } from "./aws/autoScaling";
import type { RunCommand } from "./aws/runCommand";
import type { Log } from "./log";

/** What the handler works with; everything outside of it comes in here. */
export interface Context {
  /** Name of the handler, as in the tag of its groups. */
  readonly handler: string;
  readonly autoScaling: AutoScaling;
  readonly runCommand: RunCommand;
  readonly clock: Clock;
  readonly log: Log;
  /** The user's probe; absent if there is none. What it answers is up to the user. */
  readonly isBusy: ((instance: BusyInstance) => Promise<unknown>) | undefined;
  /** Milliseconds until Lambda stops this invocation. */
  readonly remaining: () => number;
  /** What this process remembers of earlier invocations; may be empty at any time. */
  readonly memory: Memory;
}

/** Instants are milliseconds since 1970. */
export interface Clock {
  now(): number;
  sleep(milliseconds: number): Promise<void>;
  /** A promise that is undefined if the given one is not settled in time. */
  within<T>(milliseconds: number, promise: Promise<T>): Promise<T | undefined>;
}

/** A help only: without it a heartbeat too many is sent. */
export interface Memory {
  /** When a sweep has last seen to an action, ms since 1970, by group, hook and instance. */
  readonly looks: Map<string, number>;
}

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  within: async (milliseconds, promise) => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => {
        resolve(undefined);
      }, milliseconds);
    });
    try {
      return await Promise.race([promise, late]);
    } finally {
      clearTimeout(timer);
    }
  },
};
