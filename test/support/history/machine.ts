import type { DocumentParameters } from "../../../contract";
import type { Invocation, RunCommand } from "../../../handler/aws/runCommand";
import type { CommandStatus } from "../../../handler/situation";
import type { EndStatus } from "../../../handler/trigger";
import { joinWindow, schedule, type Schedule } from "../../../timing";
import { ids } from "../payloads";
import type { Call } from "./course";
import type { History } from "./history";
import type { Timeline } from "./timeline";

/** A command as SSM keeps it. Instants are milliseconds of the timeline. */
export interface SentCommand {
  readonly id: string;
  readonly document: string;
  readonly parameters: DocumentParameters;
  readonly sentAt: number;
  status: CommandStatus;
  /** The status in the command's own record, once lists show that the command has ended. */
  word: CommandStatus;
  /** Whether the agent has begun the command. */
  begun: boolean;
  /** When SSM learnt how it ended. */
  endedAt: number | undefined;
}

/** One run of the user's script. */
export interface ScriptRun {
  readonly action: string;
  /** When its command was sent, by AWS's clock, seconds. */
  readonly sent: number;
  readonly began: number;
  /** When it ends, by itself or cut off. */
  end: number;
  succeeds: boolean;
  /** The command that started it. */
  readonly owner: SentCommand;
}

/** Timeout of the document's step for the other platform, seconds: SSM adds up the timeouts of all steps. */
const otherStep = 5;

/** How long after its end Auto Scaling calls a machine unhealthy, seconds. */
const noticed = 60;

/** One machine with its agent, the guard of the document, and the commands that SSM keeps. */
export class Machine {
  readonly commands: SentCommand[] = [];
  readonly runs: ScriptRun[] = [];
  private readonly times: Schedule;
  private began = 0;
  /** Commands that the agent has taken, and ends that it has not reported. */
  private taken = 0;
  private forgotten = 0;

  /** @param publish - Called for every command that has ended. */
  constructor(
    private readonly history: History,
    private readonly timeline: Timeline,
    private readonly publish: (command: SentCommand, status: EndStatus) => void,
  ) {
    this.times = schedule(history.times);
  }

  /** A wait begins; absences and sessions count from here. */
  begin(): void {
    this.began = this.timeline.now;
  }

  /** Whether the agent is there. */
  isOnline(at: number): boolean {
    return at < this.death && this.absence(at) === undefined;
  }

  /** Whether Auto Scaling has not noticed yet that the machine is gone. */
  get isHealthy(): boolean {
    return this.timeline.now < this.death + noticed * 1000;
  }

  /** The calls of Run Command that the handler makes. */
  runCommand(call: Call): RunCommand {
    const find = (id: string) => this.commands.find((one) => one.id === id);
    return {
      send: ({ document, parameters }) =>
        call(() => {
          const { now } = this.timeline;
          const isRefused = now >= this.death || this.absence(now)?.refused;
          return isRefused
            ? { kind: "refused", instances: [ids.instance], whole: false, isUnknown: true, cause: "no agent" }
            : {
                kind: "sent",
                commandId: this.receive(document, parameters),
                requestedAt: this.timeline.instant(now),
              };
        }),
      // The hooks of these histories announce nothing.
      announce: () => Promise.reject(new Error("not to be called")),
      results: () => Promise.reject(new Error("not to be called")),
      cancel: (id) =>
        call(() => {
          const command = find(id);
          if (command) this.settle(command, "ended", "cancelled", "Cancelled");
        }),
      invocations: ({ after = 0 }) => call(() => this.list(after)),
      end: (id) =>
        call(() => {
          const command = find(id);
          if (command === undefined || command.sentAt > this.visible) return undefined;
          const { endedAt, word } = command;
          return {
            status: endedAt === undefined ? command.status : word,
            endedAt: endedAt === undefined || !command.begun ? undefined : this.timeline.instant(endedAt),
            output: "",
          };
        }),
      command: (id) =>
        call(() => {
          const command = find(id);
          return (
            command && {
              parameters: { ...command.parameters },
              instances: [ids.instance],
              requestedAt: this.timeline.instant(command.sentAt),
              isOurs: true,
              isAnnouncement: false,
            }
          );
        }),
      machines: () =>
        call(() => new Map([[ids.instance, this.timeline.now >= this.death ? "gone" : "there"]])),
    };
  }

