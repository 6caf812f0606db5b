import { element, label, themes } from "../../../cli/picture";
import { drawAlarms } from "./alarms";
import { readBody, type Place, type Widget } from "./body";
import { chartOf, look, type Size } from "./chart";
import { linesOf } from "./lines";
import { playStack, type Play, type PlayedStack } from "./play";
import { startVega, type Draw } from "./vega";

/** Size of a cell of the grid, points. */
const cell = { width: 46, height: 38 };

const margin = 8;
const top = 72;

/** Draws the dashboard of the dev stack after some hours in the simulator. SVG. */
export async function drawDashboard(): Promise<string> {
  return drawStack(await playStack());
}

/** Draws a dashboard: each widget at its place, with what was measured in the simulator. */
export async function drawStack(stack: PlayedStack): Promise<string> {
  const widgets = readBody(stack.dashboardBody);
  const draw = await startVega();
  const cards: string[] = [];
  for (const widget of widgets) cards.push(await drawCard(widget, stack.play, draw));
  const width = 24 * cell.width + 2 * margin;
  const height = top + Math.max(...widgets.map((one) => one.y + one.height)) * cell.height + margin;
  const title = `Dashboard ${stack.dashboardName}`;
  return element(
    "svg",
    { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}`, role: "img" },
    element("title", {}, title),
    styleSheet,
    label(title, { class: "title", x: margin + 6, y: 30 }),
    label(subtitle(stack), { class: "note", x: margin + 6, y: 52 }),
    ...cards,
  );
}

/** A widget with its title, at its place. */
async function drawCard(widget: Widget, play: Play, draw: Draw): Promise<string> {
  const { height, width, x, y } = areaOf(widget);
  const content = await drawContent(widget, play, draw, { width: width - 24, height: height - 44 });
  return (
    element("rect", { class: "card", x, y, width, height, rx: 6 }) +
    label(widget.properties.title, { class: "name", x: x + 12, y: y + 22 }) +
    element("g", { transform: `translate(${x + 12} ${y + 34})` }, content)
  );
}

async function drawContent(widget: Widget, play: Play, draw: Draw, size: Size): Promise<string> {
  switch (widget.type) {
    case "alarm":
      return drawAlarms(widget, play, size);
    case "metric": {
      const lines = linesOf(widget, play);
      if (lines.some(({ points }) => points.size > 0)) return draw(chartOf(widget, lines, play, size), look);
      const middle = { x: size.width / 2, y: size.height / 2, "text-anchor": "middle" };
      return label("No data available", { class: "note", ...middle });
    }
  }
}

/** Where a widget is in the picture, points. */
function areaOf({ height, width, x, y }: Place): Place {
  const gap = 8;
  return {
    x: margin + x * cell.width + gap / 2,
    y: top + y * cell.height + gap / 2,
    width: width * cell.width - gap,
    height: height * cell.height - gap,
  };
}

/** What goes wrong, and from when on. */
function subtitle({ play: { from, until }, steps }: PlayedStack): string {
  const first = steps.filter(
    ({ trouble }, index) => trouble !== undefined && steps[index - 1]?.trouble !== trouble,
  );
  const troubles = first.map(({ minute, trouble }) => {
    const time = new Date(from + minute * 60_000).toISOString().slice(11, 16);
    return `${trouble ?? ""} from ${time}`;
  });
  return `${(until - from) / 3_600_000} hours of the dev stack in the simulator, times in UTC: ${troubles.join(", ")}`;
}

const styleSheet = `<style>
${themes()}
svg{fill:var(--ink);font-size:12px}
.title{font-size:18px;font-weight:600}
.name{font-weight:600}
.note{fill:var(--faint)}
.card{fill:var(--paper);stroke:var(--grid)}
.alarm{fill:var(--stripe)}
.ok{--state:var(--script)}
.ringing{--state:var(--bad)}
.edge,.state{fill:var(--state)}
.state{font-weight:600}
</style>`;
