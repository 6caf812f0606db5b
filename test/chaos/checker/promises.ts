import { budgetOf, resultOf } from "../../../contract";
import { deliveryGrace } from "../../../timing";
import { hasServed, isSkipped, second, wasStopped, type Action, type ScriptRun } from "./history";
import {
  firstSent,
  intervalOf,
  isClearOf,
  settling,
  sinceOf,
  sweepsInARow,
  wasFoundInTime,
  wasUnreachable,
} from "./reach";
import { at, broken, exempt, kept, type ActionPromise } from "./result";
import { allOf, type Sweep } from "./sweeps";

/** How much longer than the budget the handler waits for an agent that does not report, seconds. */
const reportingGrace = 15;

/** An agent had a command that was under way for longer, whatever SSM says of its delivery in the end, ms. */
const shortestProgress = 60 * second;

/** Extensions whose command may never have been tried, as Lambda cut the invocation off in between. */
const cutOffs = 2;

/** How long a call that AWS answers late may still decide about the next action at a hook, seconds. */
const lateAnswer = 30;

/**
 * Whether an instance is terminated in the warm pool right after it was stopped on its way back: that run may count for
 * both actions, and a call for the first action, which names no token, may complete the second.
 */
function isJustBack({ began, endedBefore, route }: Action): boolean {
  return (
    route.origin === "WarmPool" && endedBefore !== undefined && began - endedBefore < lateAnswer * second
  );
}

/** P1: the script has ended before the instance goes on. */
export const endsBeforeTheInstance: ActionPromise = (action, sweeps) => {
  const { by, completed, history, runs } = action;
  if (action.transition !== "terminate" || completed === undefined || isSkipped(action)) return kept;
  const run = runs.at(-1);
  if (run?.to !== undefined && run.to <= completed) return kept;
  if (history.ended !== undefined && history.ended <= completed) return exempt("the machine was gone");
  // A warm pool has stopped the machine, and what ran on it was stopped before that.
  if (run === undefined && wasStopped(action)) return kept;
  if (by === "other hook") return exempt("somebody else's hook abandoned the action");
  if (isJustBack(action)) return exempt("it had just come back to the warm pool");
  if (by === "timeout" && wasUnreachable(action, completed, sweeps)) return exempt("AWS was unreachable");
  const isRunning = run !== undefined;
  // Only the agent knows how a command ended that somebody cancelled.
  if (isRunning && action.troubles === 0)
    return broken(`the instance went on ${at(action, completed)} while its script ran`);
  if (!isRunning && wasRetainedBefore(action)) return kept;
  if (!isRunning && action.isRefused) return exempt("AWS refused the instance for good");
  if (!wasFoundInTime(action, completed, sweeps)) return exempt("the agent was beyond reach");
  const what = isRunning ? "while its script ran" : "and its script never ran";
  return broken(`the instance went on ${at(action, completed)} ${what}`);
};

/** P1 on launch: no instance serves before its script has succeeded, unless the policy says so. */
export const servesOnlyWhenReady: ActionPromise = ({ history, instructions, runs, ...action }) => {
  if (action.transition !== "launch" || instructions.onFailure === "continue") return kept;
  if (action.route.destination === "WarmPool") return kept;
  const serves = history.states.find(({ at: when, state }) => state === "InService" && when >= action.began);
  if (serves === undefined || action.by === "other hook") return kept;
  const ready = runs.some(({ code, to }) => code === 0 && to !== undefined && to <= serves.at);
  return ready ? kept : broken("the instance serves though its launch script never succeeded");
};

/** P2: the script runs once per lifecycle action. */
export const runsOnce: ActionPromise = (action) => {
  const { runs } = action;
  // A repeated event of the action that kept the instance may start that action's script, which is another run.
  const own = wasRetainedBefore(action) ? runs.filter(isNoOther) : runs;
  return own.length <= 1 ? kept : broken(`the script ran ${own.length} times`);
};

/** Whether the action that its command names does not tell a run from the runs before. */
function isNoOther({ action }: ScriptRun, index: number, all: readonly ScriptRun[]): boolean {
  return index === 0 || action === "" || all.slice(0, index).some((one) => one.action === action);
}

/**
 * P15: no instance gets the script of the other transition, though one state is that of instances that launch into a
 * warm pool and of instances that return to it.
 */
export const runsTheRightScript: ActionPromise = (action) =>
  action.wrongRuns.length === 0
    ? kept
    : broken(`the script of the other transition started ${at(action, action.wrongRuns[0] ?? 0)}`);

/**
 * P3: completion follows the end of the script within two sweeps, whether or not the event arrived. A sweep that finds
 * another command still under way may wait for its end, which might be different.
 */