  /** Lists show commands that were sent until this instant. */
  private get visible(): number {
    return this.timeline.now - this.history.agent.listing * 1000;
  }

  private get death(): number {
    return this.history.agent.dies * 1000;
  }

  private absence(at: number) {
    const since = (at - this.began) / 1000;
    return this.history.agent.away.find(({ from, to }) => since >= from && since < to);
  }

  /** Runs a function as soon as the agent is there; never if the machine is gone by then. */
  private whenOnline(at: number, act: () => void): void {
    this.timeline.at(at, () => {
      const { now } = this.timeline;
      const absence = this.absence(now);
      if (now >= this.death) return;
      if (absence) this.whenOnline(this.began + absence.to * 1000, act);
      else act();
    });
  }

  private list(after: number): Invocation[] {
    return this.commands
      .filter(({ sentAt }) => sentAt <= this.visible && this.timeline.instant(sentAt) >= after)
      .map(({ id, sentAt, status }) => ({
        id,
        instance: ids.instance,
        requestedAt: this.timeline.instant(sentAt),
        status,
      }));
  }

  private receive(document: string, parameters: DocumentParameters): string {
    const { now } = this.timeline;
    const id = `command-${this.commands.length}`;
    const command: SentCommand = {
      id,
      document,
      parameters,
      sentAt: now,
      status: "pending",
      word: "pending",
      begun: false,
      endedAt: undefined,
    };
    this.commands.push(command);
    this.whenOnline(now + this.history.agent.fetch * 1000, () => {
      this.accept(command);
    });
    this.timeline.at(now + (this.times.budget + otherStep) * 1000, () => {
      this.settle(command, "ended", command.begun ? "expired" : "undelivered", "TimedOut");
    });
    return id;
  }

  /** The agent takes a command that is not too old, and starts the script or joins the run that the guard knows. */
  private accept(command: SentCommand): void {
    const { now } = this.timeline;
    if (command.endedAt !== undefined || now > command.sentAt + this.times.delivery * 1000) return;
    this.report(() => {
      if (command.status !== "pending") return;
      command.status = "running";
      command.begun = true;
    });
    if (this.history.agent.failing > this.taken++) {
      this.report(() => {
        this.settle(command, "ended", "troubled", "Failed");
      });
      return;
    }
    const latest = this.runs.at(-1);
    const run = latest && this.isSameAction(latest, command) ? latest : this.start(command);
    this.timeline.at(run.end, () => {
      if (now >= this.death || this.history.agent.forgets > this.forgotten++) return;
      this.report(() => {
        if (run.succeeds) this.settle(command, "succeeded", "succeeded", "Success");
        else this.settle(command, "ended", "failed", "Failed");
      });
    });
  }

  /** The guard's rule: by action, or, where run or command has no action, by when AWS sent the commands. */
  private isSameAction(run: ScriptRun, { parameters: { action, sent, since } }: SentCommand): boolean {
    if (run.action !== "" && action !== "") return run.action === action;
    if (since !== "") return run.sent >= Number(since);
    return Number(sent) - run.sent <= joinWindow(this.times, this.history.deregistrationDelay);
  }

  private start(command: SentCommand): ScriptRun {
    const { now } = this.timeline;
    const { script, times } = this.history;
    const { action, sent, sessionWait } = command.parameters;
    const { maxWait = 0, timeout } = times;
    const left = sessionWait === "" ? maxWait : Number(sessionWait);
    const sessions = Math.max(0, this.began + script.sessions * 1000 - now);
    const waits = Math.min(sessions, Math.max(0, Math.min(left, maxWait)) * 1000);
    const end = now + waits + Math.min(script.takes, timeout) * 1000;
    const run: ScriptRun = {
      action,
      sent: Number(sent),
      began: now,
      end: Math.min(end, this.death),
      succeeds: script.succeeds && script.takes <= timeout,
      owner: command,
    };
    this.runs.push(run);
    return run;
  }

  private report(tell: () => void): void {
    this.whenOnline(this.timeline.now + this.history.agent.report * 1000, tell);
  }

  private settle(command: SentCommand, status: CommandStatus, word: CommandStatus, event: EndStatus): void {
    if (command.endedAt !== undefined) return;
    command.status = status;
    command.word = word;
    command.endedAt = this.timeline.now;
    this.publish(command, event);
  }
}
