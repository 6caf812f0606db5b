import { budgetOf, decodeInstructions } from "../../contract";
import { completionRecovery, scaleInTime } from "../../timing";
import { ringingAlarms, type RingingAlarm } from "../../simulator";
import { waysOf, type Way } from "./phases";
import { groupOf, instructionsOf, type Rehearsal } from "./rehearsal";

/** The summary of a rehearsal. Times in seconds. */
export interface Summary {
  readonly instances: number;
  /** Instances by how they ended, as in `3 stopped cleanly`. */
  readonly ends: Readonly<Record<string, number>>;
  /** Shortest, median and longest time of each phase. */
  readonly phases: Readonly<Record<string, Spread>>;
  /** AWS calls by name, of the functions that serve the group. */
  readonly calls: Readonly<Record<string, number>>;
  readonly callsPerInstance: number;
  readonly failedCalls: number;
  readonly invocations: number;
  readonly billedSeconds: number;
  /** US dollars. */
  readonly price: number;
  readonly deadLetters: number;
  /** Instances whose script failed or did not run, or that went on before its end, by failure. */
  readonly failures: Readonly<Record<string, number>>;
  /** Alarms that ring. */
  readonly alarms: readonly RingingAlarm[];
}

/** Shortest, median and longest of some times, seconds. */
export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** Price of a GB-second of Lambda on arm64 and of an invocation, US dollars. Source: AWS Lambda pricing, us-east-1. */
const prices = { gigabyteSecond: 0.0000133334, invocation: 0.0000002 };

/** Sums a rehearsal up. */
export function summarize(rehearsal: Rehearsal): Summary {
  const { deadLetters, world } = rehearsal;
  const ways = waysOf(rehearsal);
  const { calls, invocations } = workFor(rehearsal);
  const billed = invocations.reduce((sum, { billed: one = 0 }) => sum + one, 0) / 1000;
  const started = invocations.filter(({ phase }) => phase === "started").length;
  const memoryOf = new Map(world.functions.map(({ memorySize, name }) => [name, memorySize / 1024]));
  const gigabyteSeconds = invocations.reduce(
    (sum, { billed: one = 0, function: name }) => sum + (one / 1000) * (memoryOf.get(name) ?? 0),
    0,
  );
  return {
    instances: ways.length,
    ends: count(ways.map(endOf)),
    phases: phasesOf(ways),
    calls: count(calls.map(({ action }) => action)),
    callsPerInstance: calls.length / Math.max(1, ways.length),
    failedCalls: calls.filter(({ error }) => error !== undefined).length,
    invocations: started,
    billedSeconds: billed,
    price: gigabyteSeconds * prices.gigabyteSecond + started * prices.invocation,
    deadLetters: deadLetters.length,
    failures: count(
      ways.filter((way) => !isGraceful(way, instructionsOf(rehearsal) !== undefined)).map(endOf),
    ),
    alarms: ringingAlarms(world, rehearsal),
  };
}

/** What the functions that serve the group do; the functions of other groups of the stack play along. */
function workFor(rehearsal: Rehearsal) {
  const { events, world } = rehearsal;
  const { hooks = [], terminationPolicies = [] } = groupOf(rehearsal) ?? {};
  const handlers = hooks.map(({ notificationMetadata }) => decodeInstructions(notificationMetadata)?.handler);
  const functions = world.functions
    .filter(({ arn, name }) => handlers.includes(name) || terminationPolicies.includes(arn))
    .map(({ name }) => name);
  const invocations = events
    .filter((one) => one.kind === "invocation")
    .filter((one) => functions.includes(one.function));
  const environments = new Set(invocations.map(({ environment }) => environment));
  const calls = events.filter((one) => one.kind === "call").filter(({ caller }) => environments.has(caller));
  return { calls, invocations };
}

/** How an instance ended, in words. */
export function endOf({ by, end, runs, script, transition }: Way): string {
  if (end === "retained") return "retained for inspection";
  const name = transition === "launch" ? "launch script" : "stop script";
  if (runs > 1) return `${name} ran ${runs} times`;
  if (transition === "launch") {
    if (end === "InService") return "in service";
    if (end === "in the warm pool") return end;
    return script === undefined ? "ended without launch script" : "not ready, replaced";
  }
  if (script === 0 && by === "timeout") return "stopped, but the hook timed out";
  if (script === 0)
    return end === "in the warm pool" ? "back in the warm pool, stopped cleanly" : "stopped cleanly";
  if (script === "killed") return "stop script cut off";
  return script === undefined ? "ended without stop script" : `stop script failed (exit ${script})`;
}

/**
 * Whether an instance came or went as it should: its script ran once and succeeded before Auto Scaling went on.
 * @param hasScript whether the transition has a script; without a script a launch can be graceful, a termination cannot
 */
function isGraceful({ by, end, runs, script, transition }: Way, hasScript: boolean): boolean {
  if (transition === "launch" && !hasScript) return end === "InService";
  const isThere = transition === "launch" ? end === "InService" : end !== undefined;
  return isThere && runs === 1 && script === 0 && by !== "timeout";
}

/** The longest time of a scale-in or a launch hook, seconds since Auto Scaling's decision; undefined if unknown. */
export function worstCase(rehearsal: Rehearsal): number | undefined {
  const instructions = instructionsOf(rehearsal);
  if (instructions === undefined) return undefined;
  const isTermination = rehearsal.settings.transition === "terminate";
  const deregistrationDelay = isTermination ? instructions.deregistrationDelay : 0;
  const turnWait = isTermination ? (instructions.drain?.maxWait ?? 0) : 0;
  const turn = instructions.agentTimeout + budgetOf(instructions) + completionRecovery;
  return scaleInTime({ deregistrationDelay, turnWait, wait: turnWait + turn });
}

function phasesOf(ways: readonly Way[]): Record<string, Spread> {
  const launches = ways[0]?.transition === "launch";
  const phases: Record<string, [keyof Way, keyof Way]> = launches
    ? {
        "from the launch to the hook": ["decided", "waited"],
        "from the hook to the script": ["waited", "scriptStarted"],
        "the launch script": ["scriptStarted", "scriptEnded"],
        "from its end to the completion": ["scriptEnded", "completed"],
        "from the launch to InService": ["decided", "ended"],
      }
    : {
        [ways[0]?.isDeregistered ? "deregistration" : "from the decision to the hook"]: ["decided", "waited"],
        "from the hook to the turn": ["waited", "turn"],
        "from the hook to the stop script": ["waited", "scriptStarted"],
        "the stop script": ["scriptStarted", "scriptEnded"],
        "from its end to the completion": ["scriptEnded", "completed"],
        "the whole scale-in": ["decided", "ended"],
      };
  return Object.fromEntries(
    Object.entries(phases).flatMap(([name, [from, to]]) => {
      const times = ways.flatMap((way) => {
        const [start, end] = [way[from], way[to]];
        return typeof start === "number" && typeof end === "number" ? [(end - start) / 1000] : [];
      });
      return times.length > 0 ? [[name, spreadOf(times)]] : [];
    }),
  );
}

function spreadOf(times: readonly number[]): Spread {
  const sorted = [...times].sort((one, other) => one - other);
  const at = (part: number) => sorted[Math.floor((sorted.length - 1) * part)] ?? 0;
  return { min: at(0), median: at(0.5), max: at(1) };
}

function count(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of [...names].sort()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
