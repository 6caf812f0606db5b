import { stripVTControlCharacters } from "node:util";
import colors from "picocolors";
import type { Transition } from "../../../contract";
import { AccountError } from "../../accountError";
import type { Person } from "../../person";
import type { Foreseen, Predictor } from "../../rehearsal/prediction";
import { timelineLine } from "../../rehearsal/report";
import { plural, type Terminal } from "../../terminal";
import type { Account, OpenAccount } from "../account";
import { endOf } from "./course";
import { readCommands } from "./facts";
import { advance, unseen } from "./follow";
import { readLook } from "./look";
import { scriptSeconds, timesAllowed } from "./phases";
import { planOf, type Plan } from "./plan";
import { planLines } from "./planText";
import { reportOf } from "./report";
import { checkReport, writeReport } from "./reportFile";
import { resultLines } from "./resultText";
import { start } from "./start";
import { readSubject, type Subject } from "./subject";
import { drilled, watch, type Drill, type Stop } from "./watch";

/** The options of `graceful-asg drill`. */
export interface DrillOptions {
  /** Undefined for the only group of ours. */
  readonly group: string | undefined;
  readonly region: string | undefined;
  readonly transition: Transition;
  readonly instances: number;
  readonly lowerDesired: boolean;
  readonly yes: boolean;
  readonly report: string | undefined;
  readonly json: boolean;
}

/** Who and what a drill needs besides the account. */
export interface DrillSurroundings {
  readonly person: Person;
  /** Makes the predictor of a stack; undefined where no stack is given. */
  readonly predict: ((foreseen: Foreseen) => Promise<Predictor>) | undefined;
}

/** Scales in or out for real, watches, and judges what shows from outside. */
export async function drill(
  options: DrillOptions,
  open: OpenAccount,
  terminal: Terminal,
  { person, predict }: DrillSurroundings,
): Promise<number> {
  refuseSilence(options, person);
  if (options.report !== undefined) checkReport(options.report);
  const account = await open(options.region);
  const subject = await readSubject(account, options.group);
  const plan = planOf(subject, options);
  const predictor = await predict?.(plan);
  const say = (line: string) => {
    if (!options.json) terminal.line(line);
  };
  for (const line of planLines(plan, account.region)) say(line);
  for (const note of predictor?.notes ?? []) say(colors.dim(`  note: ${note}`));
  say("");
  if (!options.yes && !(await person.confirm("Go on? [y/N] "))) {
    say("Nothing was changed.");
    return 1;
  }
  const timeline: string[] = [];
  const watched = await carryOut(account, subject, plan, person.leaves, (line) => {
    timeline.push(stripVTControlCharacters(line));
    say(line);
  });
  if (watched === undefined) {
    say("Nothing was changed.");
    return 1;
  }
  const { drill: seen, stop } = watched;
  const isLeft = stop === "left";
  const [commands, predicted] = await Promise.all([
    isLeft ? [] : readCommands(account, seen),
    isLeft || predictor === undefined ? timesAllowed(plan) : predictor.play(scriptSeconds(seen)),
  ]);
  const predictedFrom = isLeft || predictor === undefined ? "instructions" : "rehearsal";
  const { calls, region } = account;
  const report = reportOf({ region, drill: seen, stop, predicted, predictedFrom, commands, calls, timeline });
  if (options.report !== undefined) writeReport(options.report, report);
  if (options.json) terminal.line(JSON.stringify(report, undefined, 2));
  for (const line of isLeft ? leavingLines(seen, report.advice) : resultLines(report)) say(line);
  if (options.report !== undefined) say(`The report is in ${options.report}`);
  return report.verdict === "kept" ? 0 : 1;
}

/** A question that nobody can answer. */
function refuseSilence({ json, yes }: DrillOptions, { isThere }: Person): void {
  if (yes) return;
  if (json)
    throw new AccountError("--json prints no question. Give --yes, after a look at the plan without --json.");
  if (!isThere)
    throw new AccountError(
      "A drill asks before it changes anything, and nobody is at this terminal to answer. Give --yes.",
    );
}

/** Begins the drill and watches it; undefined where somebody has left before it began. */
async function carryOut(
  account: Account,
  planned: Subject,
  plan: Plan,
  leaves: AbortSignal,
  show: (line: string) => void,
): Promise<{ readonly drill: Drill; readonly stop: Stop } | undefined> {
  const before = await readLook(account, { ...nothing, group: plan.group });
  const subject = { ...planned, group: before.group };
  refuseChange(plan, planOf(subject, plan));
  if (leaves.aborted) return undefined;
  const began = account.clock.now();
  const started = await start(account, plan, leaves);
  const begun: Drill = {
    plan,
    subject,
    began,
    seen: before.ended,
    looks: 0,
    courses: started.map((id) => advance(unseen(id, "terminate"), before, before.began)),
    inService: plan.inService,
    desired: plan.desired.before,
  };
  const told = new Set<string>();
  return watch(account, begun, leaves, {
    happened: (event) => {
      const line = timelineLine(event, began, told);
      if (line !== undefined) show(line);
    },
    failed: (why) => {
      show(colors.yellow(`${"".padStart(10)}  This look has failed, the next follows: ${why}`));
    },
  });
}

/** The group may have changed while somebody read the plan. */
function refuseChange(agreed: Plan, now: Plan): void {
  const isSame = agreed.desired.before === now.desired.before && agreed.chosen.join() === now.chosen.join();
  if (!isSame)
    throw new AccountError(
      `${agreed.group} has changed since its plan was made, and nothing was changed by the drill. Look at the plan again.`,
    );
}

/** A look at the group alone. */
const nothing = {
  followed: [],
  documents: () => [],
  since: 0,
  silent: [],
  needsStep: () => false,
  mayBeHeld: () => false,
  hasNews: () => false,
} as const;

/** What is under way when somebody leaves. */
function leavingLines(left: Drill, advice: string | undefined): string[] {
  const { group, transition } = left.plan;
  const moving = drilled(left).filter((one) => endOf(one) === undefined);
  const [first] = moving;
  return [
    "",
    `You have left. Nothing was undone: ${plural(moving.length, "instance")} of ${group} ${moving.length === 1 ? "is" : "are"} under way, and the handler ${transition === "launch" ? "brings" : "takes"} ${moving.length === 1 ? "it" : "them"} to the end by itself.`,
    ...moving.map(({ instance, states }) => `  ${colors.cyan(instance)}  ${states.at(-1)?.state ?? ""}`),
    `To see on: graceful-asg status --group ${group} --watch${first === undefined ? "" : `, or graceful-asg explain ${first.instance}`}`,
    ...(advice === undefined ? [] : [advice]),
  ];
}
