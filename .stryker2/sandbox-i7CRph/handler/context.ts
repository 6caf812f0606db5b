// @ts-nocheck
import type { BusyInstance } from "../contract";
import type { AutoScaling } from "./aws/autoScaling";
import type { RunCommand } from "./aws/runCommand";
import type { Log } from "./log";
import type { Memory } from "./memory";
import type { Seal } from "./seal";

/** What the handler works with; everything outside of it comes in here. */
export interface Context {
  /** Name of the handler, as in the tag of its groups. */
  readonly handler: string;
  readonly autoScaling: AutoScaling;
  readonly runCommand: RunCommand;
  readonly seal: Seal;
  readonly clock: Clock;
  readonly log: Log;
  /** The user's probe; absent if there is none. What it answers is up to the user. */
  readonly isBusy: ((instance: BusyInstance) => Promise<unknown>) | undefined;
  /** When the last call of this invocation may begin, ms since 1970. */
  readonly until: number;
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
