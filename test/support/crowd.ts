import assert from "node:assert/strict";
import { changed, type Chance, type Conduct, type HookSettings } from "../../simulator";
import type { Group } from "../../simulator/autoScaling/model";
import type { Stand } from "./box";

/** What tests do with many groups of one box, and ask about them. */

/** A group of the box, by its number from 0. */
export function groupAt(stand: Stand, index: number): Group {
  const group = [...stand.box.autoScaling.groups.values()][index];
  assert.ok(group, `group ${index}`);
  return group;
}

/** The first hook of a group. */
export function hookOf(group: Group): HookSettings {
  const [hook] = group.hooks.values();
  assert.ok(hook, "the group has no hook");
  return hook;
}

/** Terminates instances of a group, so many as are made for that. */
export function scaleIn(stand: Stand, group: Group, count: number): void {
  stand.box.autoScaling.populate(group, count);
  stand.box.autoScaling.setDesired(group, 0);
}

/** Terminates the instances of all groups, so many each. */
export function scaleInAll(stand: Stand, each: number): void {
  for (const group of stand.box.autoScaling.groups.values()) scaleIn(stand, group, each);
}

/** How lifecycle actions ended, by what and with which result: those of a group, or all. */
export function endsOf(stand: Stand, group?: Group): string[] {
  return stand
    .of("action")
    .flatMap(({ by = "", group: name, phase, result = "" }) =>
      phase === "completed" && (group === undefined || name === group.settings.name)
        ? [`${by} ${result}`]
        : [],
    );
}

/** How many scripts were started on instances of a group, or on all. */
export function startsOf(stand: Stand, group?: Group): number {
  const own = new Set(
    stand.of("instance").flatMap((one) => (one.group === group?.settings.name ? [one.instance] : [])),
  );
  return stand
    .of("script")
    .filter(({ instance, phase }) => phase === "started" && (group === undefined || own.has(instance)))
    .length;
}

/** What was logged as an error about a group. */
export function errorsOf(stand: Stand, { settings }: Group): string[] {
  return stand.of("log").flatMap(({ entry, level }) => {
    const line = entry as { readonly group?: string; readonly message?: string };
    return level === "ERROR" && line.group === settings.name ? [line.message ?? ""] : [];
  });
}

/** Actions that Auto Scaling ended, as nobody had completed or extended them. */
export function timedOut(stand: Stand): number {
  return endsOf(stand).filter((end) => end.startsWith("timeout")).length;
}

/** Invocations that did not come to their end. */
export function cutOff(stand: Stand): number {
  return stand.of("invocation").filter(({ phase }) => phase === "timedOut" || phase === "failed").length;
}

/** So many times the same. */
export function times<T>(count: number, value: T): T[] {
  return Array.from({ length: count }, () => value);
}

/** Lets calls take between some milliseconds. */
export function answersIn(usual: Conduct, chance: Chance, least: number, most: number): Conduct {
  return changed(usual, {
    callLatency: ({ caller, sequence }) => chance.between(`latency/${caller}/${sequence}`, least, most),
  });
}
