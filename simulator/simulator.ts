import { startWireServer, type Call, type Service } from "./wire";
import { createCallers } from "./api/callers";
import type { Output } from "./api/operation";
import { ApiServer } from "./api/server";
import { createServices } from "./api/services";
import { AutoScaling } from "./autoScaling/service";
import { Random } from "./random";
import { VirtualClock } from "./clock";
import type { Behaviour } from "./behaviour";
import { Ec2 } from "./ec2";
import { EventBus, mayInvoke } from "./eventBus";
import { Activity } from "./lambda/activity";
import type { Code } from "./lambda/environments";
import { Lambda } from "./lambda/service";
import type { SimulationEvent } from "./event";
import { Fleet } from "./ssm/fleet";
import { RunCommand } from "./ssm/service";
import type { Context } from "./context";
import type { Statement } from "./iam";
import { Topics } from "./topic";
import type { FunctionSettings, World } from "./world";

/** What a simulator is opened with. */
export interface SimulatorOptions {
  readonly world: World;
  readonly code: Code;
  readonly seed: string;
  readonly behaviour: (random: Random) => Behaviour;
  /** Called for everything that happens, as it happens. */
  readonly onEvent?: (event: SimulationEvent) => void;
  /** What people at the command line may do, by their access keys. Defaults to nobody besides `operatorKey`. */
  readonly operators?: ReadonlyMap<string, readonly Statement[]>;
}

/** When every rehearsal begins, ms since 1970: a Thursday, in the middle of nothing. */
const beginning = Date.UTC(2026, 0, 1, 12, 0, 0);

/** AWS in virtual time: one account in one Region, the same for the same seed. */
export class Simulator {
  readonly context: Context;
  readonly autoScaling: AutoScaling;
  readonly runCommand: RunCommand;
  readonly ec2: Ec2;
  readonly lambda: Lambda;
  readonly events: SimulationEvent[] = [];
  private readonly activity = new Activity((port) => {
    this.api.giveUp(port);
  });
  /** How often code has started, and up to which start it has come to rest. */
  private stirs = 0;
  private settled = 0;
  private readonly api: ApiServer;
  /** The bus for the events of services; a rehearsal may put any event there. */
  readonly bus: EventBus;
  readonly topics: Topics;

  private constructor(
    { code, behaviour, onEvent, operators = new Map(), seed, world }: SimulatorOptions,
    private readonly url: () => string,
  ) {
    const clock = new VirtualClock(beginning);
    const random = new Random(seed);
    const [first] = world.groups;
    const [, partition = "aws", , region = "us-east-1", id = "123456789012"] = first?.arn.split(":") ?? [];
    this.context = {
      clock,
      random,
      behaviour: behaviour(random),
      account: { id, region, partition },
      began: beginning,
      record: (happening) => {
        const event = { at: clock.now(), ...happening };
        this.events.push(event);
        onEvent?.(event);
      },
      stir: () => {
        this.stirs += 1;
      },
    };
    const fleet = new Fleet(this.context);
    this.lambda = new Lambda(this.context, world, code, (settings, key) =>
      this.lambdaVariables(settings, key),
    );
    this.bus = new EventBus(this.context, world, this.lambda);
    this.topics = new Topics(this.context, world, this.lambda);
    this.autoScaling = new AutoScaling(
      this.context,
      world,
      this.bus,
      this.topics,
      fleet,
      (functionArn, event, principal, done) => {
        if (mayInvoke(world, functionArn, principal, principal))
          this.lambda.invokeSync(functionArn, event, done);
        else done({ kind: "failed", why: "Auto Scaling may not invoke it" });
      },
    );
    fleet.onLost = (instance, why) => {
      this.autoScaling.lifecycle.lost(instance, why);
    };
    this.ec2 = new Ec2(this.context, this.autoScaling, this.bus);
    this.runCommand = new RunCommand(this.context, world, this.bus, this.autoScaling, fleet);
    this.api = new ApiServer(
      this.context,
      createServices({
        context: this.context,
        world,
        events: this.events,
        autoScaling: this.autoScaling,
        ec2: this.ec2,
        bus: this.bus,
        topics: this.topics,
        lambda: this.lambda,
        runCommand: this.runCommand,
        fleet,
      }),
      createCallers({ context: this.context, world, lambda: this.lambda, operators }),
    );
  }

  /** Opens a simulator on the loopback. */
  static async open(
    options: SimulatorOptions,
  ): Promise<{ readonly simulator: Simulator; readonly url: string; close(): Promise<void> }> {
    const address = { url: "" };
    const simulator = new Simulator(options, () => address.url);
    const server = await startWireServer(
      (call, port) => simulator.api.receive(call, port),
      () => new Date(simulator.context.clock.now()),
    );
    address.url = server.url;
    simulator.activity.start();
    simulator.bus.startSchedules();
    const close = async () => {
      simulator.activity.stop();
      await server.close();
    };
    return { simulator, url: server.url, close };
  }

  /**
   * Lets time pass until an instant, or until nothing more is due.
   * @param isDone asked before each step in time
   */
  async run(until: number, isDone: () => boolean = () => false): Promise<void> {
    this.stirs += 1;
    for (;;) {
      if (this.settled < this.stirs) await this.settle();
      if (isDone()) return;
      const next = this.context.clock.next();
      if (next === undefined || next > until) return;
      this.context.clock.step();
    }
  }

  /** Called with each answer that is no error, before it is written for the wire. */
  set onAnswer(listener: ((call: Call, output: Output) => void) | undefined) {
    this.api.onAnswer = listener;
  }

  /** Names of the calls that the simulator answers. */
  actionsOf(service: Service): readonly string[] {
    return this.api.actionsOf(service);
  }

  /** Whether a client waits for an answer that will come. */
  get isAsked(): boolean {
    return this.api.answerable > 0;
  }

  /** Answers the calls of clients outside of the simulator, and lets no more time pass than that takes. */
  async answer(): Promise<void> {
    await this.settle();
    while (this.api.answerable > 0 && this.context.clock.next() !== undefined) {
      this.context.clock.step();
      await this.settle();
    }
  }

  /** Waits for all code in the simulator to come to rest, and gives its calls their turn. */
  async settle(): Promise<void> {
    this.settled = this.stirs;
    await this.activity.settle(() => this.api.waiting);
    this.api.schedule();
  }

  /** Variables that Lambda sets in the environment of a function. */
  private lambdaVariables({ name }: FunctionSettings, key: string): Readonly<Record<string, string>> {
    return {
      AWS_LAMBDA_FUNCTION_NAME: name,
      AWS_REGION: this.context.account.region,
      AWS_ACCESS_KEY_ID: key,
      AWS_SECRET_ACCESS_KEY: "simulator",
      AWS_SESSION_TOKEN: "simulator",
      AWS_ENDPOINT_URL: this.url(),
    };
  }
}
