import fc from "fast-check";
import { OnFailure, type Transition } from "../../../contract";
import { schedule, type TransitionTimes } from "../../../timing";

/** Everything about one instance at one hook that the handler does not decide. Seconds since the wait began. */
export interface History {
  readonly transition: Transition;
  readonly times: TransitionTimes;
  readonly onFailure: OnFailure;
  readonly deregistrationDelay: number;
  readonly cause: Cause;
  readonly hasWarmPool: boolean;
  readonly script: Script;
  readonly agent: Agent;
  /** When an operator holds the instance, and until when; undefined if no operator does. */
  readonly hold: Span | undefined;
  /** How long the user's probe says busy; undefined if there is none. */
  readonly busy: number | undefined;
  /** When each copy of the hook's event arrives; none if it is lost. */
  readonly hookEvents: readonly number[];
  /** The same for the event of each command, since the command's end; the list repeats for further commands. */
  readonly commandEvents: readonly (readonly number[])[];
  readonly sweeps: Sweeps;
  /** When no call to AWS succeeds. */
  readonly outages: readonly Span[];
  /** How far the clock of each invocation is ahead; the list repeats for further invocations. */
  readonly skews: readonly number[];
  /** How long each call to AWS takes; the list repeats for further calls. */
  readonly latencies: readonly number[];
  /** How long after its retention the instance waits again. */
  readonly again: number;
}

/** Why the instance goes. */
export type Cause = keyof typeof causes;

/** Auto Scaling's text for each cause. */
export const causes = {
  scaleIn: "At 2026-01-01T00:00:00Z an instance was taken out of service in response to a difference.",
  launchFailure:
    "At 2026-01-01T00:00:00Z an instance was taken out of service in response to a launch failure.",
  stopped:
    "At 2026-01-01T00:00:00Z an instance was taken out of service in response to an EC2 health check indicating it has been terminated or stopped.",
} as const;

/** What the user's script does when it is run. */
export interface Script {
  /** Time until the script ends by itself. */
  readonly takes: number;
  readonly succeeds: boolean;
  /** When the last session on the instance ends. */
  readonly sessions: number;
}

/** How the SSM agent behaves. */
export interface Agent {
  /** When the agent neither fetches nor reports. */
  readonly away: readonly Absence[];
  /** When the machine is gone for good; Infinity for never. */
  readonly dies: number;
  /** From a command to its start, and from an end to its report. */
  readonly fetch: number;
  readonly report: number;
  /** How long a command is missing from lists. */
  readonly listing: number;
  /** How many commands the agent fails before its worker starts. */
  readonly failing: number;
  /** How many ends of commands the agent never reports. */
  readonly forgets: number;
}

/** A span in which an agent is away. */
export interface Absence extends Span {
  /** Whether SSM knows that and refuses commands. */
  readonly refused: boolean;
}

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The ticks of the schedule. */
export interface Sweeps {
  /** When the first tick is due. */
  readonly phase: number;
  /** When each copy of a tick arrives, since it was due; none if it is lost. The list repeats for further ticks. */
  readonly ticks: readonly (readonly number[])[];
  /** When no tick arrives at all. */
  readonly lost: readonly Span[];
  /** Which ticks find a function without memory; the list repeats for further ticks. */
  readonly cold: readonly boolean[];
}

