import type { Random } from "../random";
import type { Due, VirtualClock } from "../clock";
import { createLoader, ModuleNotFound } from "./modules";
import type { Files } from "./taskFolder";

/** What an environment is made of. */
export interface EnvironmentSource {
  readonly files: Files;
  /** Name of the entry point, as in `__index.handler`. */
  readonly handler: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** Where an environment lives. */
export interface Surroundings {
  readonly clock: VirtualClock;
  readonly random: Random;
  /** Name of the environment, unique in the simulator. */
  readonly name: string;
  /** False once Lambda has destroyed the environment; its timers do not fire any more. */
  isAlive(): boolean;
  /** Called before a timer runs. */
  stir(): void;
  log(level: string, entry: unknown): void;
  /** Gets each text that the code writes to its standard output itself. */
  write(text: string): void;
}

/** The context of an invocation, as far as the simulator has it. */
export interface InvocationContext {
  readonly awsRequestId: string;
  getRemainingTimeInMillis(): number;
}

/** A function ready to be invoked, as `handler` of its entry point. */
export type Handler = (event: unknown, context: InvocationContext) => unknown;

/**
 * Loads the files of a function as a fresh Lambda environment would: module state of its own, its own variables, the
 * runtime's JSON log. Its clock, its timers and its random numbers are the simulator's.
 * @throws any error that the code throws while it is loaded
 */
export function loadEnvironment(source: EnvironmentSource, surroundings: Surroundings): Handler {
  const load = createLoader(source.files, createGlobals(source, surroundings));
  const [file = "", name = ""] = source.handler.split(".");
  const entry = load(file);
  const handler =
    typeof entry === "object" && entry !== null ? (entry as Record<string, unknown>)[name] : undefined;
  if (typeof handler !== "function") throw new HandlerNotFound(source.handler);
  return handler as Handler;
}

/** An entry point that is not there. */
class HandlerNotFound extends Error {
  constructor(handler: string) {
    super(`${handler} is undefined or not exported`);
  }
}

/** Lambda's name for an error from the loading of the code. Source: Lambda's runtime for Node.js, Errors.js. */
export function nameOfLoadError(error: unknown): string {
  if (error instanceof ModuleNotFound) return "Runtime.ImportModuleError";
  if (error instanceof HandlerNotFound) return "Runtime.HandlerNotFound";
  if (error instanceof SyntaxError) return "Runtime.UserCodeSyntaxError";
  return error instanceof Error ? error.name : "Error";
}

/** Node.js keeps whole milliseconds; a delay of less than one counts as one. Source: Node.js, Timers, setTimeout. */
function wholeDelay(milliseconds: number): number {
  return milliseconds > 0 && milliseconds < 1 ? 1 : Math.trunc(milliseconds || 0);
}

/** The names that code in an environment finds in place of Node's own. */
function createGlobals(
  { variables }: EnvironmentSource,
  { random, clock, isAlive, log, name, stir, write }: Surroundings,
) {
  let draws = 0;
  const setTimer = (run: (...args: unknown[]) => void, milliseconds = 0, ...args: unknown[]) => {
    const due = clock.after(wholeDelay(milliseconds), () => {
      if (!isAlive()) return;
      stir();
      run(...args);
    });
    const handle = { due, ref: () => handle, unref: () => handle, hasRef: () => true, refresh: () => handle };
    return handle;
  };
  const clearTimer = (handle?: { readonly due?: { cancel(): void } }) => {
    handle?.due?.cancel();
  };
  const setRepeating = (run: (...args: unknown[]) => void, milliseconds = 0, ...args: unknown[]) => {
    const none: Due = { cancel: () => undefined };
    const handle = { due: none, ref: () => handle, unref: () => handle };
    const again = () => {
      handle.due = clock.after(milliseconds, () => {
        if (!isAlive()) return;
        stir();
        run(...args);
        again();
      });
    };
    again();
    return handle;
  };
  const logAs = (level: string) => (entry: unknown) => {
    log(level, entry);
  };
  const standardOutput = Object.assign(Object.create(process.stdout) as object, {
    write: (text: unknown) => {
      write(String(text));
      return true;
    },
  });
  class VirtualDate extends Date {
    constructor(...args: [] | [string | number | Date]) {
      super(args.length === 0 ? clock.now() : args[0]);
    }
    static override now(): number {
      return clock.now();
    }
  }
  return {
    Date: VirtualDate,
    setTimeout: setTimer,
    clearTimeout: clearTimer,
    setInterval: setRepeating,
    clearInterval: clearTimer,
    Math: Object.assign(Object.create(Math) as object, {
      random: () => random.draw(`random/${name}/${(draws += 1)}`),
    }),
    performance: { now: () => clock.now() },
    process: Object.create(process, {
      env: { value: { ...variables }, writable: true },
      emitWarning: { value: () => undefined },
      stdout: { value: standardOutput },
    }) as object,
    console: Object.assign(Object.create(console) as object, {
      log: logAs("INFO"),
      info: logAs("INFO"),
      debug: logAs("DEBUG"),
      warn: logAs("WARN"),
      error: logAs("ERROR"),
    }),
  };
}
