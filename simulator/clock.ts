import { Heap } from "heap-js";

/** Something that is due at an instant. */
export interface Due {
  cancel(): void;
}

/** Virtual time: it stands still while anything runs and then jumps to the next due instant. */
export class VirtualClock {
  private readonly queue = new Heap<Entry>(
    (one, other) => one.at - other.at || one.sequence - other.sequence,
  );
  private sequence = 0;

  /** @param now the first instant, milliseconds since 1970 */
  constructor(private instant: number) {}

  now(): number {
    return this.instant;
  }

  /** Runs a function after some milliseconds; functions due at the same instant run in the order of their requests. */
  after(milliseconds: number, run: () => void): Due {
    const entry: Entry = {
      at: this.instant + Math.max(0, milliseconds),
      sequence: (this.sequence += 1),
      run,
    };
    this.queue.push(entry);
    return {
      cancel: () => {
        entry.run = undefined;
      },
    };
  }

  /** Runs a function at an instant. */
  at(instant: number, run: () => void): Due {
    return this.after(instant - this.instant, run);
  }

  /** The next due instant; undefined if nothing is due. */
  next(): number | undefined {
    let first = this.queue.peek();
    while (first !== undefined && first.run === undefined) {
      this.queue.pop();
      first = this.queue.peek();
    }
    return first?.at;
  }

  /** Jumps to the next due instant and runs its function. */
  step(): void {
    if (this.next() === undefined) return;
    const entry = this.queue.pop();
    if (entry === undefined) return;
    this.instant = entry.at;
    entry.run?.();
  }
}

interface Entry {
  readonly at: number;
  readonly sequence: number;
  /** Undefined once cancelled. */
  run: (() => void) | undefined;
}
