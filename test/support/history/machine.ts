import type { DocumentParameters } from "../../../contract";
import type { Invocation, RunCommand } from "../../../handler/aws/runCommand";
import type { CommandStatus } from "../../../handler/situation";
import type { EndStatus } from "../../../handler/trigger";
import { schedule, type Schedule } from "../../../timing";
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
  /** When SSM learnt how it ended. */
  endedAt: number | undefined;
}

/** One run of the user's script. */
export interface Run {
  readonly token: string;
  readonly began: number;
  /** When it ends, by itself or cut off. */
  end: number;
  succeeds: boolean;
  /** The command that started it: if that is killed, so is the run. */
  readonly owner: SentCommand;
}

/** Time-out of the document's step for the other platform, seconds: SSM adds up those of all steps. */
const otherStep = 5;

/** One machine with its agent, the guard of the document, and what SSM knows of them. */
export class Machine {
  readonly commands: SentCommand[] = [];
  readonly runs: Run[] = [];
  private readonly times: Schedule;
  private began = 0;

  /** @param publish - Told of every command that has ended. */
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

  /** The calls of Run Command that the handler makes. */
  runCommand(call: Call): RunCommand {
    const find = (id: string) => this.commands.find((one) => one.id === id);
    return {
      send: ({ document, parameters }) =>
        call(() => {
          const { now } = this.timeline;
          const isRefused = now >= this.death || this.absence(now)?.refused;
          return isRefused
            ? { kind: "refused", instances: [ids.instance] }
            : { kind: "sent", commandId: this.receive(document, parameters) };
        }),
      cancel: (id) =>
        call(() => {
          const command = find(id);
          if (command) this.cancel(command);
        }),
      invocations: ({ after = 0 }) => call(() => this.list(after)),
      result: (id) =>
        call(() => {
          const command = find(id);
          const isListed = command && command.sentAt <= this.visible;
          return isListed ? { status: command.status, output: "" } : undefined;
        }),
      command: (id) =>
        call(() => {
          const command = find(id);
          return command && { parameters: { ...command.parameters }, instances: [ids.instance] };
        }),
    };
  }

  /** Lists show what was sent by then. */
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

  /** Does something as soon as the agent is there; never if the machine is gone by then. */
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
      endedAt: undefined,
    };
    this.commands.push(command);
    this.whenOnline(now + this.history.agent.fetch * 1000, () => {
      this.accept(command);
    });
    this.timeline.at(now + (this.times.budget + otherStep) * 1000, () => {
      this.settle(command, "undelivered", "TimedOut");
    });
    return id;
  }

  /** The agent takes a command that is not too old, and starts the script or joins the run that the guard knows. */
  private accept(command: SentCommand): void {
    const { now } = this.timeline;
    if (command.endedAt !== undefined || now > command.sentAt + this.times.delivery * 1000) return;
    this.report(() => {
      if (command.status === "pending") command.status = "running";
    });
    const latest = this.runs.at(-1);
    const run = latest && this.isSameAction(latest, command) ? latest : this.start(command);
    this.timeline.at(run.end, () => {
      if (now >= this.death) return;
      const [status, event] = run.succeeds
        ? (["succeeded", "Success"] as const)
        : (["failed", "Failed"] as const);
      this.report(() => {
        this.settle(command, status, event);
      });
    });
  }

  /** The guard's rule: by token, or, where one of the two has none, within the budget. */
  private isSameAction(run: Run, { parameters: { action: token } }: SentCommand): boolean {
    if (run.token !== "" && token !== "") return run.token === token;
    return this.timeline.now - run.began <= this.times.budget * 1000;
  }

  private start(command: SentCommand): Run {
    const { now } = this.timeline;
    const { script, times } = this.history;
    const { action: token, sessionWait } = command.parameters;
    const { maxWait = 0, timeout } = times;
    const left = sessionWait === "" ? maxWait : Number(sessionWait);
    const sessions = Math.max(0, this.began + script.sessions * 1000 - now);
    const waits = Math.min(sessions, Math.max(0, Math.min(left, maxWait)) * 1000);
    const end = now + waits + Math.min(script.takes, timeout) * 1000;
    const run: Run = {
      token,
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

  /** The agent, if it is there, kills the script that the command started. */
  private cancel(command: SentCommand): void {
    const { now } = this.timeline;
    if (command.endedAt !== undefined) return;
    const run = this.runs.find(({ owner }) => owner === command);
    if (run && run.end > now && this.isOnline(now)) {
      run.end = now;
      run.succeeds = false;
    }
    this.settle(command, "cancelled", "Cancelled");
  }

  private settle(command: SentCommand, status: CommandStatus, event: EndStatus): void {
    if (command.endedAt !== undefined) return;
    command.status = status;
    command.endedAt = this.timeline.now;
    this.publish(command, event);
  }
}
