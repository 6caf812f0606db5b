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

/**
 * Serves clients in processes of their own, as a command line that a person starts. Such a client sleeps in real time, and
 * reads AWS's clock from the answers; so virtual time passes as real time does, or faster.
 * @param speed virtual seconds in a real second
 */
export async function serveProcesses<T>(
  simulator: Simulator,
  clients: () => Promise<T>,
  speed = 1,
): Promise<T> {
  const { clock } = simulator.context;
  const began = { virtual: clock.now(), real: performance.now() };
  const state = { isOver: false };
  const result = clients().finally(() => {
    state.isOver = true;
  });
  // The caller gets a failure by the promise that is returned.
  result.catch(() => undefined);
  while (!state.isOver) {
    const due = began.virtual + Math.round((performance.now() - began.real) * speed);
    clock.at(due, () => undefined);
    await simulator.run(due);
    await new Promise((resolve) => setTimeout(resolve, breath));
  }
  return result;
}

/** Real time between two steps of virtual time, ms: shorter than any client would notice. */
const breath = 5;
