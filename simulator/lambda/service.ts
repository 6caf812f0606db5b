import { isAllowed } from "../iam";
import type { Receiver } from "../eventBus";
import { elapsed, type Context } from "../context";
import type { FunctionSettings, World } from "../world";
import { loadEnvironment, nameOfLoadError, type Handler } from "./environment";
import type { Files } from "./taskFolder";

/** Waits between the attempts at an event that the function failed on, ms. */
const retryWaits = [60_000, 120_000];

/** Shortest and longest wait of an event that found no free environment, ms. */
const throttleWait = { min: 1_000, max: 300_000 };

/** Invocations that Lambda takes to be a loop when each has caused the next. */
const recursionLimit = 16;

/** Memory that Lambda gives a whole vCPU, MB; a function with less is slower in proportion. */
const wholeProcessor = 1769;

/** An event in the queue of a function. */
interface Queued {
  readonly event: unknown;
  readonly trigger: string;
  readonly arrived: number;
  /** How many invocations in a row have caused it. */
  readonly depth: number;
  attempts: number;
  throttled: number;
}

/** A running copy of a function. */
interface Environment {
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

/** Lambda: queues events, makes environments, invokes, tries again, gives up. */
export class Lambda implements Receiver {
  /** What was put into dead-letter queues. */
  readonly deadLetters: { readonly queue: string; readonly body: unknown }[] = [];
  private readonly environments = new Map<string, Environment[]>();
  /** All that were ever made, by name. */
  private readonly all = new Map<string, Environment>();
  private made = 0;
  private invoked = 0;

  constructor(
    private readonly context: Context,
    private readonly world: World,
    private readonly code: Code,
    /** Variables that Lambda itself sets; the access key names the environment. */
    private readonly variablesFor: (
      settings: FunctionSettings,
      environment: string,
    ) => Readonly<Record<string, string>>,
  ) {}

  invokeAsync(functionArn: string, event: unknown, trigger: string, depth = 0): void {
    const settings = this.world.functions.find(({ arn }) => arn === functionArn);
    if (settings === undefined) return;
    if (depth >= recursionLimit) {
      this.record(settings, 0, trigger, { phase: "dropped" });
      this.discard(settings, event);
      return;
    }
    const queued: Queued = {
      event,
      trigger,
      arrived: this.context.clock.now(),
      depth,
      attempts: 0,
      throttled: 0,
    };
    this.attempt(settings, queued);
  }

  putAside(queue: string, body: unknown): void {
    this.deadLetters.push({ queue, body });
  }

  /** How deep in a chain of invocations an environment is just now. */
  depthOf(name: string): number {
    return this.all.get(name)?.depth ?? 0;
  }

  /** The role with which an environment makes its calls, and whether it still can. */
  environmentOf(name: string): { readonly role: string; isAlive(): boolean } | undefined {
    return this.all.get(name);
  }

  private attempt(settings: FunctionSettings, queued: Queued): void {
    const { clock } = this.context;
    if (clock.now() - queued.arrived > settings.maximumEventAge * 1000) {
      this.discard(settings, queued.event);
      return;
    }
    const own = this.environments.get(settings.arn) ?? [];
    this.environments.set(settings.arn, own);
    const busy = own.filter(({ isBusy }) => isBusy).length;
    if (settings.reservedConcurrency !== undefined && busy >= settings.reservedConcurrency) {
      queued.throttled += 1;
      this.record(settings, 0, queued.trigger, { phase: "throttled" });
      const wait = Math.min(throttleWait.max, throttleWait.min * 2 ** (queued.throttled - 1));
      clock.after(wait, () => {
        this.attempt(settings, queued);
      });
      return;
    }
    this.invoked += 1;
    const id = this.invoked;
    const behaviour = this.context.behaviour.invocation({
      function: settings.name,
      id,
      trigger: queued.trigger,
      elapsed: elapsed(this.context),
    });
    const warm = own.findLast(({ isBusy }) => !isBusy);
    if (warm) {
      this.run(settings, queued, warm, id, behaviour.crashesAfter, false);
      return;
    }
    const fresh = this.reserve(settings);
    own.push(fresh);
    clock.after(behaviour.coldStart, () => {
      this.load(settings, fresh);
      this.run(settings, queued, fresh, id, behaviour.crashesAfter, true);
    });
  }

