import type { SimulationEvent } from "../../simulator";
import { usualRefusal } from "../rehearsal/usualRefusal";
import { createAxis, drawAxis, type Axis } from "./axis";
import { drawRow, marks, rowHeight, type DrawnWay } from "./rows";
import { styleSheet } from "./style";
import { element, label } from "./svg";

/** What a picture shows. */
export interface Scene {
  readonly title: string;
  /** The assumptions, and the limits. */
  readonly subtitle: string;
  /** Events that concern all instances, by their name. */
  readonly lanes: readonly Lane[];
  readonly rows: readonly Row[];
  /** Lines over all rows. */
  readonly limits: readonly Limit[];
  /** Text below the picture; empty for none. */
  readonly note: string;
}

/** A row of the picture. */
export interface Row extends DrawnWay {
  /** Lines over this row. Defaults to none. */
  readonly limits?: readonly Limit[];
}

/** Events that concern all instances. */
export interface Lane {
  readonly name: string;
  readonly events: readonly SimulationEvent[];
  /** From when on its times count, ms since 1970. */
  readonly began: number;
}

/** A line for a moment that must not be passed. */
export interface Limit {
  readonly name: string;
  /** Seconds since the beginning. */
  readonly at: number;
}

const width = 1120;
const left = 130;
const right = 930;
const top = 74;
const laneHeight = 22;

/** Draws ways: the phases of each on a time axis, what happened as marks, limits as lines. SVG. */
export function drawScene({ lanes, limits, note, rows, subtitle, title }: Scene): string {
  const end = Math.max(
    1,
    ...rows.map(({ way: { completed = 0, ended = 0 } }) => Math.max(completed, ended) / 1000),
  );
  const isShown = ({ at }: Limit) => at <= end * 3;
  const shown = limits.filter(isShown);
  const ofRows = rows.flatMap((row) => (row.limits ?? []).filter(isShown));
  const axis = createAxis(left, right, Math.max(end, ...[...shown, ...ofRows].map(({ at }) => at)) * 1.04);
  const first = top + lanes.length * laneHeight + 8;
  const bottom = first + rows.length * rowHeight;
  const drawn = rows.map((row, index) => {
    const y = first + index * rowHeight;
    const stripe =
      index % 2 === 0 ? element("rect", { class: "stripe", x: 0, y, width, height: rowHeight }) : "";
    const lines = (row.limits ?? []).filter(isShown).map((one) => drawLimit(one, axis, y, y + rowHeight));
    return stripe + drawRow(row, axis, y) + lines.join("");
  });
  const height = bottom + (note === "" ? 72 : 92);
  return element(
    "svg",
    { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}`, role: "img" },
    element("title", {}, title),
    styleSheet(),
    label(title, { class: "title", x: 24, y: 32 }),
    label(subtitle, { class: "subtitle", x: 24, y: 52 }),
    drawAxis(axis, top - 6, bottom),
    ...lanes.map((lane, index) => drawLane(lane, axis, top + index * laneHeight)),
    ...drawn,
    ...shown.map((limit) => drawLimit(limit, axis, top - 6, bottom)),
    ...legend(bottom + 44, drawn.join("")),
    note === "" ? "" : label(note, { class: "note", x: left, y: bottom + 74 }),
  );
}

function drawLimit({ at, name }: Limit, axis: Axis, from: number, to: number): string {
  const x = axis.x(at);
  return (
    element("line", { class: "limit", x1: x, x2: x, y1: from, y2: to }) +
    label(name, { class: "limit-name", x: x - 5, y: from + 4, "text-anchor": "end" })
  );
}

function drawLane({ began, events, name }: Lane, axis: Axis, y: number): string {
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
