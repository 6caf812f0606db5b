import { second, type Action, type InstanceHistory, type ScriptRun } from "./history";
import { at, broken, kept, type ActionPromise } from "./result";

/** Where an instance stands among the instances of its group that take turns. */
export interface Turn {
  /** From when on it may run its script: it is its turn, or it has waited for as long as it may; ms since 1970. */
  readonly from: number;
  /** From when on it need not wait for its turn any more. */
  readonly late: number;
  /** Others of the group that run the script of the same hook. */
  readonly others: readonly Other[];
}

/** Another instance that leaves the group. */
interface Other {
  readonly instance: string;
  /** When its action was completed, or it went on in another way; Infinity if it never did. */
  readonly until: number;
  readonly runs: readonly ScriptRun[];
  /** Whether it was not to wait for its turn when it began. */
  readonly isOutOfTurn: boolean;
}

/** An instance on its way out, from Auto Scaling's choice on. */
interface Leave {
  readonly instance: string;
  readonly chosen: number;
  readonly until: number;
  readonly action: Action | undefined;
}

/** Adds to each action of a hook whose instances take turns where its instance stands among them. */
export function withTurns(
  actions: readonly Action[],
  instances: ReadonlyMap<string, InstanceHistory>,
): Action[] {
  const leaves = new Map<string, readonly Leave[]>();
  return actions.map((action) => {
    const { drain } = action.instructions;
    if (drain === undefined || action.transition !== "terminate") return action;
    const { group, hook } = action;
    const place = `${group} ${hook}`;
    const all = leaves.get(place) ?? leavesOf(actions, instances, group, hook);
    leaves.set(place, all);
    const own = all.find((one) => one.action === action);
    if (own === undefined) return action;
    const late = own.chosen + drain.maxWait * second;
    const blocks = all
      .filter((one) => one !== own)
      .map((one) => ({ from: isBefore(one, own) ? one.chosen : begunAt(one), to: one.until }));
    const isFree = (then: number) =>
      blocks.filter(({ from, to }) => from <= then && then < to).length < drain.maxConcurrent;
    const instants = [action.began, ...blocks.map(({ to }) => to)].filter((one) => one >= action.began);
    const free = Math.min(...instants.filter(isFree), Infinity);
    const others = all.flatMap((one): Other[] => {
      if (one === own || one.action === undefined) return [];
      const { runs } = one.action;
      const isLate = runs.some(({ from }) => from >= one.chosen + drain.maxWait * second);
      return [{ ...one, runs, isOutOfTurn: isLate || one.action.isInterrupted || one.action.isRunByHand }];
    });
    return { ...action, turn: { from: Math.max(action.began, Math.min(free, late)), late, others } };
  });
}

/** Auto Scaling's choice comes first, then the id. */
function isBefore(one: Leave, other: Leave): boolean {
  return one.chosen < other.chosen || (one.chosen === other.chosen && one.instance < other.instance);
}

/** When an instance was first sent a command, which another look may not see. */
function begunAt({ action }: Leave): number {
  return action?.underWay[0]?.from ?? Infinity;
}

const leaving = /^((Warmed:)?Terminating|Warmed:Pending|ReplacingRootVolume)(:Wait)?$/;

function leavesOf(
  actions: readonly Action[],
  instances: ReadonlyMap<string, InstanceHistory>,
  group: string,
  hook: string,
): Leave[] {
  return [...instances].flatMap(([instance, { group: its, states }]) => {
    if (its !== group) return [];
    const found: Leave[] = [];
    states.forEach(({ at: chosen, state }, index) => {
      if (!leaving.test(state) || state.endsWith(":Wait")) return;
      // An instance that has never served is launched into the warm pool, and does not return to it.
      if (state === "Warmed:Pending" && !states.slice(0, index).some((one) => one.state === "InService"))
        return;
      const gone = states.slice(index).find((one) => !leaving.test(one.state))?.at ?? Infinity;
      const action = actions.find(
        (one) => one.instance === instance && one.hook === hook && one.began >= chosen && one.began <= gone,
      );
      found.push({ instance, chosen, until: Math.min(gone, action?.completed ?? Infinity), action });
    });
    return found;
  });
}

/**
 * P1 where instances take turns: no more scripts of a group run at once than may. An instance that has waited for its
 * turn for as long as it may does not wait any longer, a Spot instance never waits, and nor does somebody who runs the
 * document by hand.
 */
export const runsInTurn: ActionPromise = (action) => {
  const { instructions, isInterrupted, isRunByHand, runs, turn } = action;
  const [run] = runs;
  if (turn === undefined || run === undefined || run.from >= turn.late) return kept;
  if (isInterrupted || isRunByHand) return kept;
  const beside = turn.others.filter(
    ({ isOutOfTurn, runs: theirs, until }) =>
      !isOutOfTurn &&
      theirs.some(({ from, to = Infinity }) => from <= run.from && run.from < Math.min(to, until)),
  );
  const most = instructions.drain?.maxConcurrent ?? Infinity;
  return beside.length < most
    ? kept
    : broken(
        `the script started ${at(action, run.from)} beside the scripts of ${beside.map(({ instance }) => instance).join(", ")}`,
      );
};
