import type { Chance } from "./chance";
import type { VirtualClock } from "./clock";
import type { Conduct } from "./conduct";
import type { Happening } from "./occurrence";

/** What every part of the box stands on. */
export interface Stage {
  readonly clock: VirtualClock;
  readonly chance: Chance;
  readonly conduct: Conduct;
  readonly account: { readonly id: string; readonly region: string; readonly partition: string };
  /** The first instant, milliseconds since 1970. */
  readonly began: number;
  record(happening: Happening): void;
  /** Says that code outside of the clock has been set off, which takes real time to come to rest. */
  stir(): void;
}

/** Milliseconds since the rehearsal began. */
export function elapsed({ began, clock }: Stage): number {
  return clock.now() - began;
}
