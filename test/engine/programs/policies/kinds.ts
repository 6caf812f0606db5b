import { endings } from "./endings";
import { events } from "./events";
import { functions } from "./functions";
import type { Kind } from "./make";
import { owners } from "./owners";
import { scaling } from "./scaling";
import { severalHooks } from "./severalHooks";
import { targetGroups } from "./targetGroups";

const kinds: readonly Kind[] = [severalHooks, events, targetGroups, owners, endings, functions, scaling];

/** Makes the right or the wrong parts of all kinds, and returns their names. */
export function makeParts(which: keyof Kind): string[] {
  const parts = kinds.flatMap((kind) => Object.entries(kind[which]));
  for (const [part, make] of parts) make(part);
  return parts.map(([part]) => part);
}
