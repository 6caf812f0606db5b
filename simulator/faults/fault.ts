import type { Transition } from "../../contract";
import type { Simulator } from "../simulator";
import type { Behaviour } from "../behaviour";
import type { World } from "../world";
import type { Draw } from "./draw";

/** Something that goes wrong. */
export interface Fault {
  /** What the fault simulates in a rehearsal, for people; undefined for a fault that only chaos plays. */
  readonly simulates?: string;
  /** The only transition that the fault matters for. Defaults to both. */
  readonly only?: Transition;
  /** How many of a hundred runs of chaos have the fault. Defaults to none, for faults that no promise covers. */
  readonly share?: number;
  /** Errors that AWS answers rightly and for good, as in `SendCommand: AccessDeniedException`. Defaults to none. */
  readonly refusals?: readonly string[];
  /** The behaviour with the fault. */
  behaviour?(usual: Behaviour, draw: Draw): Behaviour;
  /** The world with the fault. */
  world?(world: World, draw: Draw): World;
  /** What somebody does while the fault is played. */
  meanwhile?(simulator: Simulator, draw: Draw): void;
}

export const second = 1_000;
export const minute = 60 * second;

/** Far longer than anything that is played. */
export const forever = 30 * 24 * 60 * minute;
