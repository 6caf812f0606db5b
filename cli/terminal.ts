import { stripVTControlCharacters } from "node:util";

/** Where a command writes what people read. */
export interface Terminal {
  line(text: string): void;
  /** Shows lines in place of the lines that were shown last; below them where the output is no terminal. */
  repaint(lines: readonly string[]): void;
  /** Whether nobody looks any more. */
  isClosed(): boolean;
}

/** The terminal of this process. */
export const consoleTerminal: Terminal = {
  line: (text) => {
    console.log(text);
  },
  repaint: (lines) => {
    if (process.stdout.isTTY) {
      process.stdout.cursorTo(0, 0);
      process.stdout.clearScreenDown();
    }
    console.log(lines.join("\n"));
  },
  isClosed: () => !process.stdout.writable,
};

/** Rows as lines whose columns stand below each other; colours take no room. */
export function columns(rows: readonly (readonly string[])[], gap = "  "): string[] {
  const widths: number[] = [];
  for (const row of rows)
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, widthOf(cell));
  return rows.map((row) =>
    row
      .map((cell, index) => cell + " ".repeat((widths[index] ?? 0) - widthOf(cell)))
      .join(gap)
      .trimEnd(),
  );
}

function widthOf(text: string): number {
  return stripVTControlCharacters(text).length;
}

/** A number of things. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** Milliseconds as people say them: its two largest units. */
export function timeText(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const units = [
    [Math.floor(seconds / 86_400), "d"],
    [Math.floor(seconds / 3600) % 24, "h"],
    [Math.floor(seconds / 60) % 60, "min"],
    [seconds % 60, "s"],
  ] as const;
  const first = units.findIndex(([count]) => count > 0);
  if (first < 0) return "0 s";
  return units
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(" ");
}
