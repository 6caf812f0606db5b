import { exitCodes, type Transition } from "../../../contract";
import type { Instance, Machines } from "../autoScaling/model";
import type { Due } from "../clock";
import type { InstanceConduct, Mishap } from "../conduct";
import type { Stage } from "../stage";
import { isOver, type Command, type Invocation } from "./command";
import { consult, type Run } from "./guard";
import { endLine, startLine } from "./output";
import { refusedByAgent } from "./parameters";
import { logDelays, noDelays, type Delays } from "./scriptLogs";

/** How often an agent that is there looks for commands, ms. */
const fetchTime = { min: 200, max: 1_500 };

/** From the command in an agent's hands to its step, and from the end of the step to the report, ms; measured. */
const workerTime = { min: 60, max: 200 };

/** How long an agent waits after a reboot before it gives up on what it was doing, ms; observed. */
const orphanNotice = 60_000;

/** How long after its last sign SSM still takes an agent for there, ms. */
const pingMemory = 300_000;

/** What there is to be read of an invocation. */
interface Said {
  /** What its step has written. */
  readonly output?: string;
  /** What the agent has against it, where it refuses to run it. */
  readonly why?: string;
}

/** Told when an invocation changes. */
export type Report = (
  command: Command,
  invocation: Invocation,
  status: Invocation["status"],
  details: string,
  code: number,
  said: Said,
) => void;

/** A machine with its agent. */
interface Machine {
  readonly instance: Instance;
  readonly conduct: InstanceConduct;
  isRunning: boolean;
  isRegistered: boolean;
  /** Whether the agent is there to fetch and to report. */
  isOnline: boolean;
  lastSeen: number;
  boot: number;
  /** Runs by hook. */
  readonly runs: Map<string, Run[]>;
  /** Commands that the agent has not fetched. */
  inbox: Command[];
  /** Commands that it executes. */
  readonly executing: Map<string, Execution>;
  /** What it could not report while it was away. */
  outbox: (() => void)[];
}

/** A command that an agent executes. */
interface Execution {
  readonly command: Command;
  readonly due: Due[];
  run: Run | undefined;
  /** What its step has written. */
  output: string;
  isOver: boolean;
}

/** The machines of all groups, their agents, and what runs on them. */
export class Fleet implements Machines {
  private readonly machines = new Map<string, Machine>();
  /** Told about a machine that dies by itself. */
  onCrash: (instance: Instance) => void = () => undefined;
  report: Report = () => undefined;

  constructor(private readonly stage: Stage) {}

  launch(instance: Instance): InstanceConduct {
    const { group, hasServed, id, index } = instance;
    const conduct = this.stage.conduct.instance({ id, group: group.settings.name, index });
    const isManaged = group.settings.isManaged && conduct.agentStart !== Infinity;
    const machine: Machine = {
      instance,
      conduct,
      isRunning: true,
      isRegistered: hasServed && isManaged,
      isOnline: hasServed && isManaged,
      lastSeen: this.stage.clock.now(),
      boot: 1,
      runs: new Map(),
      inbox: [],
      executing: new Map(),
      outbox: [],
    };
    this.machines.set(id, machine);
    if (machine.isOnline) this.recordAgent(machine, "online");
    if (hasServed || !isManaged) return conduct;
    this.stage.clock.after(conduct.boot + conduct.agentStart, () => {
      if (!machine.isRunning) return;
      machine.isRegistered = true;
      this.comeOnline(machine);
    });
    return conduct;
  }

  stopHook(instance: Instance): void {
    const machine = this.machines.get(instance.id);
    if (machine) for (const mishap of machine.conduct.mishaps) this.plan(machine, mishap);
  }

  /** Nothing on the old volume is left, markers of the guard included. */
  renew(instance: Instance): void {
    const machine = this.machines.get(instance.id);
    if (machine === undefined) return;
    this.goOffline(machine);
    this.cutOff(machine);
    machine.runs.clear();
    machine.boot += 1;
    this.stage.clock.after(machine.conduct.boot, () => {
      if (machine.isRunning) this.comeOnline(machine);
    });
  }

  end(instance: Instance): void {
    const machine = this.machines.get(instance.id);
    if (machine === undefined) return;
    machine.isRunning = false;
    machine.isOnline = false;
    this.cutOff(machine);
  }

  /** Whether SSM takes a command for an instance. */
  isReachable(id: string): boolean {
    const machine = this.machines.get(id);
    if (machine === undefined || !machine.isRegistered || !machine.isRunning) return false;
    return machine.isOnline || this.stage.clock.now() - machine.lastSeen < pingMemory;
  }

  /** What SSM knows of the agent; undefined for none. */
  agentOf(id: string): { readonly isOnline: boolean; readonly lastSeen: number } | undefined {
    const machine = this.machines.get(id);
    if (machine === undefined || !machine.isRegistered) return undefined;
    const lastSeen = machine.isOnline ? this.stage.clock.now() : machine.lastSeen;
    return { isOnline: this.isReachable(id), lastSeen };
  }

