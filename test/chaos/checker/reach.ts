import { budgetOf } from "../../../contract";
import { completionRecovery, heartbeatInterval, startRecovery, sweepInterval } from "../../../timing";
import { second, type Action, type Span } from "./history";
import type { Sweep } from "./sweeps";

/** Whether AWS answered nothing for so long that neither starting, extending nor completing was possible. */
export function wasUnreachable(action: Action, completed: number, sweeps: readonly Sweep[]): boolean {
  const { began, heartbeatTimeout, turn } = action;
  const interval = intervalOf(action);
  // Two heartbeats of three may be lost, fewer where the script starts late and the first heartbeat is due later;
  // without heartbeats the recovery of a lost start or completion is the margin.
  const late = Math.max(0, firstSent(action) - (turn?.from ?? began)) / second;
  const bearable =
    interval === undefined
      ? Math.min(startRecovery, completionRecovery)
      : Math.min(
          2 * interval - sweepInterval,
          Math.max(completionRecovery, heartbeatTimeout - interval - late),
        );
  return longestGap(sweeps, { from: began, to: completed }) >= bearable * second;
}

/** Time between the heartbeats of an action, seconds; undefined where its hook needs none. */
export function intervalOf({
  heartbeatTimeout,
  instructions,
}: Pick<Action, "heartbeatTimeout" | "instructions">): number | undefined {
  const { agentTimeout, drain } = instructions;
  return heartbeatInterval(heartbeatTimeout, budgetOf(instructions), agentTimeout, drain?.maxWait);
}

/** Longest stretch without a clean sweep, ms. */
function longestGap(sweeps: readonly Sweep[], { from, to }: Span): number {
  const clean = sweeps.filter((one) => one.isClean && one.to > from && one.from < to).map((one) => one.to);
  const marks = [from, ...clean, to];
  return Math.max(...marks.slice(1).map((mark, index) => mark - (marks[index] ?? mark)));
}

/** Whether two clean sweeps in a row found the agent, early enough. */
export function wasFoundInTime(action: Action, completed: number, sweeps: readonly Sweep[]): boolean {
  const from = action.turn?.from ?? action.began;
  const until = Math.min(completed, from + action.instructions.agentTimeout * second);
  return sweepsInARow(action, { from, to: until }, sweeps) >= 2 + action.troubles;
}

/** How many clean sweeps in a row found the agent in a stretch of time. */
export function sweepsInARow({ history }: Action, { from, to }: Span, sweeps: readonly Sweep[]): number {
  const clean = sweeps.filter((one) => one.isClean && one.from >= from && one.to <= to);
  const each = history.online.map(
    (span) => clean.filter((one) => one.from >= span.from && one.to <= span.to).length,
  );
  return Math.max(0, ...each);
}

/** How long SSM may still show the old state after a change, ms. */
export const settling = 1_500;

/** Whether a sweep finds no command under way whose end it would rightly wait for. */
export function isClearOf(underWay: readonly Span[]): (sweep: Span) => boolean {
  return (sweep) => underWay.every(({ from, to }) => to + settling < sweep.from || from > sweep.to);
}

/** When the first command was sent, ms since 1970; if no command was sent, when the wait began. */
export function firstSent({ began, underWay }: Action): number {
  return underWay[0]?.from ?? began;
}

/**
 * From when on the handler counts, ms since 1970. A sweep cannot know that the deregistration ended early, and counts
 * from when it should have ended.
 */
export function sinceOf({ began, history, instructions, transition, turn }: Action): number {
  if (transition === "launch") return began;
  const selected = history.states.findLast(
    ({ at, state }) => /^(Terminating|Warmed:(Terminating|Pending))$/.test(state) && at <= began,
  )?.at;
  const deregistered = (selected ?? 0) + instructions.deregistrationDelay * second;
  return Math.max(began, deregistered, turn?.from ?? 0);
}
