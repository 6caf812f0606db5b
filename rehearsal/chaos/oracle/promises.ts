import { budgetOf, resultOf } from "../../../contract";
import {
  completionRecovery,
  deliveryGrace,
  heartbeatInterval,
  startRecovery,
  sweepInterval,
} from "../../../timing";
import { hasServed, type Action, type ScriptRun, type Span } from "./story";
import { allOf, type Sweep } from "./sweeps";

/** Why the stop script of an instance may not have ended before the instance: the list in P1. */
export type Exemption =
  | "the machine was gone"
  | "the agent was beyond reach"
  | "somebody else's hook abandoned the action"
  | "AWS was unreachable"
  | "AWS refused the instance for good"
  | "the metadata of the hook were malformed"
  | "anybody may publish to the topic, and somebody did";

/** A promise about one action, kept or broken. */
export type Verdict =
  | { readonly kind: "kept" }
  | { readonly kind: "exempt"; readonly reason: Exemption }
  | { readonly kind: "broken"; readonly what: string };

/** A promise, judged for one action in the light of the sweeps that could have helped it. */
export type ActionPromise = (action: Action, sweeps: readonly Sweep[]) => Verdict;

const second = 1_000;

/** How much longer than the budget the handler waits for an agent that does not report, seconds. */
const reportingGrace = 15;

/** Extensions whose command may never have been tried, as Lambda cut the invocation off in between. */
const cutOffs = 2;

/** How long after it was told something SSM may still show the old, ms. */
export const settling = 1_500;

/** P1: the script has ended before the instance goes on. */
export const endsBeforeTheInstance: ActionPromise = (action, sweeps) => {
  const { by, completed, history, runs } = action;
  if (action.transition !== "terminate" || completed === undefined) return kept;
  const run = runs.at(-1);
  if (run?.to !== undefined && run.to <= completed) return kept;
  if (history.ended !== undefined && history.ended <= completed) return exempt("the machine was gone");
  if (by === "other hook") return exempt("somebody else's hook abandoned the action");
  if (by === "timeout" && wasUnreachable(action, completed, sweeps)) return exempt("AWS was unreachable");
  const isRunning = run !== undefined;
  // What became of a command that somebody cancelled only its agent can say.
  if (isRunning && action.troubles === 0)
    return broken(`the instance went on ${at(action, completed)} while its script ran`);
  if (!isRunning && wasRetainedBefore(action)) return kept;
  if (!isRunning && action.isRefused) return exempt("AWS refused the instance for good");
  if (!hadAChance(action, completed, sweeps)) return exempt("the agent was beyond reach");
  const what = isRunning ? "while its script ran" : "and its script never ran";
  return broken(`the instance went on ${at(action, completed)} ${what}`);
};

/** P1 on launch: no instance serves before its script has succeeded, unless the policy says so. */
export const servesOnlyWhenReady: ActionPromise = ({ history, instructions, runs, ...action }) => {
  if (action.transition !== "launch" || instructions.onFailure === "continue") return kept;
  const serves = history.states.find(({ state }) => state === "InService");
  if (serves === undefined || action.by === "other hook") return kept;
  const ready = runs.some(({ code, to }) => code === 0 && to !== undefined && to <= serves.at);
  return ready ? kept : broken("the instance serves though its launch script never succeeded");
};

/** P2: once per lifecycle action. */
export const runsOnce: ActionPromise = (action) => {
  const { runs } = action;
  // A repeated event of the action that kept the instance may ask for its script, which is another.
  const own = wasRetainedBefore(action) ? runs.filter(isNoOther) : runs;
  return own.length <= 1 ? kept : broken(`the script ran ${own.length} times`);
};

/** Whether a run is not told apart from all others by the action that its command names. */
function isNoOther({ action }: ScriptRun, index: number, all: readonly ScriptRun[]): boolean {
  return index === 0 || action === "" || all.slice(0, index).some((one) => one.action === action);
}

/**
 * P3: completion follows the end of the script within two sweeps, whatever became of the event. A sweep that finds another
 * command still under way may wait for its end, which might be another.
 */
export const completesSoon: ActionPromise = ({ began, completed, reports, runs, underWay }, sweeps) => {
  // What is reported before the run has ended is the result of an earlier action, which an old event has asked for.
  const since = runs.at(-1)?.to ?? began;
  const report = reports.find(
    ({ at: when, isByHand, isLast, status }) => isLast && !isByHand && status !== "TimedOut" && when >= since,
  );
  if (report === undefined || completed === undefined) return kept;
  const known = Math.max(began, report.at);
  const chances = sweeps
    .filter(isClearOf(underWay))
    .filter((one) => one.isClean && one.from >= known + settling && one.to < completed);
  return chances.length < 2
    ? kept
    : broken(
        `the script's end was known ${at({ began }, report.at)} and the action completed ${at({ began }, completed)}`,
      );
};

/** Whether a sweep finds no command under way, for the end of which it would rightly wait. */
function isClearOf(underWay: readonly Span[]): (sweep: Span) => boolean {
  return (sweep) => underWay.every(({ from, to }) => to + settling < sweep.from || from > sweep.to);
}

