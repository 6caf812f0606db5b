import pLimit from "p-limit";
import type { Clock } from "../clock";
import { OutOfTime, isThrottled, isTransient } from "./errors";
import { Pace } from "./pace";

/** Kinds of calls; AWS limits each action by itself, and one that changes something must not wait for one that reads. */
export type CallKind = "read" | "send" | "cancel" | "complete" | "heartbeat";

/** How fast each kind of call may be made, as this process has found out. */
export type Paces = Readonly<Record<CallKind, Pace>>;

export function createPaces(): Paces {
  return {
    read: new Pace(),
    send: new Pace(),
    cancel: new Pace(),
    complete: new Pace(),
    heartbeat: new Pace(),
  };
}

/** How an invocation makes its calls. */
export interface CallPolicy {
  /** When the last call may begin, ms since 1970. */
  readonly until: number;
  /** For how long a call of a kind that AWS throttles is tried again, ms; 0 gives up at once. */
  readonly patience: Readonly<Record<CallKind, number>>;
}

/** Makes a call to AWS. */
export type MakeCall = <T>(kind: CallKind, send: () => Promise<T>) => Promise<T>;

/** Calls under way side by side. */
const sideBySide = 20;

/** Tries of a call that AWS fails or does not answer. */
const tries = 3;

/** A try that takes longer than this hangs, ms. */
const hanging = 5_000;

/** Pause before such a try, ms; it doubles. */
const firstPause = 100;

/**
 * Makes the calls of one invocation: so many side by side, at the pace that AWS takes, and none once its time is over, so
 * that Lambda never cuts one off.
 */
export function createCalls(clock: Clock, paces: Paces, { patience, until }: CallPolicy): MakeCall {
  const limit = pLimit(sideBySide);

  const once = async <T>(kind: CallKind, send: () => Promise<T>): Promise<T> => {
    await paces[kind].turn(clock, until);
    return limit(async () => {
      const began = clock.now();
      if (began > until) throw new OutOfTime();
      try {
        const answer = await send();
        paces[kind].taken();
        return answer;
      } catch (error) {
        if (isThrottled(error)) paces[kind].throttled(began, clock.now());
        throw error;
      }
    });
  };

  return async (kind, send) => {
    const began = clock.now();
    for (let failed = 0; ;) {
      const tried = clock.now();
      try {
        return await once(kind, send);
      } catch (error) {
        if (isThrottled(error)) {
          if (clock.now() - began >= patience[kind]) throw error;
        } else {
          // One that hangs takes ten seconds, so that there is no time for a third.
          failed += clock.now() - tried > hanging ? 2 : 1;
          if (!isTransient(error) || failed >= tries) throw error;
          await clock.sleep(firstPause * 2 ** failed);
        }
      }
    }
  };
}
