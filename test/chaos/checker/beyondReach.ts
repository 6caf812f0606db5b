import { wasRetainedBefore } from "./promises";
import { settling } from "./reach";
import { at, broken, kept, type ActionPromise } from "./result";
import { hasServed, wasStopped, type Action } from "./history";

const second = 1_000;

/** How much earlier the handler may assume that the wait began, as it counts whole seconds of an activity. */
const rounding = 3 * second;

/** P4: the action of a gone machine is completed by the third sweep that could know it, and the instance never kept. */
export const isLetGo: ActionPromise = (action, sweeps) => {
  const { by, completed = Infinity, result, retains } = action;
  const known = goneSince(action);
  if (action.transition !== "terminate" || known === undefined || by !== "call") return kept;
  if (result === "ABANDON" && retains && known + settling < completed)
    return broken(`the machine was gone, and yet the instance was to be kept ${at(action, completed)}`);
  const sweepsThen = sweeps.filter(
    ({ from, isClean, to }) => isClean && from >= known + settling && to < completed,
  );
  return sweepsThen.length < 3
    ? kept
    : broken(
        `the machine was known to be gone ${at(action, known)} and its action completed ${at(action, completed)}`,
      );
};

/**
 * From when on the handler can know that the machine is gone: Auto Scaling says so. Where its health checks are
 * suspended nothing says so, and a machine whose agent never registered looks the same to SSM.
 */
function goneSince({ began, history: { ended, unhealthy } }: Action): number | undefined {
  return ended === undefined || unhealthy === undefined ? undefined : Math.max(began, ended, unhealthy);
}

/**
 * P4: an instance whose script never ran is asked for as long as the hook says before the failure policy is applied,
 * whatever happened to its commands. There is nothing to ask where the instance never served, was kept before, or is
 * gone.
 */
export const isAskedForLong: ActionPromise = (action) => {
  const { began, by, completed, completionLogs, history, instructions, runs, transition } = action;
  if (by !== "call" || completed === undefined || runs.length > 0) return kept;
  if (completionLogs.at(-1)?.level !== "WARN" || wasRetainedBefore(action)) return kept;
  if (transition === "terminate" && (!hasServed(history, began) || wasStopped(action))) return kept;
  if (history.ended !== undefined && history.ended <= completed) return kept;
  // In the pool the stop script of the return has stopped the application, maybe so lately that its run counts for both.
  if (transition === "terminate" && action.route.origin === "WarmPool") return kept;
  // A sweep counts a launch from its beginning, as nothing drains before the wait.
  const launched = history.states.findLast(
    ({ at: when, state }) => /^(Warmed:)?Pending$/.test(state) && when <= began,
  )?.at;
  const since = transition === "launch" ? (launched ?? began) : began;
  return completed >= since + instructions.agentTimeout * second - rounding
    ? kept
    : broken(`the agent was given up ${at(action, completed)}, long before it had been asked enough`);
};
