import pLimit from "p-limit";
import type { Clock } from "../clock";
import { OutOfTime, isThrottled, isTransient } from "./errors";
import { Pace } from "./pace";

/** Kinds of calls; AWS limits each action by itself, and a call that changes something must not wait for a read. */
export type CallKind =
  "read" | "send" | "cancel" | "complete" | "heartbeat" | "ask" | "protect" | "replace" | "tell";

/** How fast this process may make calls of each kind, as it has found out. */
export type Paces = Readonly<Record<CallKind, Pace>>;

export function createPaces(): Paces {
  return {
    read: new Pace(),
    send: new Pace(),
    cancel: new Pace(),
    complete: new Pace(),
    heartbeat: new Pace(),
    replace: new Pace(),
    ask: new Pace(),
    protect: new Pace(),
    tell: new Pace(),
  };
}

/** How an invocation makes its calls. */
export interface CallPolicy {
  /** When the last call may begin, ms since 1970. */
  readonly until: number;
  /** For how long the handler repeats a call of each kind that AWS throttles, ms; 0 gives up at once. */
  readonly patience: Readonly<Record<CallKind, number>>;
}

/** Makes a call to AWS. */
export type MakeCall = <T>(kind: CallKind, send: () => Promise<T>) => Promise<T>;

/** Most calls under way side by side. */
const sideBySide = 20;

/** Most tries of a call that AWS fails or does not answer. */
const tries = 3;

/** A try that takes longer than this hangs, ms. */
const hanging = 5_000;

/** Pause before another try, ms; it doubles with each further failed try. */
const firstPause = 200;

/**
 * Makes the calls of one invocation: a limited number side by side, at the pace that AWS takes, and no call once the
 * time of the invocation is over, so that Lambda never cuts off a call.
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
          // A try that hangs takes ten seconds, so that there is no time for a third try.
          failed += clock.now() - tried > hanging ? 2 : 1;
          if (!isTransient(error) || failed >= tries) throw error;
          await clock.sleep(firstPause * 2 ** (failed - 1));
        }
      }
    }
  };
}
