import { narrate, type Line } from "../../rehearsal/narrate";
import type { SimulationEvent } from "../../../simulator";

/** Something that happened to the instance, as far as an account tells. */
export interface Told {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Whether no source has the instant, so that it follows from others. */
  readonly isAbout: boolean;
  readonly line: Line | undefined;
  /** The same as an event of a rehearsal, where a rehearsal has such an event. */
  readonly event: SimulationEvent | undefined;
}

/**
 * Tells an event in the words of a rehearsal.
 * @param otherwise line for an event of which a rehearsal says nothing
 */
export function told(event: SimulationEvent, isAbout = false, otherwise?: Line): Told {
  return { at: event.at, isAbout, line: narrate(event) ?? otherwise, event };
}

/** Tells something that no event of a rehearsal is. */
export function toldAs(at: number, line: Line): Told {
  return { at, isAbout: false, line, event: undefined };
}
