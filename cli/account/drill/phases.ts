import { bootAllowance, completionRecovery, shutdownAllowance } from "../../../timing";
import { phases, type Phase, type PhaseTimes } from "../../rehearsal/prediction";
import { waitBegan, waitEnded, type Between, type Course } from "./course";
import type { Plan } from "./plan";
import { scriptEndOf, scriptStarted } from "./script";
import { drilled, type Drill } from "./watch";
import type { OwnHook } from "../hooks";
import { lagOf } from "./wait";

/** A phase as it was predicted and as it was seen. Seconds. */
export interface ComparedPhase {
  readonly phase: Phase;
  readonly title: string;
  /** Undefined where the rehearsal has no such phase. */
  readonly predicted: { readonly min: number; readonly max: number } | undefined;
  /** From the shortest to the longest that it can have been; undefined where it was not seen. */
  readonly seen: { readonly min: number; readonly max: number } | undefined;
  /** `held` where a phase took longer, and an operator held an instance. */
  readonly verdict: "within" | "slower" | "held" | "not seen";
}

/** Where a prediction comes from. */
export type Source = "rehearsal" | "instructions";

/** How much longer than a rehearsal a phase may take: half as long again, and this much, seconds. */
const rehearsalSlack = { factor: 1.5, seconds: 10 };

/** How much longer than the instructions of the hook a phase may take, as Auto Scaling's own steps take time; seconds. */
const instructionSlack = { factor: 1, seconds: 15 };

/** Compares what was seen with a prediction. */
export function compare(drill: Drill, predicted: PhaseTimes, source: Source): readonly ComparedPhase[] {
  const seen = timesSeen(drill);
  const isHeld = drilled(drill).some(({ holds }) => holds.length > 0);
  const { factor, seconds } = source === "rehearsal" ? rehearsalSlack : instructionSlack;
  return phases.map((phase) => {
    const [times, expected] = [seen[phase], predicted[phase]];
    return {
      phase,
      title: titlesOf(drill.plan)[phase],
      predicted: expected,
      seen: times && { min: times.min, max: times.max },
      verdict: verdictOf(times?.sure, expected && expected.max * factor + seconds, isHeld),
    };
  });
}

/** What the hook's own instructions allow. */
export function timesAllowed({ hook, transition, worst }: Plan): PhaseTimes {
  const { agentTimeout, deregistrationDelay, drain, execution } = hook.instructions;
  const upTo = (max: number) => ({ min: 0, max });
  return {
    toHook: upTo(transition === "terminate" ? deregistrationDelay : bootAllowance),
    toScript: upTo((drain?.maxWait ?? 0) + agentTimeout),
    script: upTo(execution),
    toCompletion: upTo(completionRecovery),
    whole: upTo(worst + (transition === "terminate" ? shutdownAllowance : 0)),
  };
}

/** How long the script took at the most, seconds; undefined where its start or its end was not seen. */
export function scriptSeconds(drill: Drill): number | undefined {
  return timesSeen(drill).script?.max;
}

/** Bounds of the time of a phase on all instances, and how long it took at least on the slowest instance; seconds. */
interface SeenTimes {
  readonly min: number;
  readonly max: number;
  readonly sure: number;
}

function timesSeen(drill: Drill): Readonly<Partial<Record<Phase, SeenTimes>>> {
  const courses = drilled(drill);
  return Object.fromEntries(
    phases.flatMap((phase) => {
      const found = courses.flatMap((course) => lengths[phase](course, drill.plan.hook) ?? []);
      if (found.length === 0) return [];
      const seconds = (values: readonly number[], pick: (...values: number[]) => number) =>
        Math.max(0, pick(...values) / 1000);
      const [least, most] = [found.map(({ after }) => after), found.map(({ by }) => by)];
      return [
        [
          phase,
          { min: seconds(least, Math.min), max: seconds(most, Math.max), sure: seconds(least, Math.max) },
        ],
      ];
    }),
  );
}

/** The verdict about a phase that took some seconds surely, and may take some. */
function verdictOf(
  sure: number | undefined,
  most: number | undefined,
  isHeld: boolean,
): ComparedPhase["verdict"] {
  if (sure === undefined || most === undefined) return "not seen";
  if (sure <= most) return "within";
  return isHeld ? "held" : "slower";
}

/** How long each phase took, ms; undefined where its beginning or its end was not seen. */
const lengths: Readonly<Record<Phase, (course: Course, hook: OwnHook) => Between | undefined>> = {
  toHook: (course) => from(decided(course), waitBegan(course)),
  toScript: (course) => from(waitBegan(course), started(course)),
  script: (course) => from(started(course), scriptEndOf(course)?.when),
  toCompletion: lagOf,
  whole: (course) => from(decided(course), activityEnded(course)),
};

function from(begin: Between | undefined, end: Between | undefined): Between | undefined {
  return begin && end && { after: end.after - begin.by, by: end.by - begin.after };
}

function started(course: Course): Between | undefined {
  const [first] = course.commands.flatMap((command) => scriptStarted(command) ?? []);
  return first;
}

function decided({ activity }: Course): Between | undefined {
  return instant(activity?.StartTime);
}

function activityEnded(course: Course): Between | undefined {
  return (
    instant(course.activity?.EndTime) ?? (course.transition === "launch" ? waitEnded(course) : undefined)
  );
}

function instant(date: Date | undefined): Between | undefined {
  const at = date?.getTime();
  return at === undefined ? undefined : { after: at, by: at };
}

function titlesOf({ hook, transition }: Plan): Readonly<Record<Phase, string>> {
  const launches = transition === "launch";
  const script = launches ? "launch script" : "stop script";
  return {
    toHook: launches
      ? "from the launch to the hook"
      : hook.instructions.deregistrationDelay > 0
        ? "deregistration"
        : "from the decision to the hook",
    toScript: `from the hook to the ${script}`,
    script: `the ${script}`,
    toCompletion: "from its end to the completion",
    whole: launches ? "the whole launch" : "the whole scale-in",
  };
}
