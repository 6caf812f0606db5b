import type { Transition } from "../../contract";
import type { Instance } from "../autoScaling/model";
import type { Due } from "../clock";
import type { InstanceBehaviour } from "../behaviour";
import type { Command } from "./command";
import type { ScriptRun } from "./guard";

/** A machine with its agent. */
export interface Machine {
  readonly instance: Instance;
  readonly behaviour: InstanceBehaviour;
  isRunning: boolean;
  /** How often it was started after it had been stopped. */
  starts: number;
  isRegistered: boolean;
  /** Whether the agent is there to fetch and to report. */
  isOnline: boolean;
  /** Whether the agent, though there, takes no command. */
  isBusy: boolean;
  lastSeen: number;
  /** Runs by the folder in which the guard keeps them: by place and hook. */
  readonly runs: Map<string, ScriptRun[]>;
  /** Ends of scripts that run. */
  readonly ends: Map<ScriptRun, Due>;
  /** Commands that the agent has not fetched. */
  inbox: Command[];
  /** Commands that the agent executes. */
  readonly executing: Map<string, Execution>;
  /** Reports that the agent could not send while it was away. */
  outbox: (() => void)[];
}

/** A command that an agent executes. */
export interface Execution {
  readonly command: Command;
  readonly due: Due[];
  /** Whether its end reaches SSM. */
  readonly isReported: boolean;
  /** The run that the command waits for, and the function by which the run wakes it. */
  awaits: { readonly run: ScriptRun; readonly wake: () => void } | undefined;
  /** The output of the step. */
  output: string;
  isOver: boolean;
}

/** A machine that has just been launched. */
export function newMachine(
  instance: Instance,
  behaviour: InstanceBehaviour,
  now: number,
  isManaged: boolean,
): Machine {
  const isThere = instance.hasServed && isManaged;
  return {
    instance,
    behaviour,
    isRunning: true,
    starts: 0,
    isRegistered: isThere,
    isOnline: isThere,
    isBusy: false,
    lastSeen: now,
    runs: new Map(),
    ends: new Map(),
    inbox: [],
    executing: new Map(),
    outbox: [],
  };
}

/** The transition that a command is for. */
export function transitionOf({ parameters }: Command): Transition {
  return parameters["transition"]?.[0] === "launch" ? "launch" : "terminate";
}
