import assert from "node:assert/strict";
import { changed, type Random, type Behaviour, type HookSettings } from "../../simulator";
import type { Group } from "../../simulator/autoScaling/model";
import type { TestBed } from "./testBed";

/** Actions and questions of tests with many groups of one simulator. */

/** A group of the simulator, by its number from 0. */
export function groupAt(bed: TestBed, index: number): Group {
  const group = [...bed.simulator.autoScaling.groups.values()][index];
  assert.ok(group, `group ${index}`);
  return group;
}

/** The first hook of a group. */
export function hookOf(group: Group): HookSettings {
  const [hook] = group.hooks.values();
  assert.ok(hook, "the group has no hook");
  return hook;
}

/** Makes so many instances of a group, and terminates all instances of the group. */
export function scaleIn(bed: TestBed, group: Group, count: number): void {
  bed.simulator.autoScaling.populate(group, count);
  bed.simulator.autoScaling.setDesired(group, 0);
}

/** Makes so many instances of each group, and terminates all instances. */
export function scaleInAll(bed: TestBed, each: number): void {
  for (const group of bed.simulator.autoScaling.groups.values()) scaleIn(bed, group, each);
}

/** How the lifecycle actions of a group, or of all groups, ended: by which cause and with which result. */
export function endsOf(bed: TestBed, group?: Group): string[] {
  return bed
    .of("action")
    .flatMap(({ by = "", group: name, phase, result = "" }) =>
      phase === "completed" && (group === undefined || name === group.settings.name)
        ? [`${by} ${result}`]
        : [],
    );
}

/** How many scripts were started on the instances of a group, or of all groups. */
export function startsOf(bed: TestBed, group?: Group): number {
  const own = new Set(
    bed.of("instance").flatMap((one) => (one.group === group?.settings.name ? [one.instance] : [])),
  );
  return bed
    .of("script")
    .filter(({ instance, phase }) => phase === "started" && (group === undefined || own.has(instance)))
    .length;
}

/** The errors that were logged about a group. */
export function errorsOf(bed: TestBed, { settings }: Group): string[] {
  return bed.of("log").flatMap(({ entry, level }) => {
    const line = entry as { readonly group?: string; readonly message?: string };
    return level === "ERROR" && line.group === settings.name ? [line.message ?? ""] : [];
  });
}

/** Actions that Auto Scaling ended, as nobody had completed or extended them. */
export function timedOut(bed: TestBed): number {
  return endsOf(bed).filter((end) => end.startsWith("timeout")).length;
}

/** Invocations that timed out or failed. */
export function cutOff(bed: TestBed): number {
  return bed.of("invocation").filter(({ phase }) => phase === "timedOut" || phase === "failed").length;
}

/** A list that has the same value so many times. */
export function times<T>(count: number, value: T): T[] {
  return Array.from({ length: count }, () => value);
}

/** Gives calls a latency from `least` to `most` milliseconds. */
export function answersIn(usual: Behaviour, random: Random, least: number, most: number): Behaviour {
  return changed(usual, {
    callLatency: ({ caller, sequence }) => random.between(`latency/${caller}/${sequence}`, least, most),
  });
}
