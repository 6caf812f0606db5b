import colors from "picocolors";
import { columns, plural, timeText } from "../../terminal";
import { decisionText } from "../decisionText";
import type { GroupStatus, Passing, Wait } from "./waits";

/** What waits, as people read it. */
export function statusLines(groups: readonly GroupStatus[], region: string, now: number): string[] {
  const busy = groups.filter(
    ({ passing, problems, waits }) => waits.length + passing.length + problems.length > 0,
  );
  const idle = groups.filter((one) => !busy.includes(one));
  return [...busy.flatMap((group) => [...groupLines(group, region, now), ""]), ...idleLines(idle, region)];
}

function groupLines(status: GroupStatus, region: string, now: number): string[] {
  const { group, handlers, instances, passing, problems, waits } = status;
  const served = handlers.length === 0 ? "" : `, served by ${handlers.join(", ")}`;
  return [
    colors.bold(`${group}: ${waits.length} of ${plural(instances, "instance")} wait`) +
      colors.dim(` (${region}${served})`),
    ...(waits.length > 0 ? indented([heading, ...waits.map((wait) => row(wait, now))]) : []),
    ...indented(passing.map((one) => [one.instance, passingText(one)])),
    ...problems.map((problem) => `  ${colors.red(problem)}`),
  ];
}

function idleLines(groups: readonly GroupStatus[], region: string): string[] {
  if (groups.length === 0) return [];
  return [colors.dim(`Nothing waits in ${groups.map(({ group }) => group).join(", ")} (${region}).`)];
}

const heading = ["INSTANCE", "HOOK", "WAITS", "UNDER WAY", "HOOK ENDS IN", "AT MOST", "NEXT"].map(colors.dim);

function row(wait: Wait, now: number): string[] {
  return [
    colors.cyan(wait.instance),
    wait.hook,
    wait.since === undefined ? "not known" : timeText(now - wait.since),
    underWay(wait, now),
    hookEnd(wait, now),
    wait.globalEnds === undefined ? "not known" : timeText(wait.globalEnds - now),
    nextText(wait.next),
  ];
}

function underWay({ command }: Wait, now: number): string {
  if (command === undefined) return "nothing yet";
  return `command ${command.status}, sent ${timeText(now - command.sentAt)} ago`;
}

function hookEnd({ hookEnds, isExtended, next }: Wait, now: number): string {
  if (hookEnds === undefined) return next.code === "held" ? "held" : "not known";
  const text = `${isExtended ? "about " : ""}${timeText(hookEnds - now)}`;
  return hookEnds - now < shortTime ? colors.red(text) : text;
}

/** Two sweeps: less than this is short, ms. */
const shortTime = 120_000;

function nextText({ kind, reason }: Wait["next"]): string {
  const text = decisionText(kind, reason);
  return kind === "complete" ? colors.yellow(text) : text;
}

/** Why an instance is on its way without waiting for us, by its lifecycle state. */
function passingText({ lifecycleState }: Passing): string {
  const meaning = meanings.find(([pattern]) => pattern.test(lifecycleState))?.[1];
  return colors.dim(meaning === undefined ? lifecycleState : `${lifecycleState}: ${meaning}`);
}

const meanings: readonly (readonly [RegExp, string])[] = [
  [/:Retained$/, "kept for inspection and billed; graceful-asg release ends it"],
  [/:Wait$/, "waits at a hook that no handler of graceful-asg serves"],
  [/^Terminating$/, "leaves its target groups, then its hook fires"],
  [/^Pending$/, "boots, then its hook fires"],
  [/:Proceed$/, "has passed its hooks"],
];

function indented(rows: readonly (readonly string[])[]): string[] {
  return columns(rows).map((line) => `  ${line}`);
}
