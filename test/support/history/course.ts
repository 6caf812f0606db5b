import { writeHold } from "../../../contract";
import { comesFromAws } from "../../../handler/aws/errors";
import { onCommandEnded } from "../../../handler/commandEnded";
import type { Context } from "../../../handler/context";
import { onHookAction } from "../../../handler/hookAction";
import type { LogEntry } from "../../../handler/log";
import { createMemory, type Memory } from "../../../handler/memory";
import { createSeal } from "../../../handler/seal";
import { sweep } from "../../../handler/sweep";
import type { EndStatus, HookAction } from "../../../handler/trigger";
import { ids } from "../payloads";
import type { History, Span } from "./history";
import { Hook, type Wait } from "./hook";
import { Machine, type ScriptRun, type SentCommand } from "./machine";
import { Timeline } from "./timeline";

/** A call to AWS, which may take time or fail. */
export type Call = <T>(answer: () => T) => Promise<T>;

/** A sweep without a failed call to AWS. */
export interface Look {
  readonly from: number;
  readonly to: number;
}

/** A line of the handler's log. */
export interface Line extends LogEntry {
  readonly at: number;
}

/** How long Lambda lets an invocation run, ms. */
const functionTimeout = 60_000;

/** How long we wait for late events after the end of the last wait, ms. */
const aftermath = 300_000;

/** The course of a history with the real handler in it. Instants are milliseconds since the first wait began. */
export class Course {
  readonly looks: Look[] = [];
  readonly lines: Line[] = [];
  readonly hook: Hook;
  readonly machine: Machine;
  private readonly timeline = new Timeline();
  private memory: Memory = createMemory();
  private invocations = 0;
  private calls = 0;

  private constructor(private readonly history: History) {
    this.machine = new Machine(history, this.timeline, (command, status) => {
      this.commandEnded(command, status);
    });
    this.hook = new Hook(
      history,
      this.timeline,
      (action) => {
        this.machine.begin();
        this.hookFired(action);
      },
      () => this.machine.isHealthy,
    );
  }

  /** Plays a history until no events are left. */
  static async of(history: History): Promise<Course> {
    const course = new Course(history);
    course.hook.begin();
    course.sweepFrom(0);
    const { hook, timeline } = course;
    await timeline.play(() => hook.isOver && timeline.now > (hook.waits.at(-1)?.end?.at ?? 0) + aftermath);
    return course;
  }

  /** The commands that were sent for a wait. */
  commandsOf(wait: Wait): SentCommand[] {
    return this.machine.commands.filter(({ sentAt }) => this.isDuring(wait, sentAt));
  }

  /** The runs of the script that began in a wait. */
  runsOf(wait: Wait): ScriptRun[] {
    return this.machine.runs.filter(({ began }) => this.isDuring(wait, began));
  }

  /** The longest time in a wait in which no sweep succeeded, seconds. */
  longestGap({ began, end }: Wait): number {
    const to = end?.at ?? Infinity;
    const looks = this.looks.filter((look) => look.from >= began && look.to < to).map((look) => look.from);
    const gaps = [...looks, to].map((at, index) => at - (looks[index - 1] ?? began));
    return Math.max(...gaps) / 1000;
  }

  private isDuring(wait: Wait, at: number): boolean {
    const next = this.hook.waits.find(({ began }) => began > wait.began);
    return at >= wait.began && at < (next?.began ?? Infinity);
  }

  private hookFired(action: HookAction): void {
    for (const delay of this.history.hookEvents) {
      this.timeline.after(delay, () => {
        this.invoke((context) => onHookAction(context, action));
      });
    }
  }

  private commandEnded({ document, id, parameters }: SentCommand, status: EndStatus): void {
    const number = Number(id.split("-")[1]);
    for (const delay of nth(this.history.commandEvents, number)) {
      this.timeline.after(delay, () => {
        this.invoke((context) =>
          onCommandEnded(context, {
            kind: "commandEnded",
            commandId: id,
            document,
            status,
            requestedAt: undefined,
            endedAt: undefined,
            parameters: { ...parameters },
          }),
        );
      });
    }
  }

