import type { Transition } from "../../contract";
import { agents } from "./agents";
import { announcements } from "./announcements";
import { calls } from "./calls";
import type { Fault } from "./fault";
import { functions } from "./functions";
import { groups } from "./groups";
import { machines } from "./machines";
import { messages } from "./messages";
import { scripts } from "./scripts";
import { strangers } from "./strangers";

const all = {
  ...messages,
  ...calls,
  ...functions,
  ...agents,
  ...machines,
  ...scripts,
  ...groups,
  ...strangers,
  ...announcements,
} as const;

/** Name of a fault. */
export type FaultName = keyof typeof all;

/** All faults by name. */
export const faults: Readonly<Record<FaultName, Fault>> = all;

/** Names of the faults that a rehearsal plays: the faults that have a sentence for people. */
export const rehearsable: readonly FaultName[] = Object.keys(faults)
  .filter(isFault)
  .filter((name) => faults[name].simulates !== undefined);

/** Names of the faults that matter for the rehearsal of a transition. */
export function faultsOf(transition: Transition): readonly FaultName[] {
  return rehearsable.filter((name) => (faults[name].only ?? transition) === transition);
}

export function isFault(name: string): name is FaultName {
  return Object.hasOwn(faults, name);
}
