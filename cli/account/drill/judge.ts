import { resultOf, retains, type OnFailure, type Transition } from "../../../contract";
import { completionRecovery, globalTimeout } from "../../../timing";
import { plural, timeText } from "../../terminal";
import { endOf, stateOf, waitEnded, type Between, type Course, type End } from "./course";
import { holdEndOf } from "./hold";
import type { Plan } from "./plan";
import { lastWords, runsFollowFailures, runsOf, scriptEndOf } from "./script";
import type { OwnHook } from "../hooks";
import { endedBy, lagOf, waitLength } from "./wait";

/** What a drill says about a promise. */
export type Verdict = "kept" | "broken" | "not judged";

/** A verdict with its reason. */
export interface Finding {
  readonly verdict: Verdict;
  readonly why: string;
  /** How long what it speaks of took at most, ms, where it speaks of a time: the longest stands for several. */
  readonly length?: number;
}

/** A judgement of one promise, or of another thing that a drill checks, for one instance. */
export type Judge = (course: Course, plan: Plan) => Finding;

/** The promises that show from outside, by their numbers on docs/promises.md, and the script itself. */
export const judges = {
  P1: ended,
  P2: ranOnce,
  P3: wentOn,
  P4: wasDecided,
  P5: appliedPolicy,
  P10: costs,
  script: succeeded,
} as const satisfies Record<string, Judge>;

/** P1: the script has ended before the instance goes on. */
function ended(course: Course, { hook, transition }: Plan): Finding {
  const left = waitEnded(course);
  const script = scriptEndOf(course);
  const name = scriptName(transition);
  if (left === undefined) return stillOnTheWay(course);
  if (script !== undefined && script.when.after < left.by)
    return kept(
      `the ${name} ended ${beforeText(script.when, left)} the instance went on`,
      left.by - script.when.after,
    );
  if (script !== undefined)
    return broken(`the instance went on ${timeText(script.when.after - left.by)} before its ${name} ended`);
  const waited = `the instance went on after ${waitText(course)} at its hook`;
  if (course.commands.length === 0)
    return endedBy(course, hook) === "handler"
      ? notJudged(
          `${waited}, without a command: its agent was beyond reach, which the promise excepts, or the handler may not send the document`,
        )
      : broken(`${waited}, and no command was sent to it`);
  if (course.commands.some(({ begun, over }) => begun !== undefined && over === undefined))
    return broken(`${waited}, while its ${name} was running`);
  return notJudged(
    `no agent gave a result (${course.commands.map(({ details, status }) => details || status).join(", ")}); the promise excepts an instance beyond reach`,
  );
}

/** P2: the script runs once for each action. */
function ranOnce(course: Course, { transition }: Plan): Finding {
  const runs = runsOf(course);
  const name = scriptName(transition);
  const commands = plural(course.commands.length, "command");
  if (runs === undefined) return notJudged(`${commands} and no output of the guard, which tells of each run`);
  if (runs === 0) return notJudged(`${commands}, and the guard ran nothing`);
  if (runs === 1) return kept(`the ${name} ran once, with ${commands}`);
  const times = `the ${name} ran ${runs} times, with ${commands}`;
  return course.holds.length > 0 && runsFollowFailures(course)
    ? kept(`${times}: again only after a failure, while an operator held the instance`)
    : broken(times);
}

/** P3: the instance goes on soon after the end of the script. */
function wentOn(course: Course, { hook, strangers }: Plan): Finding {
  const lag = lagOf(course, hook);
  const script = scriptEndOf(course);
  if (endedBy(course, hook) === "somebody during a hold")
    return notJudged(`the instance went on ${duringHold(course, hook)}`);
  if (lag === undefined || script === undefined)
    return notJudged("the guard gave no result while the instance waited");
  const isHold = !script.isGood && (holdEndOf(course, hook)?.by ?? 0) > script.when.by;
  const text = `the instance went on ${rangeText(lag)} after the ${isHold ? "end of an operator's hold" : "script's end"}`;
  if (lag.after <= completionRecovery * 1000) return kept(text, lag.by);
  return strangers.length > 0
    ? notJudged(`${text}; ${strangers.join(", ")} may have held it`)
    : broken(`${text}, more than the ${completionRecovery} s of two sweeps`);
}

