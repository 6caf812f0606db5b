import { plural } from "../../terminal";
import { capacityAfter, drilled, isWhole, type Drill } from "./watch";
import { judges, titleOf, type Finding, type JudgeName, type Verdict } from "./judge";

/** What a drill says about one thing, all its instances together. */
export interface Judgement {
  /** Number of the promise, `script` or `capacity`. */
  readonly name: JudgeName | "capacity";
  readonly title: string;
  readonly verdict: Verdict;
  readonly why: string;
  /** The finding for each instance; none for the capacity of the group. */
  readonly instances: Readonly<Record<string, Finding>>;
}

/** Judges a drill. */
export function judgementsOf(drill: Drill): readonly Judgement[] {
  const names = Object.keys(judges).filter((name): name is JudgeName => name in judges);
  return [...names.map((name) => judgementOf(name, drill)), capacityJudgement(drill)];
}

/** Whether a drill went as it should: nothing is broken, and the script has succeeded on each instance. */
export function isGood(judgements: readonly Judgement[]): boolean {
  return judgements.every(
    ({ name, verdict }) =>
      verdict === "kept" || (verdict === "not judged" && name !== "script" && name !== "capacity"),
  );
}

function judgementOf(name: JudgeName, drill: Drill): Judgement {
  const { plan } = drill;
  const found = drilled(drill).map((one) => [one.instance, judges[name](one, plan)] as const);
  const title = titleOf(name, plan.transition);
  if (found.length === 0)
    return { name, title, verdict: "not judged", why: "no instance was seen", instances: {} };
  const verdict = worst(found.map(([, finding]) => finding.verdict));
  const own = found.filter(([, finding]) => finding.verdict === verdict);
  return { name, title, verdict, why: together(own, found.length), instances: Object.fromEntries(found) };
}

/** The verdicts from the worst to the best; what could not be judged for one instance is not kept for all. */
const order: readonly Verdict[] = ["broken", "not judged", "kept"];

function worst(verdicts: readonly Verdict[]): Verdict {
  return order.find((one) => verdicts.includes(one)) ?? "not judged";
}

/** Instances whose reasons are given one by one. */
const shownReasons = 3;

/** The reasons of some instances: the longest time for all that kept a promise, else instance by instance. */
function together(found: readonly (readonly [string, Finding])[], of: number): string {
  const reasons = [...new Set(found.map(([, { why }]) => why))];
  const [only = ""] = reasons;
  if (reasons.length === 1) return found.length < of ? `${only} (${found.length} of ${of} instances)` : only;
  const [longest] = [...found].sort(([, one], [, other]) => (other.length ?? 0) - (one.length ?? 0));
  if (longest?.[1].length !== undefined) return `${longest[1].why} (the longest of ${of})`;
  const rest = found.length - shownReasons;
  const shown = found.slice(0, shownReasons).map(([instance, { why }]) => `${instance}: ${why}`);
  return [...shown, ...(rest > 0 ? [`and ${rest} more`] : [])].join("; ");
}

function capacityJudgement(drill: Drill): Judgement {
  const { desired, inService, plan } = drill;
  const wanted = capacityAfter(plan);
  const why = `${inService} of ${plural(wanted, "instance")} ${wanted === 1 ? "is" : "are"} in service, and the desired capacity is ${desired}`;
  return {
    name: "capacity",
    title: plan.transition === "launch" ? "the group has grown" : "the group has its capacity",
    verdict: isWhole(drill) && desired === plan.desired.after ? "kept" : "broken",
    why:
      desired === plan.desired.after
        ? why
        : `${why}, not ${plan.desired.after}: somebody else has scaled the group`,
    instances: {},
  };
}
