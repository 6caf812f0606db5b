import { announceMark, hooksTag } from "../../../contract";
import type { SimulationEvent, World } from "../../../simulator";
import { settling } from "./reach";
import { second, type History, type InstanceHistory, type Span } from "./history";
import type { Sweep } from "./sweeps";

type ScriptStart = Extract<SimulationEvent, { kind: "announceScript" }>;

/** Whether the instances of a group learn that they were chosen. */
export function announces({ tags }: World["groups"][number]): boolean {
  return Object.entries(tags).some(
    ([key, value]) => key.startsWith(hooksTag) && value.split(" ").includes(announceMark),
  );
}

/**
 * P16: an instance learns at most once for each of its ways that it was chosen, and never while it stays. A command that
 * arrives late may find the instance where its way has led: in the warm pool, or retained.
 */
export function announcesOnce({ events, instances }: History): string[] {
  const told = new Set<string>();
  return events.flatMap((one): string[] => {
    if (one.kind !== "announceScript" || one.phase !== "started") return [];
    const states = instances.get(one.instance)?.states ?? [];
    const last = states.findLastIndex(({ at }) => at <= one.at);
    const state = states[last]?.state ?? "";
    const returns = state.startsWith("Warmed:") && hasServed(states.slice(0, last));
    // In the warm pool an instance learns it if it waits for its turn at the script.
    if (!/^(Warmed:)?Terminat/.test(state) && !returns)
      return [`the announce script of ${one.instance} ran though it was ${state}`];
    const key = `${one.instance} ${one.hook} ${chosenAt(states, one)}`;
    if (told.has(key)) return [`the announce script of ${one.instance} ran twice`];
    told.add(key);
    return [];
  });
}

/** When the way began on which an instance was told. */
function chosenAt(states: InstanceHistory["states"], { at: told }: ScriptStart): number {
  return states.findLast(({ at, state }) => at <= told && isChosen(state))?.at ?? 0;
}

function isChosen(state: string): boolean {
  return /^((Warmed:)?Terminating|Warmed:Pending)$/.test(state);
}

/**
 * P16: an instance whose agent is there learns that it was chosen by the second sweep that can know it, unless its stop
 * script comes first.
 */
export function announcesSoon(history: History, sweeps: readonly Sweep[], world: World): string[] {
  const { events, instances } = history;
  const groups = new Set(world.groups.filter(announces).map(({ name }) => name));
  if (groups.size === 0 || isDisturbed(history, groups)) return [];
  return [...instances].flatMap(([instance, { group, online, states }]): string[] => {
    if (!groups.has(group)) return [];
    return states.flatMap(({ at, state }, index): string[] => {
      // Only an activity tells that an instance returns to the warm pool, and it may be listed late.
      if (state !== "Terminating" || !hasServed(states.slice(0, index))) return [];
      const until = states[index + 1]?.at ?? Infinity;
      const own = sweeps.filter(({ from, isClean, to }) => isClean && from >= at + settling && to <= until);
      const seen = own.filter((sweep) => online.some((span) => isWithin(sweep, span)));
      if (seen.length < 2 || seen.length < own.length) return [];
      // An instance that passes its hook once is sent nothing after a stop document, which a forged event may ask for.
      const from = states.some((one) => one.state.startsWith("Warmed:")) ? at - notice : 0;
      const isSent = events.some(
        (one) =>
          one.kind === "command" &&
          one.instance === instance &&
          one.status === "Pending" &&
          one.at >= from &&
          one.at <= until,
      );
      return isSent ? [] : [`two sweeps found ${instance} on its way and did not tell it`];
    });
  });
}

/** How much earlier a Spot instance may have been sent its stop script, ms. */
const notice = 300 * second;

function hasServed(states: InstanceHistory["states"]): boolean {
  return states.some(({ state }) => state === "InService");
}

function isWithin({ from, to }: Sweep, span: Span): boolean {
  return span.from <= from && to <= span.to;
}

/** Whether somebody has changed a hook, or AWS refuses commands, so that a sweep need not tell anybody. */
function isDisturbed({ events }: History, groups: ReadonlySet<string>): boolean {
  return events.some(
    (one) =>
      (one.kind === "hook" && groups.has(one.group)) ||
      (one.kind === "call" && one.action === "SendCommand" && one.error !== undefined),
  );
}

/** What a sweep may do besides for instances that are to learn that they were chosen: by batches of 50. */
export function announcingIn(
  { actions, instances }: History,
  { from, to }: Sweep,
  groups: World["groups"],
): { readonly calls: number; readonly sends: number } {
  let [calls, sends] = [0, 0];
  for (const { name } of groups.filter(announces)) {
    const leaving = [...instances.values()].filter(
      ({ group, states }) =>
        group === name &&
        states.some(
          ({ at, state }, index) =>
            isChosen(state.replace(/:Wait$/, "")) &&
            at <= to &&
            (states[index + 1]?.at ?? Infinity) >= from - 1_000,
        ),
    ).length;
    if (leaving === 0) continue;
    const hooks = Math.max(
      1,
      new Set(actions.flatMap(({ group, hook }) => (group === name ? [hook] : []))).size,
    );
    const batches = Math.ceil(leaving / 50);
    // The hooks, the activities, and for each hook two lists of commands: pages, then a call for each instance instead.
    calls += 1 + hooks * (mostPages + 4 * leaving + batches);
    sends += hooks * batches;
  }
  return { calls, sends };
}

/** Most pages of activities that chaos fills. */
const mostPages = 3;