  /** Puts a command into the inbox of an agent. */
  offer(id: string, command: Command): void {
    const machine = this.machines.get(id);
    if (machine === undefined) return;
    machine.inbox.push(command);
    if (machine.isOnline) this.fetch(machine);
  }

  /** Takes a command back: the agent kills what it runs. */
  cancel(id: string, command: Command): void {
    const machine = this.machines.get(id);
    if (machine === undefined) return;
    machine.inbox = machine.inbox.filter((one) => one !== command);
    const execution = machine.executing.get(command.id);
    if (execution && machine.isOnline) this.kill(machine, execution);
  }

  private plan(machine: Machine, mishap: Mishap): void {
    const { clock } = this.stage;
    switch (mishap.kind) {
      case "crash":
        clock.after(mishap.from, () => {
          if (machine.isRunning) this.onCrash(machine.instance);
        });
        return;
      case "agentAway":
        clock.after(mishap.from, () => {
          this.goOffline(machine);
        });
        clock.after(mishap.to, () => {
          if (machine.isRunning) this.comeOnline(machine);
        });
        return;
      case "reboot":
        clock.after(mishap.from, () => {
          this.reboot(machine, mishap.to - mishap.from);
        });
    }
  }

  private goOffline(machine: Machine): void {
    if (!machine.isOnline) return;
    machine.isOnline = false;
    machine.lastSeen = this.stage.clock.now();
    this.recordAgent(machine, "offline");
  }

  private comeOnline(machine: Machine): void {
    if (machine.isOnline || !machine.isRegistered) return;
    machine.isOnline = true;
    this.recordAgent(machine, "online");
    const { outbox } = machine;
    machine.outbox = [];
    for (const send of outbox) send();
    this.fetch(machine);
  }

  /** Scripts are cut off; the agent reports what it was doing as failed, some time after it is back. */
  private reboot(machine: Machine, length: number): void {
    if (!machine.isRunning) return;
    this.goOffline(machine);
    const interrupted = [...machine.executing.values()];
    this.cutOff(machine);
    machine.boot += 1;
    this.stage.clock.after(length, () => {
      if (!machine.isRunning) return;
      this.comeOnline(machine);
      this.stage.clock.after(orphanNotice, () => {
        for (const { command, output } of interrupted)
          this.tell(machine, command, "Failed", "Failed", 1, { output });
      });
    });
  }

  /** Ends everything on the machine without a word to SSM. */
  private cutOff(machine: Machine): void {
    for (const execution of machine.executing.values()) {
      if (execution.run?.isAlive)
        this.record(machine, transitionOf(execution.command), execution.run, "killed");
      this.stop(machine, execution);
    }
    machine.executing.clear();
    for (const run of [...machine.runs.values()].flat()) {
      run.isAlive = false;
      run.waiting.length = 0;
    }
  }

  private fetch(machine: Machine): void {
    for (const command of machine.inbox) {
      const delay = this.stage.chance.between(
        `fetch/${machine.instance.id}/${command.id}`,
        fetchTime.min,
        fetchTime.max,
      );
      this.stage.clock.after(delay, () => {
        this.accept(machine, command);
      });
    }
  }

  private accept(machine: Machine, command: Command): void {
    if (!machine.isOnline || !machine.inbox.includes(command)) return;
    machine.inbox = machine.inbox.filter((one) => one !== command);
    const invocation = command.invocations.get(machine.instance.id);
    const isLate = this.stage.clock.now() > command.requestedAt + command.delivery * 1000;
    if (invocation === undefined || isOver(invocation.status) || isLate) return;
    // The agent reads the whole document before it says that the command is in progress.
    const objection = refusedByAgent(command.document.parameters, command.parameters);
    if (objection !== undefined) {
      this.tell(machine, command, "Failed", "Failed", -1, { why: objection });
      return;
    }
    this.tell(machine, command, "InProgress", "InProgress", -1);
    const execution: Execution = { command, due: [], run: undefined, output: "", isOver: false };
    machine.executing.set(command.id, execution);
    this.afterWork(machine, execution, "start", () => {
      this.execute(machine, execution);
    });
  }

  /** Does something once the agent has done its own part before or after a step. */
  private afterWork(
    machine: Machine,
    { command, due }: Execution,
    what: keyof Delays,
    then: () => void,
  ): void {
    const { chance, clock, conduct } = this.stage;
    const { id } = machine.instance;
    const { [what]: delay } = command.logGroup === undefined ? noDelays : logDelays[conduct.scriptLogs(id)];
    if (delay > 0)
      this.stage.record({ kind: "scriptLogs", instance: id, delays: what, seconds: delay / 1000 });
    const own = chance.between(`worker/${id}/${command.id}/${what}`, workerTime.min, workerTime.max);
    due.push(clock.after(own + delay, then));
  }

