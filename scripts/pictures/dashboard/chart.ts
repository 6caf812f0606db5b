import type { Config, TopLevelSpec } from "vega-lite" with { "resolution-mode": "import" };
import type { MetricWidget } from "./body";
import type { Line } from "./lines";
import type { Play } from "./play";

/** Colours of lines without a colour of their own, in turn. Source: CloudWatch, whose graphs have these colours. */
const palette = ["#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#9467bd", "#8c564b"];

/** Size of a graph, points. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A graph as Vega-Lite draws it: sums that are stacked as columns, everything else as lines. */
export function chartOf(
  { properties }: MetricWidget,
  lines: readonly Line[],
  { from, until }: Pick<Play, "from" | "until">,
  size: Size,
): TopLevelSpec {
  const { period, stacked = false, yAxis } = properties;
  const values = stacked ? columnsOf(lines, period * 1000) : dotsOf(lines, period * 1000);
  const top = Math.max(1, ...values.map(({ value }) => value));
  return {
    ...size,
    autosize: { type: "fit", contains: "padding" },
    data: { values },
    encoding: {
      // Instants are plain numbers, which Vega-Lite else takes for times in the zone of this computer.
      x: {
        field: "at",
        type: "quantitative",
        scale: { domain: [from, until], nice: false },
        axis: {
          title: null,
          values: hoursBetween(from, until),
          labelExpr: "utcFormat(datum.value, '%H:%M')",
        },
      },
      y: {
        field: "value",
        type: "quantitative",
        scale: { domain: [yAxis?.left.min ?? 0, top], nice: 4 },
        axis: {
          title: yAxis?.left.label ?? null,
          tickCount: 4,
          // What has no unit is a number of things.
          ...(yAxis === undefined ? { tickMinStep: 1 } : {}),
        },
      },
      color: {
        field: "name",
        type: "nominal",
        scale: {
          domain: lines.map(({ name }) => name),
          range: lines.map(({ colour }, index) => colour ?? palette[index % palette.length] ?? ""),
        },
        legend: { title: null, columns: legendColumns(lines, size.width) },
      },
    },
    layer: stacked
      ? [
          {
            mark: { type: "rect", clip: true },
            encoding: { x2: { field: "until" }, y2: { field: "below" } },
          },
        ]
      : [
          { mark: { type: "line", strokeWidth: 1.5, clip: true } },
          {
            mark: { type: "circle", size: 14, opacity: 1, clip: true },
            transform: [{ filter: "datum.isLone" }],
          },
        ],
  };
}

function hoursBetween(from: number, until: number): number[] {
  const hour = 3_600_000;
  return Array.from({ length: Math.floor((until - from) / hour) + 1 }, (_, index) => from + index * hour);
}

/** The values of lines; a value with none beside it is a dot, as a line alone would not show it. */
function dotsOf(lines: readonly Line[], period: number) {
  return lines.flatMap(({ name, points }) =>
    [...points].map(([at, value]) => ({
      name,
      at,
      value: rounded(value),
      isLone: !points.has(at - period) && !points.has(at + period),
    })),
  );
}

/** The values of lines on top of each other, the first at the bottom, each from the beginning of its period to the end. */
function columnsOf(lines: readonly Line[], period: number) {
  const heights = new Map<number, number>();
  return lines.flatMap(({ name, points }) =>
    [...points].map(([at, height]) => {
      const below = heights.get(at) ?? 0;
      heights.set(at, below + height);
      return { name, at, until: at + period, below: rounded(below), value: rounded(below + height) };
    }),
  );
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

/** As many columns as have room, by the widths that Vega assumes where it cannot measure a text. */
function legendColumns(lines: readonly Line[], room: number): number {
  const widths = lines.map(({ name }) => 0.8 * legendFontSize * name.length + symbolWidth + columnPadding);
  const counts = widths.map((_, index) => widths.length - index);
  return counts.find((count) => widthOf(widths, count) <= room) ?? 1;
}

/** The width of a number of columns, each as wide as its widest text. */
function widthOf(widths: readonly number[], count: number): number {
  const columns = Array.from({ length: count }, (_, column) =>
    Math.max(...widths.filter((_, index) => index % count === column)),
  );
  return columns.reduce((sum, width) => sum + width, 0);
}

const legendFontSize = 11;
const columnPadding = 8;
const symbolWidth = 14;

/** How all graphs look. Colours are variables of the picture's style sheet. */
export const look: Config = {
  background: "transparent",
  padding: 0,
  aria: false,
  view: { stroke: null },
  axis: {
    domain: false,
    ticks: false,
    gridColor: "var(--grid)",
    labelColor: "var(--faint)",
    labelFont: "inherit",
    labelFontSize: 11,
    labelPadding: 6,
    titleColor: "var(--faint)",
    titleFont: "inherit",
    titleFontSize: 11,
    titleFontWeight: "normal",
  },
  axisX: { grid: false, domain: true, domainColor: "var(--grid)" },
  legend: {
    orient: "bottom",
    direction: "horizontal",
    labelColor: "var(--ink)",
    labelFont: "inherit",
    labelFontSize: legendFontSize,
    labelLimit: 400,
    symbolType: "square",
    symbolSize: 90,
    symbolStrokeWidth: 0,
    offset: 6,
    columnPadding,
    gridAlign: "each",
  },
};