/**
 * P4: the script starts within three sweeps that find the agent and no command on its way, and one more for each trouble of
 * the agent's.
 */
export const startsSoon: ActionPromise = (action, sweeps) => {
  const { completed = Infinity, instructions, runs } = action;
  const from = sinceOf(action) + instructions.maxWait * second;
  const until = Math.min(runs[0]?.from ?? Infinity, completed);
  if (wasRetainedBefore(action) || action.isRefused) return kept;
  const idle = sweeps.filter(isClearOf(action.underWay));
  if (chances(action, { from, to: until }, idle) < 3 + action.troubles) return kept;
  return broken(`three sweeps found the agent and the script had not started ${at(action, until)}`);
};

/** P4: nothing is stuck, and the handler decides: the hook's default result is a last resort. */
export const decides: ActionPromise = (action, sweeps) => {
  const { by, completed } = action;
  if (completed === undefined) return broken("the action was never completed");
  if (by === "broken notification") return broken("the notification could not be published");
  const deadline = deadlineOf(action);
  const late = sweeps.filter(({ from, isClean, to }) => isClean && from >= deadline && to < completed);
  if (late.length >= 2) return broken(`the action was completed ${at(action, completed)}, past its budget`);
  if (by !== "timeout") return kept;
  return wasUnreachable(action, completed, sweeps)
    ? exempt("AWS was unreachable")
    : broken(`the hook timed out ${at(action, completed)}`);
};

/** P5: the result is what the policy says, and a failure is never silent. */
export const followsThePolicy: ActionPromise = (action, sweeps) => {
  const { by, completed = Infinity, instructions, reports, result, transition, verdicts } = action;
  if (by !== "call") return kept;
  const successes = action.runs.some(({ code }) => code === 0) ? reports.filter(isSuccess) : [];
  if (successes.length > 0 && result === "CONTINUE") return kept;
  // Past the budget the word of a success may come just as the failure policy is applied.
  if (successes.some((one) => !one.isByHand && one.at + settling < completed))
    return broken(`the script succeeded, the result is ${String(result)}`);
  if (isWronglyFailed(action, sweeps))
    return broken(`the script ended with 0, which was never asked, and the result is ${String(result)}`);
  const mustGo = transition === "terminate" && (wasRetainedBefore(action) || isNotThere(action));
  if (mustGo && result === "CONTINUE") return kept;
  if (verdicts.length === 0) return broken("no line of the log tells of the completion");
  if (!verdicts.some(({ level }) => level === "WARN"))
    return broken("the log tells of a failure as if it were none");
  const wanted = resultOf(instructions.onFailure);
  return result === wanted
    ? kept
    : broken(`the script failed, the policy is ${instructions.onFailure}, the result is ${String(result)}`);
};

/** Sweeps that find the agent after which a result that no report told of has been asked for. */
const enoughToAsk = 4;

/** Whether a script that succeeded got the failure policy though the instance could have been asked. */
function isWronglyFailed(action: Action, sweeps: readonly Sweep[]): boolean {
  const { completed = Infinity, instructions, isRefused, result, runs, troubles } = action;
  const success = runs.find(({ code }) => code === 0);
  if (success?.to === undefined || result === "CONTINUE" || isRefused) return false;
  // As long as its budget lasts the script may be running, for all that anybody knows.
  const from = Math.max(success.to, success.from + (budgetOf(instructions) + reportingGrace) * second);
  return chances(action, { from: from + settling, to: completed }, sweeps) >= enoughToAsk + troubles;
}

/** P5: an instance is kept only for its first failure, and only if it ever served. */
export const retainsOnce: ActionPromise = ({
  began,
  by,
  history,
  keptBefore,
  result,
  retains,
  ...action
}) => {
  if (action.transition !== "terminate" || by !== "call" || result !== "ABANDON" || !retains) return kept;
  if (keptBefore) return broken("the instance was retained twice");
  return hasServed(history, began) ? kept : broken("an instance was retained that never served");
};

/**
 * P10: heartbeats only where the hook's timeout is shorter than the budget, one in each third of it and one more for each
 * sweep that remembers none before, within the budget.
 */
export const heartbeatsSparingly: ActionPromise = (action, sweeps) => {
  const { allTries, began, completed, extended, heartbeatTimeout, instructions, tries, unanswered } = action;
  if (completed === undefined) return kept;
  const budget = budgetOf(instructions);
  const interval = heartbeatInterval(heartbeatTimeout, budget, instructions.agentTimeout);
  const ran = allOf(sweeps);
  const cold = ran.filter(({ from, isCold, to }) => isCold && to >= began && from <= completed).length;
  const most =
    tries.length +
    unanswered +
    cutOffs +
    cold +
    (interval === undefined ? 0 : (completed - began) / second / interval + 1);
  if (extended.length > most) return broken(`${extended.length} heartbeats were sent`);
  // One that goes with a command is due whenever that is sent, which AWS may have put off.
  // Lambda may have cut off the sweep in between.
  const isCutOff = (one: number) =>
    ran.some(({ from, isClean, to }) => !isClean && from <= one && one <= to + settling);
  const last = extended.findLast(
    (one) => !allTries.some((sent) => Math.abs(sent - one) <= 20 * second) && !isCutOff(one),
  );
  return last === undefined || last <= deadlineOf(action)
    ? kept
    : broken(`a heartbeat was sent ${at(action, last)}, past the budget`);
};

