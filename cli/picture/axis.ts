import { element, label } from "./svg";

/** A time axis: seconds to points. */
export interface Axis {
  readonly from: number;
  readonly to: number;
  /** Seconds at its right end. */
  readonly end: number;
  x(seconds: number): number;
}

/** Makes an axis between two points that ends at some second. */
export function createAxis(from: number, to: number, end: number): Axis {
  return { from, to, end, x: (seconds) => from + (Math.min(seconds, end) / end) * (to - from) };
}

/** Lines and times at round moments. */
export function drawAxis(axis: Axis, top: number, bottom: number): string {
  return ticks(axis.end)
    .map((second) => {
      const x = axis.x(second);
      return (
        element("line", { class: "grid", x1: x, x2: x, y1: top, y2: bottom }) +
        label(duration(second), { class: "tick", x, y: bottom + 16, "text-anchor": "middle" })
      );
    })
    .join("");
}

/** Steps that people count in, seconds. */
const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 28_800, 86_400];

/** About eight round moments. */
function ticks(end: number): number[] {
  const step = steps.find((one) => end / one <= 9) ?? 86_400;
  return Array.from({ length: Math.floor(end / step) + 1 }, (_, index) => index * step);
}

/** Seconds as people say them. */
export function duration(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  if (seconds >= 7200) return `${Math.round((seconds / 3600) * 10) / 10} h`;
  const rest = seconds % 60;
  return `${Math.floor(seconds / 60)} min${rest === 0 ? "" : ` ${rest} s`}`;
}
