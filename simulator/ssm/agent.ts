import type { Context } from "../context";
import { isOver, type Command, type Invocation } from "./command";
import type { Execution, Machine } from "./machine";
import { refusedByAgent } from "./parameters";
import { Runner } from "./runner";
import { logDelays, noDelays, type Delays } from "./scriptLogs";

/** How often an agent that is there looks for commands, ms. */
const fetchTime = { min: 200, max: 1_500 };

/** From the command in an agent's hands to its step, and from the end of the step to the report, ms; measured. */
const workerTime = { min: 60, max: 200 };

/** What an agent says about an invocation. */
interface Said {
  /** The output of the step. */
  readonly output?: string;
  /** Why the agent refuses to run the command. */
  readonly why?: string;
}

/** Called when an invocation changes. */
export type Report = (
  command: Command,
  invocation: Invocation,
  status: Invocation["status"],
  details: string,
  code: number,
  said: Said,
) => void;

/** The SSM agents of all machines: they fetch commands, run their steps and report. */
export class Agents {
  report: Report = () => undefined;
  private readonly runner: Runner;

  constructor(private readonly context: Context) {
    this.runner = new Runner(context, (machine, execution, code) => {
      this.conclude(machine, execution, code);
    });
  }

  /** Looks for commands. */
  fetch(machine: Machine): void {
    for (const command of machine.inbox) {
      const delay = this.context.random.between(
        `fetch/${machine.instance.id}/${command.id}`,
        fetchTime.min,
        fetchTime.max,
      );
      this.context.clock.after(delay, () => {
        this.accept(machine, command);
      });
    }
  }

  /** Cancels a command: the agent kills the step, with SIGKILL to its process group. */
  cancel(machine: Machine, command: Command): void {
    machine.inbox = machine.inbox.filter((one) => one !== command);
    const execution = machine.executing.get(command.id);
    if (execution && machine.isOnline) this.stop(machine, execution);
  }

  /** Ends everything on the machine without a report to SSM. */
  cutOff(machine: Machine): void {
    this.runner.cutOff(machine);
    for (const execution of [...machine.executing.values()]) this.stop(machine, execution);
  }

  /** Reports to SSM, now or once the agent is back. */
  tell(
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

  private accept(machine: Machine, command: Command): void {
    if (!machine.isOnline || machine.isBusy || !machine.inbox.includes(command)) return;
    machine.inbox = machine.inbox.filter((one) => one !== command);
    const { id } = machine.instance;
    const invocation = command.invocations.get(id);
    const isLate = this.context.clock.now() > command.requestedAt + command.delivery * 1000;
    if (invocation === undefined || isOver(invocation.status) || isLate) return;
    // The agent reads the whole document before it says that the command is in progress.
    const why = refusedByAgent(command.document.parameters, command.parameters);
    if (why !== undefined) {
      this.tell(machine, command, "Failed", "Failed", -1, { why });
      return;
    }
    const { earlier } = invocation;
    const handling = this.context.behaviour.handling({ command: command.id, instance: id, earlier });
    if (handling.failsWith !== undefined) {
      this.tell(machine, command, "Failed", "Failed", handling.failsWith);
      return;
    }
    this.tell(machine, command, "InProgress", "InProgress", -1);
    const { isReported, startsAfter } = handling;
    const execution: Execution = {
      command,
      due: [],
      isReported,
      awaits: undefined,
      output: "",
      isOver: false,
    };
    machine.executing.set(command.id, execution);
    this.afterWork(machine, execution, "start", startsAfter, () => {
      this.execute(machine, execution);
    });
  }

  /** Runs a function once the agent has done its own work before or after a step. */
  private afterWork(
    machine: Machine,
    { command, due }: Execution,
    what: keyof Delays,
    idle: number,
    then: () => void,
  ): void {
    const { random, clock, behaviour } = this.context;
    const { id } = machine.instance;
    const { [what]: delay } = command.logGroup === undefined ? noDelays : logDelays[behaviour.scriptLogs(id)];
    if (delay > 0)
      this.context.record({ kind: "scriptLogs", instance: id, delays: what, seconds: delay / 1000 });
    const own = random.between(`worker/${id}/${command.id}/${what}`, workerTime.min, workerTime.max);
    due.push(clock.after(own + delay + idle, then));
  }

  /** A step that takes longer than its timeout gets SIGKILL; the script, which the guard runs beside it, does not. */
  private execute(machine: Machine, execution: Execution): void {
    const { command } = execution;
    execution.due.push(
      this.context.clock.after(command.document.stepTimeout * 1000, () => {
        this.stop(machine, execution);
        if (execution.isReported)
          this.tell(machine, command, "TimedOut", "ExecutionTimedOut", killedCode, execution);
      }),
    );
    this.runner.start(machine, execution);
  }

  private conclude(machine: Machine, execution: Execution, code: number): void {
    for (const due of execution.due.splice(0)) due.cancel();
    this.afterWork(machine, execution, "end", 0, () => {
      this.stop(machine, execution);
      const status = code === 0 ? "Success" : "Failed";
      if (execution.isReported) this.tell(machine, execution.command, status, status, code, execution);
    });
  }

  private stop(machine: Machine, execution: Execution): void {
    if (execution.isOver) return;
    execution.isOver = true;
    this.runner.leave(execution);
    for (const due of execution.due) due.cancel();
    machine.executing.delete(execution.command.id);
  }
}

/** Code of a step that SIGKILL has ended. */
const killedCode = 137;
