import { noAnswer, type SimulationEvent } from "../../../simulator";
import { isUndeserved } from "./undeserved";
import type { History } from "./history";

type Invocation = Extract<SimulationEvent, { kind: "invocation" }>;
type Call = Extract<SimulationEvent, { kind: "call" }>;

/** One minute's look at everything. */
export interface Sweep {
  readonly from: number;
  readonly to: number;
  /** Calls that it made. */
  readonly calls: readonly Call[];
  /** Whether it does not remember the sweep before it: it ran in a fresh environment, or in another environment. */
  readonly isForgetful: boolean;
  /** Whether nothing disturbed the sweep: it ran, and AWS answered. */
  readonly isClean: boolean;
  /** Other sweeps of the same minute: Lambda tried a sweep again, or began a sweep late. */
  readonly beside: readonly Sweep[];
}

const minute = 60_000;

/** A sweep that takes this long ran out of time, ms; if AWS kept it waiting, it did not reach all groups. */
const wholeTime = 45_000;

/** Errors in a row after which the handler gives up. */
const attempts = 3;

/** Tries that a call takes the time of if AWS does not answer it. */
const hangingTries = 2;

/**
 * The sweeps that should have run, minute by minute. A sweep that AWS lost, throttled, refused or cut off is not clean,
 * and no promise rests on it. A sweep that is missing for no such reason is our own fault, and counts as clean.
 */
export function sweepsOf({ began, end, events }: Pick<History, "began" | "end" | "events">): Sweep[] {
  const isTick = (one: SimulationEvent) =>
    (one.kind === "message" && one.what === "Scheduled Event") ||
    (one.kind === "invocation" && one.trigger === "Scheduled Event");
  const ticks = events.filter(isTick);
  const first = ticks.find(({ kind }) => kind === "message")?.at ?? began;
  const anchor = first - 1_000;
  const invocations = sweepInvocations(events);
  const sweeps: Sweep[] = [];
  for (let from = anchor; from < end; from += minute) {
    const isNow = ({ at }: { readonly at: number }) => at >= from && at < from + minute;
    const own = invocations.filter((one) => isNow({ at: one.from }));
    const clean = own.find(({ isClean }) => isClean);
    const disturbed = ticks.some(
      (one) =>
        isNow(one) &&
        ((one.kind === "message" && one.fate === "lost") ||
          (one.kind === "invocation" && one.phase !== "started" && one.phase !== "ended")),
    );
    const missing = {
      from: from + 1_000,
      to: from + 3_000,
      calls: [],
      isForgetful: false,
      isClean: !disturbed,
      beside: [],
    };
    const chosen = clean ?? own[0] ?? missing;
    sweeps.push({ ...chosen, beside: own.filter((one) => one !== chosen) });
  }
  return sweeps;
}

/** All sweeps that ran; a minute may have had several. */
export function allOf(sweeps: readonly Sweep[]): Sweep[] {
  return sweeps.flatMap((one) => [one, ...one.beside]);
}

function sweepInvocations(events: readonly SimulationEvent[]): Sweep[] {
  const open = new Map<string, { start: Invocation; calls: Call[]; isForgetful: boolean }>();
  const sweeps: Sweep[] = [];
  let latest: string | undefined;
  for (const one of events) {
    if (one.kind === "call") open.get(one.caller)?.calls.push(one);
    if (one.kind !== "invocation" || one.trigger !== "Scheduled Event") continue;
    if (one.phase === "started") {
      const isForgetful = one.cold === true || one.environment !== latest;
      open.set(one.environment, { start: one, calls: [], isForgetful });
      latest = one.environment;
    }
    const known = open.get(one.environment);
    if (one.phase === "started" || known === undefined) continue;
    open.delete(one.environment);
    const ranOut = one.at - known.start.at >= wholeTime && known.calls.some(isUndeserved);
    const isClean = one.phase === "ended" && !ranOut && !gaveUp(known.calls);
    const { calls, isForgetful, start } = known;
    sweeps.push({ from: start.at, to: one.at, calls, isForgetful, isClean, beside: [] });
  }
  return sweeps;
}

/** Whether some call failed so often, through no fault of the handler, that the handler gave it up. */
function gaveUp(calls: readonly Call[]): boolean {
  const inARow = new Map<string, number>();
  for (const { action, error, instances } of calls) {
    const key = `${action} ${instances.join()}`;
    const tries = error === noAnswer ? hangingTries : 1;
    const count = isUndeserved({ error }) ? (inARow.get(key) ?? 0) + tries : 0;
    if (count >= attempts) return true;
    inARow.set(key, count);
  }
  return [...inARow.values()].some((count) => count > 0);
}
