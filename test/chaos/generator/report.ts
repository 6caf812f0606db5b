import colors from "picocolors";
import { timelineLine } from "../../../cli/rehearsal/report";
import type { Exemption } from "../checker";
import type { Failure, Minimal, Outcome } from "./series";

/** Share of the actions of a run that may be exempt from P1, on average, in percent. */
const mostExempt = 5;

/** Fewer runs than this say little about the average: a replay of one run may well have nothing but exempt actions. */
const fewestRuns = 200;

/** Whether more is exempt than may be. */
export function isTooMuchExempt(outcome: Outcome): boolean {
  return outcome.runs >= fewestRuns && exemptShare(outcome) > mostExempt;
}

/**
 * Share of the actions of a run that were exempt, on average, in percent. Instances of a run share its faults: if the
 * average were over actions, a crowd of sixty under a fault that exempts all of them would count as sixty cases.
 */
export function exemptShare({ exemptShares, runs }: Outcome): number {
  return runs === 0 ? 0 : (100 * exemptShares) / runs;
}

/** The outcome of a series, as lines. */
export function outcomeLines(outcome: Outcome, seconds: number): string[] {
  const { actions, combinations, exempt, failures, runs, stacks } = outcome;
  const share = exemptShare(outcome).toFixed(2);
  return [
    `${number(runs)} runs with ${number(actions)} lifecycle actions, ${number(stacks.length)} stacks and ${number(combinations.length)} combinations of faults, in ${Math.round(seconds)} s`,
    `${share} % of the actions of a run are exempt on average, at most ${mostExempt} % may be in ${fewestRuns} runs or more`,
    ...(Object.entries(exempt) as [Exemption, number][])
      .sort(([, one], [, other]) => other - one)
      .map(([reason, count]) => `  ${number(count).padStart(9)}  ${reason}`),
    failures.length === 0 ? colors.green("0 broken promises") : colors.red(failuresText(failures)),
  ];
}

/** A failure with the command that replays it and a timeline of the instances that it concerns. */
export function failureLines({ broken, played, run }: Minimal, withSweep: boolean): string[] {
  const [first] = broken;
  const [, seed = "", number = ""] = /^(.*)\/(\d+)$/.exec(run.seed) ?? [];
  const concerned = new Set(broken.slice(0, 1).flatMap(({ instance }) => instance ?? []));
  const timeline = played.events
    .filter((one) => concerned.size === 0 || mentions(one, concerned))
    .flatMap((one) => timelineLine(one, played.began) ?? []);
  return [
    colors.red(`${first?.promise ?? ""} is broken: ${first?.what ?? ""}`),
    `  run ${number} of seed ${seed}; with nothing but ${run.faults.join(", ") || "a good day"}`,
    `  replay: npm run chaos -- --seed ${quoted(seed)} --run ${number}${withSweep ? "" : " --no-sweep"}`,
    ...timeline.slice(0, longestTimeline),
    ...(timeline.length > longestTimeline ? [`  and ${timeline.length - longestTimeline} lines more`] : []),
  ];
}

/** A text as one word of a shell. */
function quoted(text: string): string {
  return /^[\w.:/-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** Lines of a timeline that are shown at most. */
const longestTimeline = 60;

function mentions(event: object, instances: ReadonlySet<string>): boolean {
  if ("instance" in event && typeof event.instance === "string") return instances.has(event.instance);
  const several = "instances" in event && Array.isArray(event.instances) ? event.instances : [];
  return several.some((one) => instances.has(String(one)));
}

/** How many runs have broken which promises, and which runs they are. */
export function failuresText(failures: readonly Failure[]): string {
  if (failures.length === 0) return "0 with broken promises";
  return `${number(failures.length)} with broken promises: ${promisesIn(failures)}; ${numbersOf(failures)}`;
}

function promisesIn(failures: readonly Failure[]): string {
  return [...new Set(failures.flatMap(({ broken }) => broken.map(({ promise }) => promise)))]
    .sort()
    .join(", ");
}

/** Which runs they are, the first of them at least. */
function numbersOf(failures: readonly Failure[]): string {
  const all = failures.map(({ run }) => run.seed.slice(run.seed.lastIndexOf("/") + 1));
  const shown = all.slice(0, 20).join(", ");
  return all.length > 20 ? `runs ${shown} and ${all.length - 20} more` : `runs ${shown}`;
}

function number(value: number): string {
  return value.toLocaleString("en-US");
}
