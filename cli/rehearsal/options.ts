import { faultsOf } from "../../simulator";
import type { Fields } from "../../evaluate/fields";
import { RehearsalError, type RehearsalSettings } from "./rehearsal";

/** The options of `graceful-asg rehearse`. */
export interface RehearseOptions extends RehearsalSettings {
  /** Stack of the program; undefined for `dev`, or for the only stack that has a file. */
  readonly stack: string | undefined;
  /** Configuration that overrides the stack's configuration, by key. */
  readonly config: Readonly<Record<string, string>>;
  /** Outputs of other stacks by their names, as JSON files hold them. */
  readonly stackOutputs: Readonly<Record<string, Fields>>;
  readonly allowFailures: boolean;
  readonly json: boolean;
  readonly picture: string | undefined;
  readonly runScripts: boolean;
  /** Whether the script of each transition is printed, and nothing is played. */
  readonly showDocument: boolean;
}

/** Options that only a rehearsal uses, with their defaults. */
const idleWithoutRehearsal = {
  instances: 3,
  scriptSeconds: undefined,
  seed: "1",
  picture: undefined,
  allowFailures: false,
} as const;

/** Options besides them that each way to play nothing ignores. */
const idleWithScripts = { ...idleWithoutRehearsal, json: false } as const;
const idleWithDocument = { ...idleWithoutRehearsal, transition: "terminate", runScripts: false } as const;

/**
 * Refuses options that would be ignored: with `--run-scripts` nothing but the script runs, with `--show-document` nothing
 * runs.
 * @throws RehearsalError
 */
export function refuseIdleOptions(options: RehearseOptions): void {
  const meaningful = faultsOf(options.transition);
  const idle = options.faults.filter((name) => !meaningful.includes(name));
  if (idle.length > 0) {
    throw new RehearsalError(
      `--fault is ${idle.join(", ")}, which means nothing for ${options.transition}; it must be one of ${meaningful.join(", ")}.`,
    );
  }
  if (options.showDocument) {
    refuse(
      options,
      idleWithDocument,
      "--show-document prints the script of each transition and plays nothing.",
    );
  } else if (options.runScripts) {
    refuse(
      options,
      idleWithScripts,
      "--run-scripts runs the script once in this machine's shell and plays nothing.",
    );
  }
}

function refuse(
  options: RehearseOptions,
  idle: Readonly<Partial<Record<keyof RehearseOptions, unknown>>>,
  why: string,
): void {
  const given = Object.entries(options)
    .filter(([name, value]) => Object.entries(idle).some(([one, usual]) => one === name && value !== usual))
    .map(([name]) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`);
  const all = [...given, ...(options.faults.length > 0 ? ["--fault"] : [])];
  if (all.length > 0) throw new RehearsalError(`${why} Leave out ${all.join(", ")}.`);
}
