import type { Transition } from "../../contract";
import type { Simulator } from "../simulator";
import type { Behaviour } from "../behaviour";
import type { World } from "../world";
import type { Draw } from "./draw";

/** Something that goes wrong. */
export interface Fault {
  /** What it simulates in a rehearsal, for people; undefined for what only chaos plays. */
  readonly simulates?: string;
  /** The only transition that it means anything for. Defaults to both. */
  readonly only?: Transition;
  /** How many of a hundred runs of chaos have it. Defaults to none: what no promise is made about. */
  readonly share?: number;
  /** Errors that AWS answers by right and for good, as in `SendCommand: AccessDeniedException`. Defaults to none. */
  readonly refusals?: readonly string[];
  /** How things behave with it. */
  behaviour?(usual: Behaviour, draw: Draw): Behaviour;
  /** What the world looks like with it. */
  world?(world: World, draw: Draw): World;
  /** What somebody does while it is played. */
  meanwhile?(simulator: Simulator, draw: Draw): void;
}

export const second = 1_000;
export const minute = 60 * second;

/** Far longer than anything that is played. */
export const forever = 30 * 24 * 60 * minute;
