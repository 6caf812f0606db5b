import colors from "picocolors";
import { plural } from "../terminal";
import { wordOf } from "./document";
import { narrate, type Line } from "./narrate";
import { waysOf } from "./phases";
import type { Prepared, Rehearsal } from "./rehearsal";
import { worstCase, type Spread, type Summary } from "./summary";
import { faults, type SimulationEvent } from "../../simulator";

const tones: Readonly<Record<Line["tone"], (text: string) => string>> = {
  plain: (text) => text,
  good: colors.green,
  bad: colors.red,
  quiet: colors.dim,
};

/** What is about to be played, as lines. */
export function headingLines(prepared: Prepared, stack: string): string[] {
  const { groupName, settings } = prepared;
  const what = settings.transition === "launch" ? "scale-out" : "scale-in";
  const does = wordOf(prepared);
  return [
    colors.bold(
      `Rehearsing a ${what} of ${plural(settings.instances, "instance")} of group ${groupName} in stack ${stack}`,
    ),
    ...(does === undefined ? [] : [`  The ${settings.transition} script ${does}.`]),
    ...settings.faults.map((name) => `  ${colors.red(name)}: ${faults[name].simulates ?? ""}`),
    "",
  ];
}

/**
 * A line of the timeline; undefined for an event that is not worth a line.
 * @param told lines that are not repeated; a line that is not to be repeated is added
 */
export function timelineLine(
  event: SimulationEvent,
  began: number,
  told = new Set<string>(),
): string | undefined {
  const wasThereBefore = event.kind === "agent" && event.at === began;
  const line = wasThereBefore ? undefined : narrate(event);
  if (line === undefined) return undefined;
  const what = `${line.who} ${line.text}`;
  if (told.has(what)) return undefined;
  if (line.isRepeated) told.add(what);
  return lineText(line, event.at - began);
}

/**
 * A line with its time.
 * @param at milliseconds since the beginning
 * @param isAbout whether the time is not exactly known
 */
export function lineText({ text, tone, who }: Line, at: number, isAbout = false): string {
  const time = `${isAbout ? "~" : ""}${(at / 1000).toFixed(1)} s`;
  return `${colors.dim(time.padStart(10))}  ${colors.cyan(short(who))}  ${tones[tone](text)}`;
}

/** Real milliseconds: to read the program, and the rehearsal itself. */
export interface Took {
  readonly program: number;
  readonly rehearsal: number;
}

/** The result of the rehearsal, as lines. */
export function summaryLines(rehearsal: Rehearsal, summary: Summary, bare: Rehearsal, took: Took): string[] {
  const { settings } = rehearsal;
  const title = settings.transition === "launch" ? "Scale-out" : "Scale-in";
  return [
    "",
    colors.bold(`${title} of ${plural(summary.instances, "instance")}`),
    ...table(
      Object.entries(summary.ends).map(([end, count]) => [end, String(count)]),
      (end) => (end in summary.failures ? colors.red : tones.plain),
    ),
    "",
    colors.bold("Time per phase") + colors.dim("  shortest, median, longest"),
    ...table(Object.entries(summary.phases).map(([phase, spread]) => [phase, spreadText(spread)])),
    ...worstCaseLine(rehearsal),
    "",
    colors.bold("Cost"),
    ...table([
      ...Object.entries(summary.calls).map(([call, count]): [string, string] => [call, String(count)]),
      ["AWS calls per instance", summary.callsPerInstance.toFixed(1)],
      ["invocations", String(summary.invocations)],
      ["billed time", `${summary.billedSeconds.toFixed(1)} s, $${summary.price.toFixed(6)}`],
      ...(summary.deadLetters > 0 ? [["dead letters", String(summary.deadLetters)] as [string, string]] : []),
    ]),
    "",
    ...alarmLines(summary),
    colors.bold("Without graceful-asg"),
    `  ${comparison(bare)}`,
    "",
    colors.dim(
      `seed ${settings.seed}; ${(took.program / 1000).toFixed(1)} s to read the program, ${(took.rehearsal / 1000).toFixed(1)} s to rehearse`,
    ),
  ];
}

/** The alarms that ring; without a failure no alarm should. */
function alarmLines({ alarms }: Summary): string[] {
  if (alarms.length === 0) return [];
  return [
    colors.bold("Alarms"),
    ...table(
      alarms.map(({ description, name }) => [name, description]),
      () => colors.red,
    ),
    "",
  ];
}

function worstCaseLine(rehearsal: Rehearsal): string[] {
  const worst = worstCase(rehearsal);
  return worst === undefined ? [] : [`  ${colors.dim(`at worst it may take ${worst} s`)}`];
}

function comparison(rehearsal: Rehearsal): string {
  const ends = waysOf(rehearsal).flatMap(({ decided, ended }) =>
    ended === undefined ? [] : [(ended - decided) / 1000],
  );
  const [first, last] = [Math.round(Math.min(...ends)), Math.round(Math.max(...ends))];
  const after = first === last ? `${first} s` : `${first} to ${last} s`;
  return rehearsal.settings.transition === "launch"
    ? `each instance would be in service ${after} after the launch, whether or not the application is ready`
    : `each machine would be shut down ${after} after the decision, whatever the application is doing; no stop script runs`;
}

function table(
  rows: readonly (readonly [string, string])[],
  toneOf: (name: string) => (text: string) => string = () => tones.plain,
): string[] {
  const width = Math.max(0, ...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `  ${toneOf(name)(name.padEnd(width))}  ${value}`);
}

function spreadText({ max, median, min }: Spread): string {
  return [min, median, max].map((one) => `${one.toFixed(1)} s`.padStart(9)).join("");
}

/** Instance ids are told apart by their first digits. */
function short(who: string): string {
  return (who.startsWith("i-") ? who.slice(0, 8) : who).padEnd(8);
}