  private execute(machine: Machine, execution: Execution): void {
    const { command } = execution;
    const { clock } = this.stage;
    execution.due.push(
      clock.after(command.document.stepTimeout * 1000, () => {
        this.kill(machine, execution);
        this.tell(machine, command, "TimedOut", "ExecutionTimedOut", 137, execution);
      }),
    );
    const value = (name: string) => command.parameters[name]?.[0] ?? "";
    const hook = value("hook");
    const { guard } = command.document;
    const runs = machine.runs.get(hook) ?? [];
    machine.runs.set(hook, runs);
    const verdict = guard
      ? consult(runs, { action: value("action"), sent: value("sent"), since: value("since") }, guard.joinFor)
      : { kind: "perform" as const };
    if (verdict.kind === "join") {
      this.join(machine, execution, verdict.run);
      return;
    }
    const run: Run = {
      number: runs.length + 1,
      action: value("action"),
      sent: value("sent"),
      since: value("since"),
      boot: machine.boot,
      began: clock.now(),
      code: undefined,
      isAlive: true,
      waiting: [],
    };
    runs.push(run);
    execution.run = run;
    this.perform(machine, execution, run);
  }

  private perform(machine: Machine, execution: Execution, run: Run): void {
    const { command } = execution;
    const transition = transitionOf(command);
    const { guard } = command.document;
    this.record(machine, transition, run, "started");
    execution.output = startLine(transition, command.document);
    const {
      exitCode,
      heedsTerm,
      takes,
      writes = "",
    } = this.stage.conduct.script({
      instance: machine.instance.id,
      transition,
      run: run.number,
    });
    const asked = guard ? (guard.timeout - 1 - guard.grace) * 1000 : Infinity;
    const killed = guard ? (guard.timeout - 1) * 1000 : Infinity;
    const end =
      takes <= asked
        ? { at: takes, code: exitCode }
        : {
            at: heedsTerm ? asked : Math.min(takes, killed),
            code: heedsTerm ? 143 : takes <= killed ? exitCode : 137,
          };
    execution.due.push(
      this.stage.clock.after(end.at, () => {
        run.code = end.code;
        run.isAlive = false;
        this.record(machine, transition, run, "ended", end.code);
        execution.output += writes + endLine(transition, end.code);
        this.conclude(machine, execution, end.code);
        for (const wake of run.waiting.splice(0)) wake();
      }),
    );
  }

  private join(machine: Machine, execution: Execution, run: Run): void {
    this.record(machine, transitionOf(execution.command), run, "joined");
    const conclude = () => {
      if (!execution.isOver) this.conclude(machine, execution, run.code ?? 1);
    };
    if (run.code !== undefined || !run.isAlive) this.stage.clock.after(100, conclude);
    else run.waiting.push(conclude);
  }

  private conclude(machine: Machine, execution: Execution, code: number): void {
    for (const due of execution.due.splice(0)) due.cancel();
    this.afterWork(machine, execution, "end", () => {
      this.stop(machine, execution);
      const status = code === 0 ? "Success" : "Failed";
      this.tell(
        machine,
        execution.command,
        status,
        status,
        code === 0 ? exitCodes.succeeded : exitCodes.scriptFailed,
        execution,
      );
    });
  }

  /** SIGKILL to the process group: a run that this command performed is cut off, one that it joined lives on. */
  private kill(machine: Machine, execution: Execution): void {
    if (execution.isOver) return;
    this.stop(machine, execution);
    const { run } = execution;
    if (run === undefined || !run.isAlive) return;
    run.isAlive = false;
    this.record(machine, transitionOf(execution.command), run, "killed");
    for (const wake of run.waiting.splice(0)) wake();
  }

  private stop(machine: Machine, execution: Execution): void {
    execution.isOver = true;
    for (const due of execution.due) due.cancel();
    machine.executing.delete(execution.command.id);
  }

  /** Reports to SSM, now or once the agent is back. */
  private tell(
    machine: Machine,
    command: Command,
    status: Invocation["status"],
    details: string,
    code: number,
    said: Said = {},
  ): void {
    const send = () => {
      const invocation = command.invocations.get(machine.instance.id);
      if (invocation) this.report(command, invocation, status, details, code, said);
    };
    if (machine.isOnline) send();
    else machine.outbox.push(send);
  }

  private recordAgent({ instance }: Machine, phase: "online" | "offline"): void {
    this.stage.record({ kind: "agent", instance: instance.id, phase });
  }

  private record(
    machine: Machine,
    transition: Transition,
    run: Run,
    phase: "started" | "joined" | "ended" | "killed",
    code?: number,
  ): void {
    this.stage.record({
      kind: "script",
      instance: machine.instance.id,
      transition,
      token: run.action,
      run: run.number,
      phase,
      ...(code === undefined ? {} : { code }),
    });
  }
}

function transitionOf({ parameters }: Command): Transition {
  return parameters["transition"]?.[0] === "launch" ? "launch" : "terminate";
}
