import { isAllowed } from "../iam";
import type { Receiver } from "../eventBus";
import { elapsed, type Context } from "../context";
import type { DeadLetter } from "../metrics";
import type { FunctionSettings, World } from "../world";
import { Environments, type Code, type Environment, type VariablesFor } from "./environments";

/** What the caller of an invocation gets: an answer passes as JSON. */
function outcomeOf(phase: "ended" | "failed" | "timedOut", value: unknown): SyncOutcome {
  switch (phase) {
    case "ended":
      return {
        kind: "answered",
        value: value === undefined ? null : (JSON.parse(JSON.stringify(value)) as unknown),
      };
    case "failed":
      return { kind: "failed", why: "it failed" };
    case "timedOut":
      return { kind: "failed", why: "it timed out" };
  }
}

/** Waits between the attempts at an event that the function failed on, ms. */
const retryWaits = [60_000, 120_000];

/** Shortest and longest wait of an event that found no free environment, ms. */
const throttleWait = { min: 1_000, max: 300_000 };

/** Invocations that Lambda takes for a loop when each invocation has caused the next. */
const recursionLimit = 16;

/** Memory that Lambda gives a whole vCPU, MB; a function with less is slower in proportion. */
const wholeProcessor = 1769;

/** An event in the queue of a function. */
interface Queued {
  readonly event: unknown;
  readonly trigger: string;
  readonly arrived: number;
  /** How many invocations in a row have caused the event. */
  readonly depth: number;
  attempts: number;
  throttled: number;
  /** Gets the answer, where somebody waits for it. */
  readonly done?: (outcome: SyncOutcome) => void;
}

/** The end of an invocation for whose answer somebody waits. */
export type SyncOutcome =
  { readonly kind: "answered"; readonly value: unknown } | { readonly kind: "failed"; readonly why: string };

/** Lambda: queues events, makes environments, invokes, tries again, gives up. */
export class Lambda implements Receiver {
  /** The messages in dead-letter queues. */
  readonly deadLetters: (DeadLetter & { readonly body: unknown })[] = [];
  private readonly environments: Environments;
  private invoked = 0;

  constructor(
    private readonly context: Context,
    private readonly world: World,
    code: Code,
    variablesFor: VariablesFor,
  ) {
    this.environments = new Environments(context, code, variablesFor);
  }

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

  /** Invokes a function and hands on its answer: nothing is tried again, and no event is kept. */
  invokeSync(functionArn: string, event: unknown, done: (outcome: SyncOutcome) => void): void {
    const settings = this.world.functions.find(({ arn }) => arn === functionArn);
    if (settings === undefined) {
      done({ kind: "failed", why: "there is no such function" });
      return;
    }
    const arrived = this.context.clock.now();
    this.attempt(settings, {
      event,
      trigger: "Auto Scaling",
      arrived,
      depth: 0,
      attempts: 0,
      throttled: 0,
      done,
    });
  }

  putAside(queue: string, body: unknown): void {
    this.deadLetters.push({ at: this.context.clock.now(), queue, body });
  }

  /** How deep in a chain of invocations an environment is just now. */
  depthOf(name: string): number {
    return this.environments.named(name)?.depth ?? 0;
  }

  /** The role with which an environment makes its calls, and whether it still can. */
  environmentOf(name: string): { readonly role: string; isAlive(): boolean } | undefined {
    return this.environments.named(name);
  }

  private attempt(settings: FunctionSettings, queued: Queued): void {
    const { clock } = this.context;
    if (clock.now() - queued.arrived > settings.maximumEventAge * 1000) {
      this.discard(settings, queued.event);
      return;
    }
    const busy = this.environments.busyOf(settings);
    if (settings.reservedConcurrency !== undefined && busy >= settings.reservedConcurrency) {
      queued.throttled += 1;
      this.record(settings, 0, queued.trigger, { phase: "throttled" });
      if (queued.done !== undefined) {
        queued.done({ kind: "failed", why: "no environment is free" });
        return;
      }
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
    const warm = this.environments.warmOf(settings);
    if (warm) {
      this.run(settings, queued, warm, id, behaviour.crashesAfter, false);
      return;
    }
    const fresh = this.environments.reserve(settings);
    clock.after(behaviour.coldStart, () => {
      this.environments.load(settings, fresh);
      this.run(settings, queued, fresh, id, behaviour.crashesAfter, true);
    });
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
    const finish = (phase: "ended" | "failed" | "timedOut", value?: unknown) => {
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
      if (phase === "timedOut" || crashed || environment.isBroken)
        this.environments.destroy(settings, environment);
      if (queued.done !== undefined) queued.done(outcomeOf(phase, value));
      else if (phase !== "ended") this.retry(settings, queued);
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
          (value) => {
            finish("ended", value);
          },
          (error: unknown) => {
            this.context.record({
              kind: "log",
              function: settings.name,
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

  /** Lambda gives up an event, and sends it to the on-failure destination if the role may. */
  private discard({ onFailure, role }: FunctionSettings, event: unknown): void {
    const statements = this.world.roles.get(role) ?? [];
    if (
      onFailure !== undefined &&
      isAllowed(statements, { action: "sqs:SendMessage", resource: onFailure })
    ) {
      this.putAside(onFailure, event);
    }
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
