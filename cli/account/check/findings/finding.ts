import type { RuleFinding } from "../../../../policy/finding";
import type { LiveGroup } from "../liveGroup";

/** Something that is wrong with a group of an account: what is, what must be, and what to do. */
export type CheckFinding = Omit<RuleFinding, "urn">;

/** A question to an account; gives findings. */
export type Check = (group: LiveGroup) => readonly CheckFinding[];

/** Names, so that a hundred instances do not fill the screen. */
export function someOf(names: readonly string[], most = 3): string {
  const shown = names.slice(0, most).join(", ");
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}
