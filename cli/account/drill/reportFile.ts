import { accessSync, constants, writeFileSync } from "node:fs";
import * as path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { AccountError } from "../../accountError";
import type { DrillReport } from "./report";
import { rangeText, verdictLine } from "./resultText";

/** Refuses a name under which no report can be written, before anything is changed. */
export function checkReport(file: string): void {
  if (!/\.(json|md)$/.test(file))
    throw new AccountError(`--report is ${JSON.stringify(file)}; the name must end in .json or .md.`);
  try {
    accessSync(path.dirname(file), constants.W_OK);
  } catch (error) {
    const why = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new AccountError(
      `--report ${file} cannot be written (${why}). Name a file in a folder that exists.`,
    );
  }
}

/** Writes a report as JSON, or as Markdown where the name says so. */
export function writeReport(file: string, report: DrillReport): void {
  writeFileSync(
    file,
    file.endsWith(".md") ? markdownOf(report) : `${JSON.stringify(report, undefined, 2)}\n`,
  );
}

function markdownOf(report: DrillReport): string {
  const { began, calls, facts, judgements, phases, plan, region, timeline } = report;
  const what = plan.transition === "launch" ? "Scale-out" : "Scale-in";
  const rows = (cells: readonly (readonly string[])[]) =>
    cells.map((row) => `| ${row.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`);
  return [
    `# ${what} of ${plan.group} in ${region}, ${new Date(began).toISOString()}`,
    "",
    plain(verdictLine(report)),
    "",
    ...(report.advice === undefined ? [] : [report.advice, ""]),
    "## Promises",
    "",
    ...rows([
      ["promise", "verdict", "what", "why"],
      ["---", "---", "---", "---"],
      ...judgements.map(({ name, title, verdict, why }) => [name, verdict, title, why]),
    ]),
    "",
    "## Time per phase",
    "",
    `Predicted from ${report.predictedFrom === "rehearsal" ? "a rehearsal of the stack" : "the hook's instructions"}.`,
    "",
    ...rows([
      ["phase", "predicted", "seen", "verdict"],
      ["---", "---", "---", "---"],
      ...phases.map((one) => [one.title, rangeText(one.predicted), rangeText(one.seen), one.verdict]),
    ]),
    "",
    "## Facts about AWS",
    "",
    ...rows([
      ["fact", "what", "value"],
      ["---", "---", "---"],
      ...facts.map(({ name, value, what }) => [name, what, factText(value)]),
    ]),
    "",
    "## Calls of this command",
    "",
    ...rows([
      ["call", "times"],
      ["---", "---"],
      ...Object.entries(calls).map(([name, count]) => [name, String(count)]),
    ]),
    "",
    "## Timeline",
    "",
    "```",
    ...timeline,
    "```",
    "",
  ].join("\n");
}

function factText(value: DrillReport["facts"][number]["value"]): string {
  if (value === "not seen") return value;
  return "min" in value ? rangeText(value) : value.join("<br>");
}

function plain(line: string): string {
  return stripVTControlCharacters(line);
}
