import { Heap } from "heap-js";

/** Something that is due at an instant. */
export interface Due {
  cancel(): void;
}

/** Virtual time: it stands still while anything runs and then jumps to what is due next. */
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

  /** Has something done after some milliseconds; things due at the same instant come in the order of their requests. */
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

  /** Has something done at an instant. */
  at(instant: number, run: () => void): Due {
    return this.after(instant - this.instant, run);
  }

  /** When the next thing is due; undefined if nothing is. */
  next(): number | undefined {
    let first = this.queue.peek();
    while (first !== undefined && first.run === undefined) {
      this.queue.pop();
      first = this.queue.peek();
    }
    return first?.at;
  }

  /** Jumps to what is due next and does it. */
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