  /** An environment in the making: it takes its place, but cannot be invoked yet. */
  private reserve({ role }: FunctionSettings): Environment {
    this.made += 1;
    let isAlive = true;
    const environment: Environment = {
      name: `ENV${String(this.made).padStart(17, "0")}`,
      role,
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
    return environment;
  }

  /** Loads the code; if that fails, Lambda says why, and the environment does not outlive its first invocation. */
  private load(settings: FunctionSettings, environment: Environment): void {
    try {
      this.loadCode(settings, environment);
    } catch (error) {
      const errorType = nameOfLoadError(error);
      const errorMessage = error instanceof Error ? error.message : String(error);
      this.context.record({ kind: "log", level: "ERROR", entry: { errorType, errorMessage } });
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
          this.context.record({ kind: "log", level, entry });
        },
      },
    );
  }

  private run(
    settings: FunctionSettings,
    queued: Queued,
    environment: Environment,
    id: number,
    crashesAfter: number | undefined,
    cold: boolean,
  ): void {
    const { clock } = this.context;
    environment.isBusy = true;
    environment.depth = queued.depth;
    queued.attempts += 1;
    const began = clock.now();
    const end = began + settings.timeout * 1000;
    this.record(settings, id, queued.trigger, {
      phase: "started",
      cold,
      environment: environment.name,
    });
    let isOver = false;
    const finish = (phase: "ended" | "failed" | "timedOut") => {
      if (isOver) return;
      isOver = true;
      timeout.cancel();
      crash?.cancel();
      environment.isBusy = false;
      this.record(settings, id, queued.trigger, {
        phase,
        environment: environment.name,
        billed: Math.max(1, Math.ceil(clock.now() - began)),
      });
      if (phase === "timedOut" || crashed || environment.isBroken) this.destroy(settings, environment);
      if (phase !== "ended") this.retry(settings, queued);
    };
    let crashed = false;
    const timeout = clock.at(end, () => {
      finish("timedOut");
    });
    const crash =
      crashesAfter === undefined
        ? undefined
        : clock.after(crashesAfter, () => {
            crashed = true;
            finish("failed");
          });
    const context = {
      awsRequestId: this.context.random.uuid(`invocation/${id}`),
      getRemainingTimeInMillis: () => end - clock.now(),
    };
    if (environment.isBroken) {
      finish("failed");
      return;
    }
    // The code of the handler itself takes a moment too: less with more memory, as memory buys processor time.
    const thinking = Math.round((2 * wholeProcessor) / settings.memorySize);
    clock.after(thinking, () => {
      this.context.stir();
      void Promise.resolve()
        .then(() => environment.handler(queued.event, context))
        .then(
          () => {
            finish("ended");
          },
          (error: unknown) => {
            this.context.record({
              kind: "log",
              level: "ERROR",
              entry: { message: String(error), unhandled: true },
            });
            finish("failed");
          },
        );
    });
  }

  private retry(settings: FunctionSettings, queued: Queued): void {
    const wait = retryWaits[queued.attempts - 1];
    if (queued.attempts > settings.maximumRetryAttempts || wait === undefined) {
      this.discard(settings, queued.event);
      return;
    }
    this.context.clock.after(wait, () => {
      this.attempt(settings, queued);
    });
  }

  /** Sends an event that is given up to the on-failure destination, if the role may. */
  private discard({ onFailure, role }: FunctionSettings, event: unknown): void {
    const statements = this.world.roles.get(role) ?? [];
    if (
      onFailure !== undefined &&
      isAllowed(statements, { action: "sqs:SendMessage", resource: onFailure })
    ) {
      this.putAside(onFailure, event);
    }
  }

  private destroy(settings: FunctionSettings, environment: Environment): void {
    environment.freeze();
    const own = this.environments.get(settings.arn) ?? [];
    own.splice(own.indexOf(environment), 1);
  }

  private record(
    settings: FunctionSettings,
    id: number,
    trigger: string,
    rest:
      | { phase: "started"; cold: boolean; environment: string }
      | { phase: "ended" | "failed" | "timedOut"; billed: number; environment: string }
      | { phase: "throttled" | "dropped" },
  ): void {
    this.context.record({
      kind: "invocation",
      function: settings.name,
      id,
      environment: "",
      trigger,
      ...rest,
    });
  }
}