/** From when on the failure policy is due whatever happens, ms since 1970; later where AWS has put off the start. */
function deadlineOf(action: Action): number {
  const { instructions, runs, transition, troubles } = action;
  const budget = budgetOf(instructions);
  // Past the budget a result that no report told of is asked for, as long as an agent that does not answer.
  const asked = troubles > 0 || runs.some(({ to }) => to === undefined) ? instructions.agentTimeout : 0;
  const started = runs[0] === undefined ? 0 : runs[0].from + (budget + reportingGrace + asked) * second;
  const { agentTimeout } = instructions;
  const start = transition === "launch" ? Math.max(agentTimeout, budget) : agentTimeout;
  const allowed = start + instructions.delivery + deliveryGrace + budget + reportingGrace;
  // A sweep counts from the first command, which throttling may have put off.
  const since = Math.max(sinceOf(action), firstSent(action));
  return Math.max(since + allowed * second, started);
}

/** When the first command was sent, ms since 1970; when the wait began, if none was. */
function firstSent({ began, underWay }: Action): number {
  return underWay[0]?.from ?? began;
}

/**
 * From when on the handler counts, ms since 1970. Where the load balancer let go early a sweep cannot know it, and counts
 * from when it should have.
 */
export function sinceOf({ began, history, instructions, transition }: Action): number {
  if (transition === "launch") return began;
  const selected = history.states.findLast(({ at, state }) => state === "Terminating" && at <= began)?.at;
  return Math.max(began, (selected ?? 0) + instructions.deregistrationDelay * second);
}

/** Whether AWS answered nothing for so long that neither starting, extending nor completing was possible. */
function wasUnreachable(action: Action, completed: number, sweeps: readonly Sweep[]): boolean {
  const { began, heartbeatTimeout, instructions } = action;
  const interval = heartbeatInterval(heartbeatTimeout, budgetOf(instructions), instructions.agentTimeout);
  // Two heartbeats of three may be lost, less where the script starts late and the first is due later in the hook's time;
  // without heartbeats the recovery of a lost start or completion is the margin.
  const late = (firstSent(action) - began) / second;
  const bearable =
    interval === undefined
      ? Math.min(startRecovery, completionRecovery)
      : Math.min(
          2 * interval - sweepInterval,
          Math.max(completionRecovery, heartbeatTimeout - interval - late),
        );
  return longestGap(sweeps, { from: began, to: completed }) >= bearable * second;
}

/** Longest stretch without a clean sweep, ms. */
function longestGap(sweeps: readonly Sweep[], { from, to }: Span): number {
  const clean = sweeps.filter((one) => one.isClean && one.to > from && one.from < to).map((one) => one.to);
  const marks = [from, ...clean, to];
  return Math.max(...marks.slice(1).map((mark, index) => mark - (marks[index] ?? mark)));
}

/** Whether two clean sweeps in a row found the agent, early enough. */
function hadAChance(action: Action, completed: number, sweeps: readonly Sweep[]): boolean {
  const { began } = action;
  const until = Math.min(completed, began + action.instructions.agentTimeout * second);
  return chances(action, { from: began, to: until }, sweeps) >= 2 + action.troubles;
}

/** How many clean sweeps in a row found the agent in a stretch of time. */
function chances({ history }: Action, { from, to }: Span, sweeps: readonly Sweep[]): number {
  const clean = sweeps.filter((one) => one.isClean && one.from >= from && one.to <= to);
  const each = history.online.map(
    (span) => clean.filter((one) => one.from >= span.from && one.to <= span.to).length,
  );
  return Math.max(0, ...each);
}

/** Whether an earlier action of the instance has retained it. */
export function wasRetainedBefore({ began, history }: Action): boolean {
  return history.states.some(({ at: when, state }) => state === "Terminating:Retained" && when < began);
}

/** Whether there was nothing to stop: the instance never served, or its machine was gone. */
function isNotThere({ began, completed = Infinity, history }: Action): boolean {
  return !hasServed(history, began) || (history.ended !== undefined && history.ended <= completed);
}

function isSuccess({ status }: { readonly status: string }): boolean {
  return status === "Success";
}

/** An instant in words. */
export function at({ began }: Pick<Action, "began">, instant: number): string {
  return `${((instant - began) / second).toFixed(1)} s after its wait began`;
}

export const kept: Verdict = { kind: "kept" };

export function exempt(reason: Exemption): Verdict {
  return { kind: "exempt", reason };
}

export function broken(what: string): Verdict {
  return { kind: "broken", what };
}
