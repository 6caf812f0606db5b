import type { SimulationEvent } from "../../simulator";
import type { Way } from "../rehearsal/phases";
import { endOf } from "../rehearsal/summary";
import type { Axis } from "./axis";
import { element, label } from "./svg";

/** Height of the row of an instance, points. */
export const rowHeight = 26;

const barHeight = 14;

/** A way of an instance, with what happened to the instance. */
export interface DrawnWay {
  readonly name: string;
  readonly way: Way;
  readonly events: readonly SimulationEvent[];
  /** From when on its times count, ms since 1970. */
  readonly began: number;
}

/** The way of one instance: phases as bars, events and calls as marks. */
export function drawRow({ began, events, name, way }: DrawnWay, axis: Axis, y: number): string {
  const middle = y + rowHeight / 2;
  const bars = phases(way).map(({ from, kind, to }) => {
    const [left, right] = [axis.x(from / 1000), axis.x(to / 1000)];
    const width = Math.max(1.5, right - left);
    return element("rect", {
      class: kind,
      x: left,
      y: middle - barHeight / 2,
      width,
      height: barHeight,
      rx: 2,
    });
  });
  const marks = events.map((event) => markOf(event, axis.x((event.at - began) / 1000), middle));
  return (
    label(name, {
      class: "name",
      x: axis.from - 12,
      y: middle + 4,
      "text-anchor": "end",
    }) +
    bars.join("") +
    marks.join("") +
    label(endOf(way), { class: "note", x: axis.to + 12, y: middle + 4 })
  );
}

interface Phase {
  readonly kind: string;
  readonly from: number;
  readonly to: number;
}

/** Each phase lasts until the next phase begins; a phase that never happened has no bar. */
function phases({
  completed,
  decided,
  ended,
  isDeregistered,
  script,
  scriptEnded,
  scriptStarted,
  turn,
  waited,
}: Way): Phase[] {
  const kinds: [string, number | undefined][] = [
    [isDeregistered ? "drain" : "end", decided],
    [turn === undefined ? "wait" : "turn", waited],
    ["wait", turn],
    [script === 0 || script === undefined ? "script" : "failed", scriptStarted],
    ["complete", scriptEnded],
    ["end", completed],
  ];
  const begun = kinds.flatMap(([kind, from]) => (from === undefined ? [] : [{ kind, from }]));
  return begun.flatMap(({ from, kind }, index) => {
    const to = begun[index + 1]?.from ?? ended;
    return to === undefined || to < from ? [] : [{ kind, from, to }];
  });
}

/** Shapes: a circle for an event, a triangle for a command, a diamond for a heartbeat, a cross for a loss. */
function markOf(event: SimulationEvent, x: number, y: number): string {
  switch (event.kind) {
    case "message":
      return event.fate === "lost" || event.fate === "refused" ? cross(x, y) : circle(x, y);
    case "command":
      return event.status === "Pending" ? triangle(x, y) : "";
    case "action":
      return event.phase === "extended" ? diamond(x, y) : "";
    case "agent":
    case "announceScript":
    case "announcement":
    case "call":
    case "check":
    case "choice":
    case "event":
    case "health":
    case "hold":
    case "hook":
    case "instance":
    case "interruption":
    case "invocation":
    case "log":
    case "metric":
    case "protection":
    case "script":
    case "scriptLogs":
      return "";
  }
}

/** The marks that the legend explains. */
export const marks = { circle, triangle, diamond, cross };

function circle(x: number, y: number): string {
  return element("circle", { class: "mark event", cx: x, cy: y, r: 3.5 });
}

function triangle(x: number, y: number): string {
  return element("path", {
    class: "mark command",
    d: `M${point(x - 3.5, y + 3.5)}L${point(x + 3.5, y + 3.5)}L${point(x, y - 4)}Z`,
  });
}

function diamond(x: number, y: number): string {
  return element("path", {
    class: "mark heartbeat",
    d: `M${point(x, y - 5)}L${point(x + 4, y)}L${point(x, y + 5)}L${point(x - 4, y)}Z`,
  });
}

function cross(x: number, y: number): string {
  const d = `M${point(x - 4, y - 4)}L${point(x + 4, y + 4)}M${point(x + 4, y - 4)}L${point(x - 4, y + 4)}`;
  return element("path", { class: "mark lost", d });
}

function point(x: number, y: number): string {
  return `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;
}