export const completesSoon: ActionPromise = (
  { began, completed, heldUntil, reports, runs, underWay },
  sweeps,
) => {
  // A report from before the end of the run is the result of an earlier action, which an old event has asked for.
  const since = runs.at(-1)?.to ?? began;
  const report = reports.find(
    ({ at: when, isByHand, isLast, status }) => isLast && !isByHand && status !== "TimedOut" && when >= since,
  );
  if (report === undefined || completed === undefined) return kept;
  // The failure policy waits for the end of a hold.
  const known = Math.max(began, report.at, isSuccess(report) ? 0 : heldUntil);
  const sweepsSince = sweeps
    .filter(isClearOf(underWay))
    .filter((one) => one.isClean && one.from >= known + settling && one.to < completed);
  return sweepsSince.length < 2
    ? kept
    : broken(
        `the script's end was known ${at({ began }, report.at)} and the action completed ${at({ began }, completed)}`,
      );
};

/** For how long the handler asks an agent, until it gives up the last command, seconds. */
function askedFor({ instructions, transition }: Pick<Action, "instructions" | "transition">): number {
  const { agentTimeout, delivery } = instructions;
  const start = transition === "launch" ? Math.max(agentTimeout, budgetOf(instructions)) : agentTimeout;
  return start + delivery + deliveryGrace;
}

/**
 * P4: the script starts within three sweeps that find the agent and no command on its way, and one more sweep for each
 * trouble of the agent.
 */
export const startsSoon: ActionPromise = (action, sweeps) => {
  const { completed = Infinity, heldUntil, instructions, runs } = action;
  const from = sinceOf(action) + instructions.maxWait * second;
  // During a hold the handler has given up, and only waits to say so: an operator has the script run.
  const asked = heldUntil > 0 ? Math.max(from, firstSent(action)) + askedFor(action) * second : Infinity;
  const until = Math.min(runs[0]?.from ?? Infinity, completed, asked);
  if (wasRetainedBefore(action) || action.isRefused || isSkipped(action)) return kept;
  const idle = sweeps.filter(isClearOf(action.underWay));
  if (sweepsInARow(action, { from, to: until }, idle) < 3 + action.troubles) return kept;
  return broken(`three sweeps found the agent and the script had not started ${at(action, until)}`);
};

/** P4: nothing is stuck, and the handler decides: the hook's default result is a last resort. */
export const decides: ActionPromise = (action, sweeps) => {
  const { by, completed } = action;
  if (completed === undefined) return broken("the action was never completed");
  if (by === "broken notification") return broken("the notification could not be published");
  const deadline = deadlineOf(action, sweeps);
  const late = sweeps.filter(({ from, isClean, to }) => isClean && from >= deadline && to < completed);
  if (late.length >= 2) return broken(`the action was completed ${at(action, completed)}, past its budget`);
  if (by !== "timeout") return kept;
  return wasUnreachable(action, completed, sweeps)
    ? exempt("AWS was unreachable")
    : broken(`the hook timed out ${at(action, completed)}`);
};

/** How long before a completion the handler may have read that nobody held the instance, ms. */
const readBefore = 90 * second;

/** P4: no failure policy is applied while an operator holds the instance, if AWS tells so. */
export const respectsHolds: ActionPromise = (action, sweeps) => {
  const { by, completed, completionLogs, held } = action;
  if (by !== "call" || completed === undefined || completionLogs.at(-1)?.level !== "WARN") return kept;
  const isHeld = held.some(({ from, to }) => from + readBefore <= completed && completed < to);
  if (!isHeld) return kept;
  const before = sweeps.filter(({ from }) => from <= completed).slice(-4);
  return before.every(({ isClean }) => isClean)
    ? broken(`the failure policy was applied ${at(action, completed)}, though an operator held the instance`)
    : kept;
};

/** P5: the result is what the policy says, and a failure is never silent. */
export const followsThePolicy: ActionPromise = (action, sweeps) => {
  const { by, completed = Infinity, completionLogs, instructions, reports, result, transition } = action;
  if (by !== "call") return kept;
  const successes = action.runs.some(({ code }) => code === 0) ? reports.filter(isSuccess) : [];
  if (successes.length > 0 && result === "CONTINUE") return kept;
  // Past the budget the report of a success may come just as the failure policy is applied.
  if (successes.some((one) => !one.isByHand && one.at + settling < completed))
    return broken(`the script succeeded, the result is ${String(result)}`);
  if (isWronglyFailed(action, sweeps))
    return broken(`the script ended with 0, which was never asked, and the result is ${String(result)}`);
  const mustGo =
    isSkipped(action) || (transition === "terminate" && (wasRetainedBefore(action) || isNotThere(action)));
  if (mustGo && result === "CONTINUE") return kept;
  if (completionLogs.length === 0) return broken("no line of the log tells of the completion");
  if (!completionLogs.some(({ level }) => level === "WARN"))
    return broken("the log tells of a failure as if it were none");
  const wanted = resultOf(instructions.onFailure);
  return result === wanted
    ? kept
    : broken(`the script failed, the policy is ${instructions.onFailure}, the result is ${String(result)}`);
};

/** Sweeps that find the agent after which the handler has asked for a result that was not reported. */
const enoughToAsk = 4;

