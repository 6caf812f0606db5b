import { mock } from "node:test";

/** The timer of this process, also while time is mocked. */
const { setTimeout } = globalThis;

/** Stops the clock and the timers of this process, so that only `hurry` moves them on. */
export function stopTime(now: number): void {
  mock.timers.enable({ apis: ["Date", "setTimeout"], now });
}

export function restoreTime(): void {
  mock.timers.reset();
}

/**
 * Lets stopped time pass until work is over: a step, ms, with each turn of this process, so that a busy computer changes
 * nothing for calls to a server of this process.
 * @param most - Time that passes at most, ms; work that is not over by then gives undefined
 */
export async function hurry<T>(work: Promise<T>, step: number, most: number): Promise<T | undefined> {
  const results: T[] = [];
  const isOver = () => results.length > 0;
  const ending = work.then((result) => {
    results.push(result);
  });
  for (let passed = 0; passed < most; passed += step) {
    await Promise.race([ending, new Promise((resolve) => setTimeout(resolve, 2))]);
    if (isOver()) break;
    mock.timers.tick(step);
  }
  return results[0];
}
