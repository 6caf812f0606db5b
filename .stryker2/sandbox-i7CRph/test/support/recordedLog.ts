// @ts-nocheck
import type { Log, LogEntry } from "../../handler/log";

/** A line of the log, with its level. */
export type Line = LogEntry & { readonly level: keyof Log };

/** A log that keeps its lines for a test. */
export function recordedLog(): { readonly log: Log; readonly lines: readonly Line[] } {
  const lines: Line[] = [];
  const add = (level: keyof Log) => (entry: LogEntry) => {
    lines.push({ level, ...entry });
  };
  return { lines, log: { info: add("info"), warn: add("warn"), error: add("error") } };
}