/** Any history at all. */
export const histories: fc.Arbitrary<History> = timesOfAnyLength().chain((times) => {
  const { budget, total } = schedule(times);
  const within = (length: number) => seconds(0, Math.ceil(length));
  const span = fc
    .tuple(within(1.5 * total), within(total))
    .map(([from, long]) => ({ from, to: from + long }));
  const absence = fc
    .tuple(span, fc.boolean())
    .map(([{ from, to }, refused]): Absence => ({ from, to, refused }));
  return fc
    .record({
      transition: fc.constantFrom("terminate", "launch"),
      times: fc.constant(times),
      onFailure: fc.constantFrom(...Object.values(OnFailure)),
      deregistrationDelay: fc.constantFrom(0, 30, 300),
      cause: rarely<Cause>("scaleIn", fc.constantFrom("launchFailure", "stopped")),
      hasWarmPool: fc.boolean(),
      script: fc.record({
        takes: within(1.2 * times.timeout),
        succeeds: fc.boolean(),
        sessions: within((times.maxWait ?? 0) * 1.2),
      }),
      agent: fc.record({
        away: rarely<Absence[]>([], fc.array(absence, { minLength: 1, maxLength: 2 })),
        dies: rarely(Infinity, within(total)),
        fetch: seconds(1, 30),
        report: seconds(0, 3),
        listing: seconds(0, 2),
        failing: rarely(0, seconds(1, 2)),
        forgets: rarely(0, seconds(1, 2)),
      }),
      hold: rarely<Span | undefined>(undefined, span),
      busy:
        times.maxWait === undefined ? fc.constant(undefined) : fc.option(within(1.2 * times.maxWait), none),
      hookEvents: fc.array(rarely(0, within(1.2 * budget)), { maxLength: 3 }),
      commandEvents: fc.array(fc.array(rarely(0, within(budget)), { maxLength: 2 }), someOf),
      sweeps: fc.record({
        phase: seconds(0, 59),
        ticks: fc.array(rarely([0], fc.array(seconds(0, 59), { maxLength: 2 })), someOf),
        lost: fc.array(span, { maxLength: 1 }),
        cold: fc.array(fc.boolean(), someOf),
      }),
      outages: fc.array(span, { maxLength: 2 }),
      skews: fc.array(rarely(0, seconds(-7200, 7200)), someOf),
      latencies: fc.array(rarely(0, seconds(0, 3)), someOf),
      again: seconds(310, 3600),
    })
    .map(possible);
});

/** With a clock that is right within the time that an agent has to report. */
export const rightClock: fc.Arbitrary<History> = histories.map((history) => ({
  ...history,
  skews: history.skews.map((skew) => skew % 10),
}));

/** Without outages, with a right clock, and with a sweep at least every other minute; with any events and agents. */
export const orderly: fc.Arbitrary<History> = histories.map((history) => {
  const { cold, phase, ticks } = history.sweeps;
  const punctual = ticks.flatMap((copies) =>
    copies.length > 0 ? [copies.map((late) => late % 3)] : [[], [0]],
  );
  return { ...history, outages: [], skews: [0], sweeps: { cold, phase, ticks: punctual, lost: [] } };
});

/** Mostly short times; sometimes times beyond the longest heartbeat timeout. */
function timesOfAnyLength(): fc.Arbitrary<TransitionTimes> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.record({ timeout: seconds(5, 600) }) },
    { weight: 2, arbitrary: fc.record({ timeout: seconds(5, 300), maxWait: seconds(1, 900) }) },
    { weight: 2, arbitrary: fc.record({ timeout: seconds(5, 3000), heartbeatTimeout: seconds(300, 900) }) },
    { weight: 1, arbitrary: fc.record({ timeout: seconds(6000, 20_000) }) },
  );
}

/** Only histories that the components allow: a launch waits for no sessions, retains nothing and has no cause. */
function possible(history: History): History {
  if (history.transition === "terminate") return history;
  const { maxWait: _, ...times } = history.times;
  const onFailure = history.onFailure === "retain" ? "abandon" : history.onFailure;
  return { ...history, times, onFailure, busy: undefined, cause: "scaleIn", deregistrationDelay: 0 };
}

function seconds(min: number, max: number): fc.Arbitrary<number> {
  return fc.integer({ min, max });
}

/** The usual value four times out of five. */
function rarely<T>(usual: T, other: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.oneof({ weight: 4, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: other });
}

const someOf = { minLength: 1, maxLength: 5 } as const;
const none = { nil: undefined } as const;
