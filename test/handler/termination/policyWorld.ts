import assert from "node:assert/strict";
import type { Clock } from "../../../handler/clock";
import type { TerminationRequest } from "../../../handler/termination/request";
import { Timeline } from "../../support/history/timeline";

/** When Auto Scaling asks, ms since 1970. */
export const askedAt = Date.UTC(2026, 0, 1);

/** Virtual time from when Auto Scaling asks. */
export function virtualTime() {
  const timeline = new Timeline();
  const clock: Clock = {
    now: () => askedAt + timeline.now,
    sleep: (milliseconds) => timeline.sleep(milliseconds),
    within: (milliseconds, promise) =>
      Promise.race([promise, timeline.sleep(milliseconds).then(() => undefined)]),
  };
  /** Lets time pass until work is done. */
  const played = async <T>(work: Promise<T>): Promise<{ result: T; took: number }> => {
    let ended: { result: T; took: number } | undefined;
    timeline.watch(
      work.then((result) => {
        ended = { result, took: timeline.now };
      }),
    );
    await new Promise(setImmediate);
    await timeline.play(() => ended !== undefined);
    assert.ok(ended, "it does not end");
    return ended;
  };
  /** An answer that comes after some time; after Infinity it never comes. */
  const after = async <T>(milliseconds: number, answer: T): Promise<T> => {
    if (milliseconds === Infinity) return new Promise(() => undefined);
    if (milliseconds > 0) await timeline.sleep(milliseconds);
    return answer;
  };
  return { timeline, clock, played, after };
}

/** Some ids, from i-0 on. */
export function idsOf(count: number, prefix = "i"): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}-${index}`);
}

/** A scale-in of a group in one zone. */
export function scaleIn(capacity: number, candidates: number): TerminationRequest {
  return {
    group: "web",
    cause: "SCALE_IN",
    shares: [{ zone: "a", market: undefined, capacity }],
    candidates: idsOf(candidates).map((id) => ({ id, zone: "a", market: undefined })),
  };
}

/** Chance that leaves an order as it is. */
export const noChance = () => 0.999_999;
