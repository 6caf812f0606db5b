import { budgetOf } from "../../contract";
import { faults, type SimulationEvent } from "../../simulator";
import { wordOf } from "../rehearsal/document";
import { waysOf, type Way } from "../rehearsal/phases";
import { instructionsOf, servedHookOf, type Rehearsal } from "../rehearsal/rehearsal";
import { usualRefusal } from "../rehearsal/usualRefusal";
import { createAxis, drawAxis, duration, type Axis } from "./axis";
import { drawRow, marks, rowHeight } from "./rows";
import { styleSheet } from "./style";
import { element, label } from "./svg";

/** Most instances that are drawn; more instances would only look the same. */
const drawnInstances = 40;

const width = 1120;
const left = 130;
const right = 930;
const top = 74;
const laneHeight = 22;

/** A line for a moment that must not be passed. */
interface Limit {
  readonly name: string;
  /** Seconds since the rehearsal began. */
  readonly at: number;
}

/** Draws a rehearsal: the phases of each instance on a time axis, what happened as marks, limits as lines. SVG. */
export function drawPicture(rehearsal: Rehearsal): string {
  const { began, events } = rehearsal;
  const all = waysOf(rehearsal);
  const ways = all.slice(0, drawnInstances);
  const end = Math.max(1, ...ways.map(({ completed = 0, ended = 0 }) => Math.max(completed, ended) / 1000));
  const limits = limitsOf(rehearsal, ways);
  const shown = limits.filter(({ at }) => at <= end * 3);
  const axis = createAxis(left, right, Math.max(end, ...shown.map(({ at }) => at)) * 1.04);
  const lanes = top + 2 * laneHeight + 8;
  const bottom = lanes + ways.length * rowHeight;
  const rows = ways.map((way, index) => {
    const y = lanes + index * rowHeight;
    const own = events.filter((one) => "instance" in one && one.instance === way.instance);
    const stripe =
      index % 2 === 0 ? element("rect", { class: "stripe", x: 0, y, width, height: rowHeight }) : "";
    return stripe + drawRow(way, own, began, axis, y);
  });
  const height = bottom + (all.length > ways.length ? 92 : 72);
  return element(
    "svg",
    { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}`, role: "img" },
    element("title", {}, title(rehearsal, all.length)),
    styleSheet(),
    label(title(rehearsal, all.length), { class: "title", x: 24, y: 32 }),
    label(subtitle(rehearsal), { class: "subtitle", x: 24, y: 52 }),
    drawAxis(axis, top - 6, bottom),
    drawLane(
      "AWS calls",
      events.filter((one) => one.kind === "call"),
      began,
      axis,
      top,
    ),
    drawLane("invocations", invocationsOf(events), began, axis, top + laneHeight),
    ...rows,
    ...shown.map((limit) => drawLimit(limit, axis, top - 6, bottom)),
    ...legend(bottom + 44, rows.join("")),
    all.length > ways.length
      ? label(`and ${all.length - ways.length} instances more`, { class: "note", x: left, y: bottom + 74 })
      : "",
  );
}

/** What a rehearsal shows, in a few words. */
export function title({ groupName, settings }: Rehearsal, instances: number): string {
  const what = settings.transition === "launch" ? "Scale-out" : "Scale-in";
  return `${what} of ${instances} instance${instances === 1 ? "" : "s"} of ${groupName}`;
}

/** The assumptions, and the limits. */
function subtitle(rehearsal: Rehearsal): string {
  const { settings } = rehearsal;
  const instructions = instructionsOf(rehearsal);
  const wrong = settings.faults.map((name) => faults[name].simulates ?? "");
  const hook = servedHookOf(rehearsal);
  const word = wordOf(rehearsal);
  const verbs = word === undefined ? "" : `${word} and `;
  const limits = [
    ...(instructions ? [`the script ${verbs}may take ${duration(instructions.execution)}`] : []),
    ...(hook ? [`the hook times out after ${duration(hook.heartbeatTimeout)}`] : []),
  ];
  return [...(wrong.length > 0 ? wrong : ["a good day"]), ...limits, `seed ${settings.seed}`].join("; ");
}

function limitsOf(rehearsal: Rehearsal, ways: readonly Way[]): Limit[] {
  const instructions = instructionsOf(rehearsal);
  const waits = ways.flatMap(({ waited }) => (waited === undefined ? [] : [waited / 1000]));
  if (instructions === undefined || waits.length === 0) return [];
  const first = Math.min(...waits);
  return [
    // Instances that take turns have their budgets one after another.
    ...(instructions.drain ? [] : [{ name: "budget", at: first + budgetOf(instructions) }]),
    { name: "hook times out", at: first + (servedHookOf(rehearsal)?.heartbeatTimeout ?? 0) },
  ];
}

function drawLimit({ at, name }: Limit, axis: Axis, from: number, to: number): string {
  const x = axis.x(at);
  return (
    element("line", { class: "limit", x1: x, x2: x, y1: from, y2: to }) +
    label(name, { class: "limit-name", x: x - 5, y: from + 4, "text-anchor": "end" })
  );
}

function drawLane(
  name: string,
  events: readonly SimulationEvent[],
  began: number,
  axis: Axis,
  y: number,
): string {
  const lines = events.map((one) => {
    const x = axis.x((one.at - began) / 1000);
    const isBad =
      (one.kind === "call" && one.error !== undefined && usualRefusal(one) === undefined) ||
      (one.kind === "invocation" && one.phase !== "started");
    return element("line", {
      class: isBad ? "refused" : "call",
      x1: x,
      x2: x,
      y1: y + 3,
      y2: y + laneHeight - 5,
    });
  });
  const total = label(String(events.length), { class: "note", x: right + 12, y: y + 14 });
  return (
    label(name, { class: "subtitle", x: left - 12, y: y + 14, "text-anchor": "end" }) + lines.join("") + total
  );
}

function invocationsOf(events: readonly SimulationEvent[]): SimulationEvent[] {
  return events.filter((one) => one.kind === "invocation" && one.phase !== "ended");
}

/** Explains what the picture shows, and only that. */
function legend(y: number, drawn: string): string[] {
  let x = 34;
  return explanations
    .filter(([kind]) => drawn.includes(`class="${kind}"`))
    .map(([kind, text, mark]) => {
      const swatch = mark
        ? mark(x, y)
        : element("rect", { class: kind, x: x - 7, y: y - 5, width: 14, height: 10, rx: 2 });
      const entry = swatch + label(text, { class: "legend", x: x + 13, y: y + 4 });
      x += 40 + text.length * 6.3;
      return entry;
    });
}

/** What each kind of bar or mark means. */
const explanations: readonly [kind: string, text: string, mark?: (x: number, y: number) => string][] = [
  ["drain", "leaves the target group"],
  ["turn", "waits for its turn"],
  ["wait", "waits for the script"],
  ["script", "script runs"],
  ["failed", "script fails"],
  ["complete", "waits for completion"],
  ["end", "starts or ends"],
  ["mark event", "event", marks.circle],
  ["mark command", "command", marks.triangle],
  ["mark heartbeat", "heartbeat", marks.diamond],
  ["mark lost", "lost", marks.cross],
];