/** Whether a script that succeeded got the failure policy though the instance could have been asked. */
function isWronglyFailed(action: Action, sweeps: readonly Sweep[]): boolean {
  const { completed = Infinity, instructions, isRefused, result, runs, troubles } = action;
  const success = runs.find(({ code }) => code === 0);
  if (success?.to === undefined || result === "CONTINUE" || isRefused) return false;
  // As long as its budget lasts the script may still be running.
  const from = Math.max(success.to, success.from + (budgetOf(instructions) + reportingGrace) * second);
  return sweepsInARow(action, { from: from + settling, to: completed }, sweeps) >= enoughToAsk + troubles;
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
 * P10: where the hook's timeout is shorter than the budget, a heartbeat in each third of the timeout; one more for each
 * command and for each sweep that does not remember the sweep before; none past the budget.
 */
export const heartbeatsSparingly: ActionPromise = (action, sweeps) => {
  const { allTries, began, completed, extended, heldUntil, tries, unanswered } = action;
  if (completed === undefined) return kept;
  const interval = intervalOf(action);
  const ran = allOf(sweeps);
  const forgetful = ran.filter(
    ({ from, isForgetful, to }) => isForgetful && to >= began && from <= completed,
  ).length;
  const most =
    tries.length +
    unanswered +
    cutOffs +
    forgetful +
    (heldUntil > began ? (3 * (completed - began)) / second / action.heartbeatTimeout + 1 : 0) +
    (interval === undefined ? 0 : (completed - began) / second / interval + 1);
  if (extended.length > most) return broken(`${extended.length} heartbeats were sent`);
  // A heartbeat that goes with a command is due when the command is sent, which AWS may have put off.
  // Lambda may have cut off the sweep in between.
  const isCutOff = (one: number) =>
    ran.some(({ from, isClean, to }) => !isClean && from <= one && one <= to + settling);
  const last = extended.findLast(
    (one) => !allTries.some((sent) => Math.abs(sent - one) <= 20 * second) && !isCutOff(one),
  );
  if (last === undefined) return kept;
  // A sweep goes by the hold that it found when it looked; calls that AWS does not answer put off what it does.
  const looked = ran.find(({ from, to }) => from <= last && last <= to)?.from ?? last;
  return looked <= heldUntil || last <= deadlineOf(action, sweeps)
    ? kept
    : broken(`a heartbeat was sent ${at(action, last)}, past the budget`);
};

/** From when on the failure policy is due whatever happens, ms since 1970; later where AWS has put off the start. */
function deadlineOf(action: Action, sweeps: readonly Sweep[]): number {
  const { heldUntil, instructions, runs, transition, troubles, underWay } = action;
  const budget = budgetOf(instructions);
  // Past the budget the handler asks for a result that was not reported, as long as for an agent that does not answer:
  // from when the command fell silent, which SSM may say late.
  const asked = troubles > 0 || runs.some(({ to }) => to === undefined) ? instructions.agentTimeout : 0;
  const [[run], [first]] = [runs, underWay];
  const silent =
    first && Number.isFinite(first.to) && first.to - first.from > shortestProgress ? first.to : 0;
  const started = run && Math.max(run.from + (budget + reportingGrace) * second, silent) + asked * second;
  const allowed = askedFor({ instructions, transition }) + budget + reportingGrace;
  // A sweep counts from the first command, which throttling may have put off.
  const since = Math.max(sinceOf(action), firstSent(action), forgottenUntil(action, sweeps));
  return Math.max(since + allowed * second, started ?? 0, heldUntil);
}

/**
 * Until when the handler may have forgotten since when SSM refuses the instance, ms since 1970; 0 if it has not. A sweep
 * that does not remember the sweep before counts anew, at most from the longest wait for the turn.
 */
function forgottenUntil(action: Action, sweeps: readonly Sweep[]): number {
  const { began, completed = Infinity, instructions, turn, underWay } = action;
  if (turn === undefined || underWay.length > 0) return 0;
  const forgetful = allOf(sweeps).filter(
    ({ from, isForgetful }) => isForgetful && from >= turn.from && from <= completed,
  );
  const longest = began + (instructions.maxWait + (instructions.drain?.maxWait ?? 0)) * second;
  return Math.min(longest, forgetful.at(-1)?.to ?? 0);
}

/** Whether an earlier action of the instance has retained it. */
export function wasRetainedBefore({ began, history }: Action): boolean {
  return history.states.some(({ at: when, state }) => state.endsWith(":Retained") && when < began);
}

/** Whether there was nothing to stop: the instance never served, or its machine was gone. */
function isNotThere(action: Action): boolean {
  const { began, completed = Infinity, history } = action;
  if (wasStopped(action) || action.route.origin === "WarmPool") return true;
  return !hasServed(history, began) || (history.ended !== undefined && history.ended <= completed);
}

function isSuccess({ status }: { readonly status: string }): boolean {
  return status === "Success";
}
