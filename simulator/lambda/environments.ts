import { readOutput } from "./output";
import { loadEnvironment, nameOfLoadError, type Handler } from "./environment";
import type { Files } from "./taskFolder";
import type { Context } from "../context";
import type { FunctionSettings } from "../world";

/** A running copy of a function. */
export interface Environment {
  readonly name: string;
  readonly role: string;
  handler: Handler;
  freeze(): void;
  isAlive(): boolean;
  isBusy: boolean;
  /** Whether its code could not be loaded. */
  isBroken: boolean;
  depth: number;
}

/** Files of a function by its ARN. */
export type Code = ReadonlyMap<string, { readonly files: Files; readonly handler: string }>;

/** Variables that Lambda itself sets in an environment; the access key names the environment. */
export type VariablesFor = (
  settings: FunctionSettings,
  environment: string,
) => Readonly<Record<string, string>>;

/** The environments of all functions: Lambda makes one where none is free, and destroys environments that failed. */
export class Environments {
  private readonly living = new Map<string, Environment[]>();
  /** All environments that were ever made, by name. */
  private readonly all = new Map<string, Environment>();

  constructor(
    private readonly context: Context,
    private readonly code: Code,
    private readonly variablesFor: VariablesFor,
  ) {}

  named(name: string): Environment | undefined {
    return this.all.get(name);
  }

  /** How many environments of a function have an invocation. */
  busyOf(settings: FunctionSettings): number {
    return this.of(settings).filter(({ isBusy }) => isBusy).length;
  }

  /** An environment without an invocation. */
  warmOf(settings: FunctionSettings): Environment | undefined {
    return this.of(settings).findLast(({ isBusy }) => !isBusy);
  }

  /** An environment in the making: it takes its place, but cannot be invoked yet. */
  reserve(settings: FunctionSettings): Environment {
    let isAlive = true;
    const environment: Environment = {
      name: `ENV${String(this.all.size + 1).padStart(17, "0")}`,
      role: settings.role,
      handler: () => undefined,
      freeze: () => {
        isAlive = false;
      },
      isAlive: () => isAlive,
      isBusy: true,
      isBroken: false,
      depth: 0,
    };
    this.all.set(environment.name, environment);
    this.of(settings).push(environment);
    return environment;
  }

  /** Loads the code; if that fails, Lambda says why, and the environment does not outlive its first invocation. */
  load(settings: FunctionSettings, environment: Environment): void {
    try {
      this.loadCode(settings, environment);
    } catch (error) {
      const errorType = nameOfLoadError(error);
      const errorMessage = error instanceof Error ? error.message : String(error);
      const entry = { errorType, errorMessage };
      this.context.record({ kind: "log", function: settings.name, level: "ERROR", entry });
      environment.isBroken = true;
    }
  }

  private loadCode(settings: FunctionSettings, environment: Environment): void {
    const code = this.code.get(settings.arn);
    if (code === undefined) throw new Error(`the simulator has no code for ${settings.name}`);
    const { name } = environment;
    const variables = { ...settings.environment, ...this.variablesFor(settings, name) };
    const { random, clock } = this.context;
    environment.handler = loadEnvironment(
      { ...code, variables },
      {
        clock,
        random,
        name,
        isAlive: environment.isAlive,
        stir: () => {
          this.context.stir();
        },
        log: (level, entry) => {
          this.context.record({ kind: "log", function: settings.name, level, entry });
        },
        write: (text) => {
          for (const line of text.split("\n").filter(Boolean))
            readOutput(settings.name, line).forEach(this.context.record);
        },
      },
    );
  }

  destroy(settings: FunctionSettings, environment: Environment): void {
    environment.freeze();
    const own = this.of(settings);
    own.splice(own.indexOf(environment), 1);
  }

  private of({ arn }: FunctionSettings): Environment[] {
    const own = this.living.get(arn) ?? [];
    this.living.set(arn, own);
    return own;
  }
}
