import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire as createNodeRequire } from "node:module";
import { tmpdir } from "node:os";
import * as path from "node:path";
import type { Chance } from "../chance";
import type { Due, VirtualClock } from "../clock";
import { createRequire } from "./modules";

/** What an environment is made of. */
export interface EnvironmentSource {
  readonly files: ReadonlyMap<string, string>;
  /** Name of the entry point, as in `__index.handler`. */
  readonly handler: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** Where an environment lives. */
export interface Surroundings {
  readonly clock: VirtualClock;
  readonly chance: Chance;
  /** Name of the environment, unique in the box. */
  readonly name: string;
  /** False once Lambda has done away with it; its timers do not fire any more. */
  isAlive(): boolean;
  /** Told before a timer runs. */
  stir(): void;
  log(level: string, entry: unknown): void;
}

/** The context of an invocation, as far as there is one. */
export interface InvocationContext {
  readonly awsRequestId: string;
  getRemainingTimeInMillis(): number;
}

/** A function ready to be invoked, as `handler` of its entry point. */
export type Handler = (event: unknown, context: InvocationContext) => unknown;

/**
 * Loads the files of a function as a fresh Lambda environment would: module state of its own, its own variables, the
 * runtime's JSON log. Its clock, its timers and its luck are the box's.
 * @throws what the code throws while it is loaded
 */
export function loadEnvironment(source: EnvironmentSource, surroundings: Surroundings): Handler {
  const names = createGlobals(source, surroundings);
  const modules = new Map<string, { exports: unknown }>();
  const load = (file: string): unknown => {
    const known = modules.get(file);
    if (known) return known.exports;
    const text = source.files.get(file);
    if (text === undefined) throw new Error(`Cannot find module '${file}'`);
    const module = { exports: {} as unknown };
    modules.set(file, module);
    const require = createRequire((name) => load(resolve(source.files, name)));
    const run = compile(file, text, Object.keys(names));
    run.call(
      module.exports,
      module.exports,
      require,
      module,
      `/var/task/${file}`,
      "/var/task",
      ...Object.values(names),
    );
    return module.exports;
  };
  const [file = "", name = ""] = source.handler.split(".");
  const entry = load(`${file}.js`);
  const handler =
    typeof entry === "object" && entry !== null ? (entry as Record<string, unknown>)[name] : undefined;
  if (typeof handler !== "function") throw new Error(`${source.handler} is undefined or not exported`);
  return handler as Handler;
}

function resolve(files: ReadonlyMap<string, string>, name: string): string {
  const file = name.replace(/^\.\//, "");
  return files.has(file) ? file : `${file}.js`;
}

/** Compiled code is shared: what is fresh in an environment is its state. */
const compiled = new Map<string, CompiledFile>();

type CompiledFile = (this: unknown, ...values: readonly unknown[]) => void;

/**
 * Compiles a file into a function of the names that it finds in place of Node's own. Node's own loader does it, from a
 * file, so that dynamic imports work as ever.
 */
function compile(file: string, text: string, names: readonly string[]): CompiledFile {
  const parameters = ["exports", "require", "module", "__filename", "__dirname", ...names].join(", ");
  const known = compiled.get(text);
  if (known) return known;
  const folder = mkdtempSync(path.join(tmpdir(), "graceful-asg-"));
  const place = path.join(folder, path.basename(file));
  try {
    writeFileSync(place, `module.exports = function (${parameters}) {${text}\n};`);
    const made = nodeRequire(place) as CompiledFile;
    compiled.set(text, made);
    return made;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const nodeRequire = createNodeRequire(__filename);

/** The names that code in an environment finds in place of Node's own. */
function createGlobals(
  { variables }: EnvironmentSource,
  { chance, clock, isAlive, log, name, stir }: Surroundings,
) {
  let draws = 0;
  const setTimer = (run: (...args: unknown[]) => void, milliseconds = 0, ...args: unknown[]) => {
    const due = clock.after(milliseconds || 0, () => {
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
  const write = (level: string) => (entry: unknown) => {
    log(level, entry);
  };
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
      random: () => chance.draw(`random/${name}/${(draws += 1)}`),
    }),
    performance: { now: () => clock.now() },
    process: Object.assign(Object.create(process) as object, {
      env: { ...variables },
      emitWarning: () => undefined,
    }),
    console: Object.assign(Object.create(console) as object, {
      log: write("INFO"),
      info: write("INFO"),
      debug: write("DEBUG"),
      warn: write("WARN"),
      error: write("ERROR"),
    }),
  };
}
