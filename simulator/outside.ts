import type { Simulator } from "./simulator";

/** Time as a client outside of the simulator sees it. Instants are milliseconds since 1970. */
export interface OutsideTime {
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

/**
 * Runs a client of this process that calls the simulator from outside, as a command line does: answers its calls, and
 * lets virtual time pass only while it sleeps or waits for an answer.
 */
export async function serveOutside<T>(
  simulator: Simulator,
  client: (time: OutsideTime) => Promise<T>,
): Promise<T> {
  const { clock } = simulator.context;
  const state = { sleeping: 0, isOver: false };
  const sleep = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      state.sleeping += 1;
      clock.after(milliseconds, () => {
        state.sleeping -= 1;
        simulator.context.stir();
        resolve();
      });
    });
  const result = client({ now: () => clock.now(), sleep }).finally(() => {
    state.isOver = true;
  });
  // The caller gets a failure by the promise that is returned.
  result.catch(() => undefined);
  const isIdle = () => state.isOver || (state.sleeping === 0 && !simulator.isAsked);
  while (!state.isOver) {
    await new Promise((resolve) => setImmediate(resolve));
    await simulator.run(Infinity, isIdle);
  }
  return result;
}
