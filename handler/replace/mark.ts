import { replaceTag } from "../../contract";
import type { Context } from "../context";

/** How long a recommendation counts, ms: what EC2 expected a day ago says nothing any more. */
const countsFor = 24 * 3600 * 1000;

/** Notes on an instance that EC2 has recommended to rebalance, for the sweeps: no list of EC2 tells of it. */
export function closeMark({ clock, seal }: Context, group: string, instance: string): string {
  return seal.close(String(clock.now()), placeOf(group, instance));
}

/** When a mark was made; undefined for a mark that is too old, or that this handler has not made. */
export function openMark(
  { clock, seal }: Context,
  group: string,
  instance: string,
  value: string,
): number | undefined {
  const at = Number(seal.open(value, placeOf(group, instance)));
  return clock.now() - at <= countsFor ? at : undefined;
}

/** A mark opens on its own instance only. */
function placeOf(group: string, instance: string) {
  return { group, hook: replaceTag, instance };
}
