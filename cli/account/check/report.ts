import type { Severity } from "@pulumi/policy";
import colors from "picocolors";
import { explain } from "../../../policy/finding";
import { rulesOfPrograms } from "../../../policy/onAccount";
import { plural, timeText } from "../../terminal";
import type { Drain, DrainHook } from "./drain";
import type { CheckFinding } from "./findings";
import type { GroupCheck } from "./groupCheck";

/** What a check has found out. */
export interface CheckReport {
  readonly groups: readonly GroupCheck[];
  /** What AWS did not let the caller know, as sentences without their beginning. */
  readonly notChecked: readonly string[];
}

/**
 * The report as people read it.
 * @param isWhole whether groups without findings are described too
 */
export function reportLines({ groups, notChecked }: CheckReport, isWhole: boolean): string[] {
  const count = groups.reduce((sum, { findings }) => sum + findings.length, 0);
  return [
    ...groups.flatMap((one) => groupLines(one, isWhole)),
    ...notChecked.map((what) => colors.yellow(`Not checked: ${what}.`)),
    colors.dim(`Not asked, as only a program tells: ${rulesOfPrograms.join(", ")}.`),
    colors.bold(`${plural(groups.length, "group")}, ${plural(count, "finding")}`),
  ];
}

function groupLines(check: GroupCheck, isWhole: boolean): string[] {
  const { drain, findings, group, handlers, instances, region } = check;
  const served = handlers.length === 0 ? "" : `, served by ${handlers.join(", ")}`;
  const details = colors.dim(` (${region}, ${plural(instances, "instance")}${served})`);
  const title = colors.bold(`${group}: ${drain.drains ? "drains" : "does not drain"}`);
  if (findings.length === 0 && !isWhole)
    return [`${title}, at most ${timeText(drain.atMost * 1000)}, no findings${details}`];
  return [
    `${title}${details}`,
    ...drain.hooks.map((hook) => `  ${hookText(hook)}`),
    `  ${timeLine(drain)}`,
    ...drain.hooks.map((hook) => `  ${unansweredText(hook)}`),
    ...(findings.length === 0 ? ["  no findings"] : findings.flatMap(findingLines)),
    "",
  ];
}

const ways: Readonly<Record<NonNullable<DrainHook["transport"]>, string>> = {
  sns: "SNS",
  sqs: "SQS",
  eventbridge: "EventBridge",
};

function hookText({ document, functions, name, transport }: DrainHook): string {
  const receiver =
    functions.length > 0
      ? `${transport === undefined ? "somebody" : ways[transport]} calls ${functions.join(", ")}`
      : `${transport === undefined ? "nobody" : ways[transport]} calls no function that is known`;
  return `${name}: ${receiver}${document === undefined ? "" : `; document ${document} stops the application`}`;
}

function timeLine({ atMost, terms }: Drain): string {
  return atMost === 0 ? "takes no time" : `at most ${timeText(atMost * 1000)}: ${terms}`;
}

function unansweredText({ name, unanswered: { after, defaultResult, instance } }: DrainHook): string {
  return `without an answer at ${name}: ${defaultResult} after ${timeText(after * 1000)}, and the instance is ${instance}`;
}

const paints: Readonly<Record<Severity, (text: string) => string>> = {
  critical: colors.red,
  high: colors.red,
  medium: colors.yellow,
  low: colors.dim,
};

function findingLines(finding: CheckFinding): string[] {
  const { rule, severity } = finding;
  return [`  ${paints[severity](severity)} ${colors.cyan(rule)}`, `    ${explain(finding)}`];
}