  private sweepFrom(number: number): void {
    const { cold, lost, phase, ticks } = this.history.sweeps;
    this.timeline.at((phase + number * 60) * 1000, () => {
      for (const late of isIn(lost, this.timeline.now) ? [] : nth(ticks, number)) {
        this.timeline.after(late, () => {
          if (nth(cold, number)) this.memory = createMemory();
          this.invoke(sweep, true);
        });
      }
      this.sweepFrom(number + 1);
    });
  }

  /** The operator's tag on the instance, in each of its waits. */
  private get holds(): ReadonlyMap<string, string> {
    const { hold } = this.history;
    const { now } = this.timeline;
    const began = this.hook.active?.began ?? 0;
    if (hold === undefined || now < began + hold.from * 1000) return new Map();
    return new Map([[ids.instance, writeHold(this.timeline.instant(began + hold.to * 1000))]]);
  }

  /** Invokes the handler as Lambda and the function's entry do: an error of AWS is left to the next sweep. */
  private invoke(handle: (context: Context) => Promise<void>, isSweep = false): void {
    const from = this.timeline.now;
    let hasFailed = false;
    const context = this.context(() => {
      hasFailed = true;
    });
    const run = async () => {
      try {
        await handle(context);
        if (isSweep && !hasFailed) this.looks.push({ from, to: this.timeline.now });
      } catch (error) {
        if (!comesFromAws(error)) throw error;
      }
    };
    this.timeline.watch(run());
  }

  private context(onFailedCall: () => void): Context {
    const { busy, latencies, outages, skews } = this.history;
    const { timeline } = this;
    const began = timeline.now;
    const skew = nth(skews, this.invocations++) * 1000;
    const call: Call = async (answer) => {
      const latency = nth(latencies, this.calls++);
      if (latency > 0) await timeline.sleep(latency * 1000);
      if (!isIn(outages, timeline.now)) return answer();
      onFailedCall();
      throw Object.assign(new Error("no answer"), { name: "TimeoutError" });
    };
    const write = (entry: LogEntry) => {
      this.lines.push({ ...entry, at: timeline.now });
    };
    const isBusy = () => Promise.resolve(timeline.now < (this.hook.active?.began ?? 0) + (busy ?? 0) * 1000);
    return {
      handler: ids.handler,
      autoScaling: this.hook.autoScaling(call),
      runCommand: this.machine.runCommand(call),
      ec2: {
        holds: () => call(() => this.holds),
        retirements: notToBeCalled,
        marks: notToBeCalled,
        mark: notToBeCalled,
      },
      replaceOn: new Set(),
      busyChecks: {
        send: () => Promise.reject(new Error("not to be called")),
        sent: () => Promise.resolve([]),
        results: () => Promise.resolve([]),
      },
      seal: createSeal("a secret"),
      clock: {
        now: () => timeline.instant(timeline.now) + skew,
        sleep: (milliseconds) => timeline.sleep(milliseconds),
        within: (_, promise) => promise,
      },
      log: { info: write, warn: write, error: write },
      putMetrics: () => undefined,
      tell: () => undefined,
      isBusy: busy === undefined ? undefined : isBusy,
      until: timeline.instant(began + functionTimeout) + skew,
      memory: this.memory,
    };
  }
}

const notToBeCalled = () => Promise.reject(new Error("not to be called"));

/** Whether an instant of the timeline is in one of some spans. */
function isIn(spans: readonly Span[], at: number): boolean {
  return spans.some(({ from, to }) => at >= from * 1000 && at < to * 1000);
}

/** An item of a list that repeats after its end. */
function nth<T>(list: readonly T[], index: number): T {
  const found = list[index % list.length];
  if (found === undefined) throw new Error("the list is empty");
  return found;
}
