import type { Command } from "@aws-sdk/client-ssm";
import type { PhaseTimes } from "../../rehearsal/prediction";
import type { Course } from "./course";
import { factsOf, type Fact } from "./facts";
import type { Verdict } from "./judge";
import { isGood, judgementsOf, type Judgement } from "./judgements";
import { compare, type ComparedPhase, type Source } from "./phases";
import type { Plan } from "./plan";
import type { Drill, Stop } from "./watch";

/**
 * Everything that a drill has seen, and what follows from it. Instants are milliseconds since 1970 by AWS's clock; the
 * scaling activities are as Auto Scaling describes them.
 */
export interface DrillReport {
  /** Version of this form. */
  readonly schemaVersion: 1;
  readonly region: string;
  readonly plan: Plan;
  readonly began: number;
  readonly ended: number;
  readonly stop: Stop;
  /** Not judged where somebody left before the end. */
  readonly verdict: Verdict;
  readonly judgements: readonly Judgement[];
  readonly predictedFrom: Source;
  readonly phases: readonly ComparedPhase[];
  readonly facts: readonly Fact[];
  /** What somebody may do next; undefined where nothing is left to do. */
  readonly advice: string | undefined;
  /** Calls of this command by name. */
  readonly calls: Readonly<Record<string, number>>;
  readonly looks: number;
  readonly courses: readonly Course[];
  /** The lines that were shown while it went on. */
  readonly timeline: readonly string[];
}

/** What a report is made of. */
export interface Material {
  readonly region: string;
  readonly drill: Drill;
  readonly stop: Stop;
  readonly predicted: PhaseTimes;
  readonly predictedFrom: Source;
  readonly commands: readonly Command[];
  readonly calls: ReadonlyMap<string, number>;
  readonly timeline: readonly string[];
}

/** Judges a drill and puts together everything about it. */
export function reportOf(material: Material): DrillReport {
  const { calls, commands, drill, predicted, predictedFrom, region, stop, timeline } = material;
  const judgements = judgementsOf(drill);
  return {
    schemaVersion: 1,
    region,
    plan: drill.plan,
    began: drill.began,
    ended: drill.seen,
    stop,
    verdict: verdictOn(stop, judgements),
    judgements,
    predictedFrom,
    phases: compare(drill, predicted, predictedFrom),
    facts: factsOf(drill, commands),
    advice: adviceOn(drill),
    calls: Object.fromEntries([...calls].sort()),
    looks: drill.looks,
    courses: drill.courses,
    timeline,
  };
}

function verdictOn(stop: Stop, judgements: readonly Judgement[]): Verdict {
  switch (stop) {
    case "left":
      return "not judged";
    case "late":
      return "broken";
    case "over":
      return isGood(judgements) ? "kept" : "broken";
  }
}

function adviceOn({ plan: { desired, group, transition } }: Drill): string | undefined {
  if (transition !== "launch") return undefined;
  return `${group} keeps its desired capacity of ${desired.after}. To scale in again: aws autoscaling set-desired-capacity --auto-scaling-group-name ${group} --desired-capacity ${desired.before}`;
}
