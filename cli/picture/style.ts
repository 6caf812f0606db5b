/** Colours for light and for dark, by their meaning. */
const light = {
  paper: "#ffffff",
  ink: "#1b2430",
  faint: "#5f6b7a",
  grid: "#e4e8ee",
  stripe: "#f6f8fa",
  drain: "#b9c7d9",
  turn: "#dcd3f0",
  wait: "#f2c14e",
  script: "#2a9d8f",
  complete: "#7b61c9",
  end: "#9aa5b1",
  mark: "#1b2430",
  bad: "#d1495b",
  limit: "#d1495b",
};

const dark: typeof light = {
  paper: "#10161d",
  ink: "#e8edf3",
  faint: "#9aa7b5",
  grid: "#26303b",
  stripe: "#151d26",
  drain: "#4a5f78",
  turn: "#57498a",
  wait: "#d9a62e",
  script: "#2fb3a3",
  complete: "#9a83e6",
  end: "#5c6875",
  mark: "#e8edf3",
  bad: "#ff6b7d",
  limit: "#ff6b7d",
};

/** The picture's style sheet. */
export function styleSheet(): string {
  return `<style>
${themes()}
text{fill:var(--ink);font-size:12px}
.title{font-size:18px;font-weight:600}
.subtitle,.tick,.legend,.note{fill:var(--faint)}
.name{font-family:ui-monospace,Menlo,Consolas,monospace;font-size:11px}
.grid{stroke:var(--grid);stroke-width:1}
.stripe{fill:var(--stripe)}
.drain{fill:var(--drain)}.turn{fill:var(--turn)}.wait{fill:var(--wait)}.script{fill:var(--script)}.complete{fill:var(--complete)}.end{fill:var(--end)}
.failed{fill:var(--bad)}
.mark{fill:none;stroke:var(--mark);stroke-width:1.6}
.lost{stroke:var(--bad)}
.call{stroke:var(--faint);stroke-width:1.4}
.refused{stroke:var(--bad);stroke-width:1.4}
.invocation{fill:var(--complete)}
.limit{stroke:var(--limit);stroke-width:1.4;stroke-dasharray:5 4}
.limit-name{fill:var(--limit);font-size:11px}
</style>`;
}

/** The font, and the colours as variables, for light and for dark as the reader has it. */
export function themes(): string {
  return `svg{${variables(light)};background:var(--paper);font-family:system-ui,-apple-system,"Segoe UI",sans-serif}
@media (prefers-color-scheme:dark){svg{${variables(dark)}}}`;
}

function variables(colours: typeof light): string {
  return Object.entries(colours)
    .map(([name, value]) => `--${name}:${value}`)
    .join(";");
}
