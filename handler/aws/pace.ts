import type { Clock } from "../clock";
import { OutOfTime } from "./errors";

/** Time between calls after AWS has throttled the first call, and the longest such time, ms. */
const firstInterval = 100;
const longestInterval = 2_000;

/** Below this interval calls are not kept apart any more, ms. */
const shortestInterval = 20;

/** Factors of the interval after a call that AWS throttled, and after a call that AWS took. */
const slowdown = 1.5;
const recovery = 0.9;

/**
 * How fast calls of one kind follow each other. The pace slows down when AWS throttles a call and recovers with each
 * call that AWS takes, so that it finds AWS's limit without knowing it. Instants are milliseconds since 1970.
 */
export class Pace {
  private interval = 0;
  private latest = -Infinity;
  private slowedAt = -Infinity;
  private queue: Promise<unknown> = Promise.resolve();

  /** @param random - A number from 0 to below 1, so that invocations side by side do not keep step. */
  constructor(private readonly random: () => number = Math.random) {}

  /**
   * Waits for the next turn; calls take turns in the order in which they ask.
   * @throws OutOfTime if the turn comes too late
   */
  turn(clock: Clock, until: number): Promise<void> {
    const mine = this.queue.then(() => this.wait(clock, until));
    this.queue = mine.catch(() => undefined);
    return mine;
  }

  /** AWS throttled a call. A call that began before the pace last slowed down tells nothing new. */
  throttled(began: number, now: number): void {
    if (began < this.slowedAt) return;
    this.slowedAt = now;
    this.interval = Math.min(longestInterval, Math.max(firstInterval, this.interval * slowdown));
  }

  /** AWS took a call. */
  taken(): void {
    this.interval *= recovery;
    if (this.interval < shortestInterval) this.interval = 0;
  }

  private async wait(clock: Clock, until: number): Promise<void> {
    const now = clock.now();
    const at = this.latest + Math.round(this.interval * (0.5 + this.random()));
    if (Math.max(now, at) > until) throw new OutOfTime();
    if (this.interval > 0 && at > now) await clock.sleep(at - now);
    this.latest = clock.now();
  }
}
