import colors from "picocolors";
import { endOf } from "../../rehearsal/summary";
import { lineText } from "../../rehearsal/report";
import { plural, timeText } from "../../terminal";
import type { Facts } from "./facts";
import { gapsOf } from "./gaps";
import type { Account } from "./tell";

/** What became of an instance, as people read it. */
export function explanationLines(facts: Facts, accounts: readonly Account[]): string[] {
  const { group = "an unknown group", handlers, instance, region } = facts;
  const served = handlers.length === 0 ? "" : `, served by ${handlers.join(", ")}`;
  return [
    colors.bold(`${instance} of ${group}`) + colors.dim(` (${region}${served})`),
    presentState(facts),
    "",
    ...accounts.flatMap((one) => [...passageLines(facts, one), ""]),
    colors.bold("What is not known"),
    ...gapsOf(facts, accounts).map((gap) => `  ${gap}`),
  ];
}

function presentState({ activities, lifecycleState }: Facts): string {
  if (lifecycleState !== undefined) {
    const told = activities.length === 0 ? "; no scaling activity of the last six weeks names it" : "";
    return `It is ${lifecycleState}${told}.`;
  }
  return "It is in no group any more.";
}

function passageLines(facts: Facts, account: Account): string[] {
  const { entries, outputs, passage } = account;
  const { activity, began } = passage;
  return [
    colors.bold(titleOf(facts, account)),
    ...(activity === undefined ? [] : wrapped(activity.cause).map((line) => colors.dim(`  ${line}`))),
    ...entries.map(({ at, isAbout, line }) => lineText(line, at - began, isAbout)),
    ...outputs.flatMap(({ command, text }) => [
      colors.dim(`  The output of ${command}:`),
      ...text
        .trimEnd()
        .split("\n")
        .map((line) => `    ${line}`),
    ]),
  ];
}

/** What a passage was, when, and how it ended. */
export function titleOf(facts: Facts, account: Account): string {
  const { passage } = account;
  const { activity, began, transition } = passage;
  const what = transition === "launch" ? "Launch" : "Termination";
  const end = activity?.endedAt;
  const span = end === undefined ? "" : ` to ${instantText(end)}, ${timeText(end - began)}`;
  const about = activity === undefined ? "about " : "";
  return `${what}, ${about}${instantText(began)}${span}: ${summaryOf(facts, account)}`;
}

function summaryOf(facts: Facts, { events, passage, way }: Account): string {
  const { activity, commands, log } = passage;
  if (activity === undefined) return "no scaling activity is left";
  if (activity.endedAt === undefined) return "under way";
  if (way === undefined) return activity.statusCode;
  const isTold = facts.hasCommands || commands.length > 0;
  if (isTold || way.end === "InService" || way.end === "retained") {
    const failed = failedBefore(events);
    if (failed === undefined) return endOf(way);
    return `${endOf({ ...way, runs: 1 })}, after ${plural(failed, "run")} that failed`;
  }
  const succeeded = log.some(({ entry }) => entry["code"] === "succeeded" && entry["outcome"] !== undefined);
  return succeeded ? endOf({ ...way, script: 0 }) : "nothing tells whether its script ran";
}

/** How many runs failed before the script ran again; undefined where it ran once, or again without a failure. */
function failedBefore(events: Account["events"]): number | undefined {
  const scripts = events.filter((one) => one.kind === "script");
  const runs = scripts.flatMap(({ phase }, index) => (phase === "started" ? [index] : []));
  const ends = runs.map((from, run) =>
    scripts.slice(from, runs[run + 1]).find(({ phase }) => phase === "ended" || phase === "killed"),
  );
  const hasFailed = (end: (typeof ends)[number]) => end !== undefined && end.code !== 0;
  return ends.length > 1 && ends.slice(0, -1).every(hasFailed) ? ends.length - 1 : undefined;
}

/** An instant as AWS's console shows it. */
function instantText(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** Text in lines of a terminal's width. */
function wrapped(text: string, width = 110): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
