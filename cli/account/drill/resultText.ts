import colors from "picocolors";
import { columns, plural } from "../../terminal";
import type { DrillReport } from "./report";
import type { Judgement } from "./judgements";
import type { Verdict } from "./judge";
import type { ComparedPhase } from "./phases";

/** How a drill has gone, as people read it. */
export function resultLines(report: DrillReport): string[] {
  return [
    "",
    colors.bold("Promises"),
    ...columns(
      report.judgements.map(({ name, verdict, why, ...one }) => [
        isPromise({ name, verdict, why, ...one }) ? name : "",
        tones[verdict](verdict),
        verdict === "broken" ? why : colors.dim(why),
      ]),
    ).map((line) => `  ${line}`),
    "",
    colors.bold("Time per phase") + colors.dim(`  predicted from ${sourceText(report)}`),
    ...columns([
      ["", "PREDICTED", "SEEN", ""].map(colors.dim),
      ...report.phases.map((phase) => [
        phase.title,
        rangeText(phase.predicted),
        rangeText(phase.seen),
        phaseTones[phase.verdict](phase.verdict),
      ]),
    ]).map((line) => `  ${line}`),
    "",
    ...(report.advice === undefined ? [] : [report.advice, ""]),
    verdictLine(report),
  ];
}

/** The last line: whether the drill went as it should. */
export function verdictLine({ judgements, plan, stop, verdict, ...report }: DrillReport): string {
  const calls = Object.values(report.calls).reduce((sum, count) => sum + count, 0);
  const cost = colors.dim(` (${plural(calls, "AWS call")} of this command)`);
  const name = plan.transition === "launch" ? "scale-out" : "scale-in";
  const what = `The ${name} of ${plural(plan.instances, "instance")}`;
  if (verdict === "kept") return colors.green(`${what} went as promised.`) + cost;
  if (verdict === "not judged") return `${what} was not watched to its end.${cost}`;
  const broken = judgements.filter((one) => one.verdict === "broken");
  const promises = broken.filter(isPromise).map((one) => one.name);
  const others = broken.filter((one) => !isPromise(one)).map(({ why }) => why);
  const late = stop === "late" ? ["it takes longer than it may, and is not watched any more"] : [];
  const reasons = [...late, ...others].join("; ") || "not everything could be judged";
  return (
    colors.red(
      promises.length > 0
        ? `${what} did not go as promised: ${promises.join(", ")} ${promises.length === 1 ? "is" : "are"} broken; ${reasons}.`
        : `${what} broke no promise, but ${reasons}.`,
    ) + cost
  );
}

/** Whether a judgement is about a promise, and not about the script or the group. */
function isPromise({ name }: Judgement): boolean {
  return /^P\d+$/.test(name);
}

const tones: Readonly<Record<Verdict, (text: string) => string>> = {
  kept: colors.green,
  broken: colors.red,
  "not judged": colors.dim,
};

const phaseTones: Readonly<Record<ComparedPhase["verdict"], (text: string) => string>> = {
  within: colors.green,
  slower: colors.yellow,
  held: colors.yellow,
  "not seen": colors.dim,
};

function sourceText({ predictedFrom }: DrillReport): string {
  return predictedFrom === "rehearsal"
    ? "a rehearsal of the stack"
    : "the hook's instructions; --stack compares with a rehearsal";
}

/** A range of seconds. */
export function rangeText(range: { readonly min: number; readonly max: number } | undefined): string {
  if (range === undefined) return "-";
  const [least, most] = [range.min, range.max].map((one) => one.toFixed(1));
  return least === most ? `${least} s` : `${least} to ${most} s`;
}
