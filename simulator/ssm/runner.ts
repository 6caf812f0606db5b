import { answerLines, checkCodes, exitCodes, type DocumentParameters } from "../../contract";
import { elapsed, type Context } from "../context";
import { targetStateOf } from "../autoScaling/model";
import type { Command } from "./command";
import { announces } from "./document";
import { consult, type Asked, type ScriptRun } from "./guard";
import { transitionOf, type Execution, type Machine } from "./machine";
import { endLine, joinLine, refusalLine, startLine } from "./output";

/** Called when the step of a command has ended. */
type Conclude = (machine: Machine, execution: Execution, code: number) => void;

/**
 * Runs scripts as the guard of our documents does, beside the agent: the end of a command's step does not end the
 * script, and the next command waits for the same run. A reboot or the end of the machine cuts the script off.
 */
export class Runner {
  constructor(
    private readonly context: Context,
    private readonly conclude: Conclude,
  ) {}

  /** The step of a command starts. */
  start(machine: Machine, execution: Execution): void {
    const { command } = execution;
    if (command.document.isBusyCheck) {
      this.check(machine, execution);
      return;
    }
    const asked = askedBy(command);
    const folder = `${command.document.guard?.place ?? ""} ${hookOf(command)}`;
    const runs = machine.runs.get(folder) ?? [];
    machine.runs.set(folder, runs);
    const decision = this.consult(machine, command, runs, asked);
    switch (decision.kind) {
      case "refuse":
        execution.output = refusalLine(asked.transition, decision.why);
        this.record(machine, command, undefined, "refused");
        this.conclude(machine, execution, exitCodes.notMeant);
        return;
      case "join":
        this.record(machine, command, decision.run, "joined");
        this.await(machine, execution, decision.run, joinLine(decision.run.number));
        return;
      case "perform":
        this.perform(machine, execution, runs, asked);
    }
  }

  /** The document of a check runs the user's check, and writes what its exit code means. */
  private check(machine: Machine, execution: Execution): void {
    const { id } = machine.instance;
    const { clock, behaviour } = this.context;
    const { exitCode, takes } = behaviour.busyCheck({ instance: id, elapsed: elapsed(this.context) });
    execution.due.push(
      clock.after(takes, () => {
        const answer = (["busy", "idle"] as const).find((one) => checkCodes[one] === exitCode);
        execution.output =
          answer === undefined
            ? `graceful-asg: the check ended with ${exitCode}\n`
            : `${answerLines[answer]}\n`;
        this.context.record({ kind: "check", instance: id, answer });
        this.conclude(machine, execution, answer === undefined ? 2 : 0);
      }),
    );
  }

  /** The step is over for the agent, which kills the guard; the script goes on. */
  leave({ awaits }: Execution): void {
    awaits?.run.waiting.delete(awaits.wake);
  }

  /** The machine stops: every script is cut off. */
  cutOff(machine: Machine): void {
    for (const execution of machine.executing.values()) this.leave(execution);
    for (const [run, due] of machine.ends) {
      due.cancel();
      run.isAlive = false;
      this.context.record({ ...happeningOf(machine, run), phase: "killed" });
    }
    machine.ends.clear();
  }

  private consult(machine: Machine, { document }: Command, runs: readonly ScriptRun[], asked: Asked) {
    if (document.guard === undefined) return { kind: "perform" } as const;
    const { instance } = machine;
    const around = {
      instance: instance.id,
      target: targetStateOf(instance),
      isInterrupted: instance.isInterrupted,
    };
    return consult(runs, asked, around, document.guard.joinFor);
  }

  private perform(machine: Machine, execution: Execution, runs: ScriptRun[], asked: Asked): void {
    const { command } = execution;
    const { transition } = asked;
    const run: ScriptRun = {
      number: runs.length + 1,
      hook: hookOf(command),
      transition,
      announces: announces(command.document),
      action: asked.action,
      sent: asked.sent,
      since: asked.since,
      code: undefined,
      output: "",
      isAlive: true,
      waiting: new Set(),
    };
    runs.push(run);
    this.record(machine, command, run, "started");
    run.output = startLine(transition, command.document);
    const { code, takes, writes } = this.courseOf(machine, command, run);
    const due = this.context.clock.after(takes, () => {
      machine.ends.delete(run);
      run.code = code;
      run.isAlive = false;
      this.context.record({ ...happeningOf(machine, run), phase: "ended", code });
      run.output += writes + endLine(transition, code);
      for (const wake of [...run.waiting]) wake();
      run.waiting.clear();
    });
    machine.ends.set(run, due);
    this.await(machine, execution, run);
  }

  /** How long a script takes, and how it ends: by itself, or as the guard ends it. */
  private courseOf(machine: Machine, { document }: Command, run: ScriptRun) {
    const { guard } = document;
    const {
      exitCode,
      heedsTerm,
      takes,
      writes = "",
    } = this.context.behaviour[run.announces ? "announceScript" : "script"]({
      instance: machine.instance.id,
      transition: run.transition,
      run: run.number,
    });
    const asked = guard ? (guard.timeout - 1 - guard.grace) * 1000 : Infinity;
    const killed = guard ? (guard.timeout - 1) * 1000 : Infinity;
    if (takes <= asked) return { takes, code: exitCode, writes };
    if (heedsTerm) return { takes: asked, code: terminated, writes };
    return takes <= killed ? { takes, code: exitCode, writes } : { takes: killed, code: killedCode, writes };
  }

  /** The guard passes the output of the run on, after a line of its own. */
  private await(machine: Machine, execution: Execution, run: ScriptRun, before = ""): void {
    execution.output = before + run.output;
    const wake = () => {
      const code = run.code === 0 ? exitCodes.succeeded : exitCodes.scriptFailed;
      execution.output = before + run.output;
      if (!execution.isOver) this.conclude(machine, execution, code);
    };
    execution.awaits = { run, wake };
    if (run.isAlive) run.waiting.add(wake);
    else execution.due.push(this.context.clock.after(100, wake));
  }

  private record(
    machine: Machine,
    command: Command,
    run: ScriptRun | undefined,
    phase: "started" | "joined" | "refused",
  ): void {
    const none = {
      transition: transitionOf(command),
      hook: hookOf(command),
      announces: announces(command.document),
      action: "",
      number: 0,
    };
    this.context.record({ ...happeningOf(machine, run ?? none), phase });
  }
}

/** Codes of a process that a signal has ended: SIGTERM and SIGKILL. */
const terminated = 143;
const killedCode = 137;

function happeningOf(
  { instance }: Machine,
  {
    action,
    announces: isAnnouncement,
    hook,
    number: run,
    transition,
  }: Pick<ScriptRun, "action" | "announces" | "hook" | "number" | "transition">,
) {
  const { id } = instance;
  return isAnnouncement
    ? { kind: "announceScript" as const, instance: id, hook, run }
    : { kind: "script" as const, instance: id, transition, hook, action, run };
}

function hookOf({ parameters }: Command): string {
  return parameters["hook"]?.[0] ?? "";
}

function askedBy(command: Command): Asked {
  const value = (name: keyof DocumentParameters) => command.parameters[name]?.[0] ?? "";
  return {
    transition: transitionOf(command),
    instance: value("instance"),
    action: value("action"),
    sent: value("sent"),
    since: value("since"),
    meant: value("meant") === "yes",
  };
}
