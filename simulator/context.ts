import type { Random } from "./random";
import type { VirtualClock } from "./clock";
import type { Behaviour } from "./behaviour";
import type { Happening } from "./event";

/** What every part of the simulator needs. */
export interface Context {
  readonly clock: VirtualClock;
  readonly random: Random;
  readonly behaviour: Behaviour;
  readonly account: { readonly id: string; readonly region: string; readonly partition: string };
  /** The first instant, milliseconds since 1970. */
  readonly began: number;
  record(happening: Happening): void;
  /** Notes that code outside of the clock has started, which takes real time to come to rest. */
  stir(): void;
}

/** Milliseconds since the rehearsal began. */
export function elapsed({ began, clock }: Context): number {
  return clock.now() - began;
}
