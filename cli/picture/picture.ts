import { budgetOf, type Instructions } from "../../contract";
import { faults, type SimulationEvent } from "../../simulator";
import { wordOf } from "../rehearsal/document";
import { waysOf, type Way } from "../rehearsal/phases";
import { instructionsOf, servedHookOf, type Rehearsal } from "../rehearsal/rehearsal";
import { duration } from "./axis";
import { drawScene, type Limit } from "./scene";

/** Most instances that are drawn; more instances would only look the same. */
const drawnInstances = 40;

/** Draws a rehearsal: the ways of its instances, with the calls and invocations of all functions. SVG. */
export function drawPicture(rehearsal: Rehearsal): string {
  const { began, events } = rehearsal;
  const all = waysOf(rehearsal);
  const ways = all.slice(0, drawnInstances);
  return drawScene({
    title: title(rehearsal, all.length),
    subtitle: subtitle(rehearsal),
    lanes: [
      { name: "AWS calls", events: events.filter((one) => one.kind === "call"), began },
      { name: "invocations", events: invocationsOf(events), began },
    ],
    rows: ways.map((way) => ({
      name: way.instance.slice(0, 10),
      way,
      events: events.filter((one) => "instance" in one && one.instance === way.instance),
      began,
    })),
    limits: limitsIn(rehearsal, ways),
    note: all.length > ways.length ? `and ${all.length - ways.length} instances more` : "",
  });
}

/** What a rehearsal shows, in a few words. */
export function title({ groupName, settings }: Rehearsal, instances: number): string {
  const what = settings.transition === "launch" ? "Scale-out" : "Scale-in";
  return `${what} of ${instances} instance${instances === 1 ? "" : "s"} of ${groupName}`;
}

function subtitle(rehearsal: Rehearsal): string {
  const { settings } = rehearsal;
  const wrong = settings.faults.map((name) => faults[name].simulates ?? "");
  const word = wordOf(rehearsal);
  return [
    ...(wrong.length > 0 ? wrong : ["a good day"]),
    ...settingsText(instructionsOf(rehearsal), servedHookOf(rehearsal), word),
    `seed ${settings.seed}`,
  ].join("; ");
}

/**
 * The settings that bound a wait, in words.
 * @param word what the script does, where the package wrote it
 */
export function settingsText(
  instructions: Instructions | undefined,
  hook: { readonly heartbeatTimeout: number } | undefined,
  word?: string,
): string[] {
  const verbs = word === undefined ? "" : `${word} and `;
  return [
    ...(instructions ? [`the script ${verbs}may take ${duration(instructions.execution)}`] : []),
    ...(hook ? [`the hook times out after ${duration(hook.heartbeatTimeout)}`] : []),
  ];
}

function limitsIn(rehearsal: Rehearsal, ways: readonly Way[]): Limit[] {
  const hook = servedHookOf(rehearsal);
  const waits = ways.flatMap(({ waited }) => (waited === undefined ? [] : [waited]));
  return hook === undefined || waits.length === 0 ? [] : limitsOf(hook, Math.min(...waits));
}

/**
 * The limits of a wait at a hook.
 * @param waited when the wait began, ms since the beginning
 */
export function limitsOf(
  hook: { readonly heartbeatTimeout: number; readonly instructions: Instructions },
  waited: number,
): Limit[] {
  const { heartbeatTimeout, instructions } = hook;
  const from = waited / 1000;
  return [
    // Instances that take turns have their budgets one after another.
    ...(instructions.drain ? [] : [{ name: "budget", at: from + budgetOf(instructions) }]),
    { name: "hook times out", at: from + heartbeatTimeout },
  ];
}

function invocationsOf(events: readonly SimulationEvent[]): SimulationEvent[] {
  return events.filter((one) => one.kind === "invocation" && one.phase !== "ended");
}