/** P4: the handler decides, not the hook's default result. */
function wasDecided(course: Course, { hook, strangers }: Plan): Finding {
  const waited = waitText(course);
  const timeout = `the hook's timeout of ${hook.heartbeatTimeout} s`;
  switch (endedBy(course, hook)) {
    case undefined:
      return stillOnTheWay(course);
    case "handler":
      return kept(
        course.holds.length === 0
          ? `the handler completed the action after ${waited}; a default result comes with ${timeout}`
          : `the handler completed the action after ${waited}, with an operator's hold; Auto Scaling ends the wait after ${globalTimeout(hook.heartbeatTimeout)} s at the latest`,
        waitLength(course)?.by,
      );
    case "timeout":
      return strangers.length > 0
        ? notJudged(`the wait took ${waited}; ${strangers.join(", ")} may have held the instance`)
        : broken(
            `Auto Scaling applied the default result, ${hook.defaultResult}: the wait took ${waited}, as long as ${timeout}`,
          );
    case "somebody during a hold":
      return notJudged(
        `the wait was over ${duringHold(course, hook)}: an operator completed the action, or the hook timed out`,
      );
    case "somebody else":
      return broken(
        `the wait was over after ${waited}, before the handler had a result: somebody else completed the action, or Auto Scaling could not publish the hook's event`,
      );
  }
}

/** P5: a failure is handled as the hook says. */
function appliedPolicy(course: Course, { hook, transition }: Plan): Finding {
  const { onFailure } = hook.instructions;
  const end = endOf(course);
  if (end === undefined) return stillOnTheWay(course);
  if (scriptEndOf(course)?.isGood === true)
    return notJudged("no script failed, so no failure policy applied");
  if (endedBy(course, hook) !== "handler") return notJudged("the handler decided nothing");
  const text = `the failure policy is ${onFailure}, and the instance is ${endWords[end]}`;
  return endsOnFailure(onFailure, transition).includes(end) ? kept(text) : broken(text);
}

const endWords: Readonly<Record<End, string>> = {
  gone: "gone",
  retained: "retained",
  "in service": "in service",
  "in the warm pool": "in the warm pool",
  failed: "being terminated",
};

/** How a failure policy ends the transition of an instance. */
function endsOnFailure(onFailure: OnFailure, transition: Transition): readonly End[] {
  if (transition === "launch") return resultOf(onFailure) === "CONTINUE" ? ["in service"] : ["failed"];
  return retains(onFailure) ? ["retained"] : ["gone", "in the warm pool"];
}

/** P10: the calls of the handler. */
function costs(): Finding {
  return notJudged("nobody sees the handler's calls from outside; CloudTrail lists them");
}

/** The script itself succeeds. */
function succeeded(course: Course, { transition }: Plan): Finding {
  const script = scriptEndOf(course);
  const name = scriptName(transition);
  if (script === undefined) {
    return waitEnded(course) === undefined
      ? stillOnTheWay(course)
      : broken(`no result of the ${name} is known`);
  }
  if (script.isGood) return kept(`the ${name} succeeded`);
  const words = lastWords(script.command);
  const code = script.code === undefined ? "was ended by its guard" : `ended with exit code ${script.code}`;
  return broken(
    `the ${name} ${code}${words.length > 0 ? `; its last words are ${JSON.stringify(words.join(" / "))}` : ""}`,
  );
}

function scriptName(transition: Transition): string {
  return transition === "launch" ? "launch script" : "stop script";
}

function stillOnTheWay(course: Course): Finding {
  return notJudged(`the instance is still ${stateOf(course) || "to be launched"}`);
}

function duringHold(course: Course, hook: OwnHook): string {
  const [left, until] = [waitEnded(course), holdEndOf(course, hook)];
  if (left === undefined || until === undefined) return "during an operator's hold";
  return `${rangeText({ after: until.after - left.by, by: until.by - left.after })} before the end of an operator's hold`;
}

function waitText(course: Course): string {
  const length = waitLength(course);
  return length === undefined ? "an unknown time" : rangeText(length);
}

function beforeText(end: Between, left: Between): string {
  return `${rangeText({ after: left.after - end.by, by: left.by - end.after })} before`;
}

/** A time between two bounds. */
function rangeText({ after, by }: Between): string {
  const [least, most] = [after, by].map((one) => Math.max(0, Math.round(one / 1000)));
  if (least === most) return `${most} s`;
  return least === 0 ? `at most ${most} s` : `${least} to ${most} s`;
}

function kept(why: string, length?: number): Finding {
  return { verdict: "kept", why, ...(length === undefined ? {} : { length }) };
}

function broken(why: string): Finding {
  return { verdict: "broken", why };
}

function notJudged(why: string): Finding {
  return { verdict: "not judged", why };
}

/** The name of a thing that is judged. */
export type JudgeName = keyof typeof judges;

/** What each judge says, in words, by transition. */
export function titleOf(name: JudgeName, transition: Transition): string {
  const script = scriptName(transition);
  const titles: Readonly<Record<JudgeName, string>> = {
    P1: `the ${script} ends before the instance goes on`,
    P2: `the ${script} runs once`,
    P3: `the instance goes on within ${completionRecovery} s of the script's end`,
    P4: "the handler completes the action, not a timeout",
    P5: "a failure is handled as the hook says",
    P10: "two AWS calls for each instance",
    script: `the ${script} succeeds`,
  };
  return titles[name];
}
