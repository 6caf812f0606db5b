/** More steps than any history takes: a history that does not end is an error. */
const mostSteps = 100_000;

/** Virtual time: a queue of functions that are due. Instants are milliseconds since its beginning. */
export class Timeline {
  now = 0;
  private readonly due: { readonly at: number; readonly run: () => void }[] = [];
  private readonly failures: unknown[] = [];

  /** The same instant as the handler's clock and AWS write it, ms since 1970. */
  instant(at: number): number {
    return Date.UTC(2026, 0, 1) + at;
  }

  /** Plans a function; functions that are due at the same instant run in the order in which they were planned. */
  at(instant: number, run: () => void): void {
    const at = Math.max(instant, this.now);
    const later = this.due.findLastIndex((one) => one.at <= at);
    this.due.splice(later + 1, 0, { at, run });
  }

  /** Plans a function some seconds from now. */
  after(seconds: number, run: () => void): void {
    this.at(this.now + seconds * 1000, run);
  }

  sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      this.at(this.now + milliseconds, resolve);
    });
  }

  /** Watches work that must not fail. */
  watch(work: Promise<void>): void {
    work.catch((error: unknown) => this.failures.push(error));
  }

  /** Runs the functions that are due, one after the other, until `isEnough`; promises settle in between. */
  async play(isEnough: () => boolean): Promise<void> {
    let steps = 0;
    for (let next = this.due.shift(); next !== undefined && !isEnough(); next = this.due.shift()) {
      this.now = next.at;
      steps += 1;
      if (steps > mostSteps) throw new Error(`no end after ${mostSteps} steps, at ${this.now} ms`);
      next.run();
      await new Promise(setImmediate);
      if (this.failures.length > 0) throw this.failures[0];
    }
  }
}
