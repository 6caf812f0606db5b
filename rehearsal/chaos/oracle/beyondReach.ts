import { at, broken, kept, settling, wasRetainedBefore, type ActionPromise } from "./promises";
import { hasServed, type Action } from "./story";

const second = 1_000;

/** How much earlier than the wait the handler may take it to have begun, as it counts whole seconds of an activity. */
const rounding = 3 * second;

/** P4: a machine that is gone is let go within two sweeps that could know it, and never kept for inspection. */
export const isLetGo: ActionPromise = (action, sweeps) => {
  const { by, completed = Infinity, result, retains } = action;
  const known = goneSince(action);
  if (action.transition !== "terminate" || known === undefined || by !== "call") return kept;
  if (result === "ABANDON" && retains && known + settling < completed)
    return broken(`the machine was gone, and yet the instance was to be kept ${at(action, completed)}`);
  const chances = sweeps.filter(
    ({ from, isClean, to }) => isClean && from >= known + settling && to < completed,
  );
  return chances.length < 3
    ? kept
    : broken(`the machine was known to be gone ${at(action, known)} and let go ${at(action, completed)}`);
};

/** From when on the handler can know that the machine is gone: Auto Scaling says so, or SSM has never taken it. */
function goneSince({ began, history, underWay }: Action): number | undefined {
  const { ended, unhealthy } = history;
  if (ended === undefined) return undefined;
  if (unhealthy !== undefined) return Math.max(began, ended, unhealthy);
  return underWay.length === 0 ? Math.max(began, ended) : undefined;
}

/** P4: an agent that does not answer is asked for as long as the hook says before the failure policy is applied. */
export const isAskedForLong: ActionPromise = (action) => {
  const { began, completed, history, instructions, runs, verdicts } = action;
  if (completed === undefined || verdicts.at(-1)?.outcome !== "unreachable") return kept;
  if (runs.length > 0 || wasRetainedBefore(action) || !hasServed(history, began)) return kept;
  return completed >= began + instructions.agentTimeout * second - rounding
    ? kept
    : broken(`the agent was given up ${at(action, completed)}, long before it had been asked enough`);
};
