import { AutoScalingClient } from "@aws-sdk/client-auto-scaling";
import { EC2Client } from "@aws-sdk/client-ec2";
import { SSMClient } from "@aws-sdk/client-ssm";
import { GracefulAutoScalingGroup, type GracefulAutoScalingGroupArgs } from "../../components";
import {
  Simulator,
  NormalBehaviour,
  operatorKey,
  type Random,
  type SimulatorOptions,
  type Code,
  type Behaviour,
  type SimulationEvent,
  type World,
} from "../../simulator";
import { readWorld } from "../../stack";
import type { Group } from "../../simulator/autoScaling/model";
import { codeOf } from "../../cli/rehearsal/rehearsal";
import { groupArgs, registered } from "./deployment";

/** Settings of a simulator for a test. */
export interface Setting {
  readonly args?: Partial<GracefulAutoScalingGroupArgs>;
  /** Makes the world instead of a group with `args`. */
  readonly program?: () => unknown;
  readonly seed?: string;
  /** Seconds that scripts take, about. */
  readonly scriptSeconds?: number;
  readonly behaviour?: (usual: Behaviour, random: Random) => Behaviour;
  readonly world?: (world: World) => World;
  readonly code?: (code: Code) => Code;
  /** What people besides the operator may do, by their access keys. */
  readonly operators?: SimulatorOptions["operators"];
}

/** The same for a group without a deregistration delay, so that actions begin when instances leave. */
export function withoutDrain(setting: Setting): Setting {
  return { ...setting, args: { targetGroup: { port: 8080, deregistrationDelay: 0 }, ...setting.args } };
}

/** A simulator with one group, and an operator at the command line. */
export class TestBed {
  /** Clients of an operator who may do everything. */
  readonly autoScaling: AutoScalingClient;
  readonly ssm: SSMClient;
  readonly ec2: EC2Client;

  private constructor(
    readonly simulator: Simulator,
    readonly world: World,
    readonly url: string,
    readonly close: () => Promise<void>,
  ) {
    const client = {
      region: "us-east-1",
      endpoint: url,
      credentials: { accessKeyId: operatorKey, secretAccessKey: "simulator" },
      maxAttempts: 1,
    };
    this.autoScaling = new AutoScalingClient(client);
    this.ssm = new SSMClient(client);
    this.ec2 = new EC2Client(client);
  }

  static async open({
    args,
    code = asItIs,
    behaviour = asItIs,
    operators = new Map(),
    program = () => new GracefulAutoScalingGroup("web", groupArgs({ maxSize: 1000, minSize: 0, ...args })),
    scriptSeconds = 20,
    seed = "1",
    world = asItIs,
  }: Setting = {}): Promise<TestBed> {
    const itsWorld = world(readWorld(await registered(program)));
    const seconds = { launch: scriptSeconds, terminate: scriptSeconds };
    const { simulator, close, url } = await Simulator.open({
      world: itsWorld,
      code: code(codeOf(itsWorld)),
      operators,
      seed,
      behaviour: (random) => behaviour(new NormalBehaviour(random, { scriptSeconds: seconds }), random),
    });
    return new TestBed(simulator, itsWorld, url, close);
  }

  get group(): Group {
    const [group] = this.simulator.autoScaling.groups.values();
    if (group === undefined) throw new Error("the simulator has no group");
    return group;
  }

  /** Seconds since the beginning. */
  get now(): number {
    return (this.simulator.context.clock.now() - this.simulator.context.began) / 1000;
  }

  /** Lets seconds pass. */
  async pass(seconds: number): Promise<void> {
    const end = this.simulator.context.clock.now() + seconds * 1000;
    this.simulator.context.clock.at(end, () => undefined);
    await this.simulator.run(end);
  }

  /** A call from outside, which the simulator answers meanwhile. */
  async call<T>(make: () => Promise<T>): Promise<T> {
    const state = { isOver: false };
    const result = make().finally(() => {
      state.isOver = true;
    });
    result.catch(() => undefined);
    while (!state.isOver) {
      await new Promise((resolve) => setImmediate(resolve));
      await this.simulator.answer();
    }
    return result;
  }

  /** Makes `from` instances, and scales in to `to`. */
  async scaleIn(from: number, to = 0): Promise<void> {
    this.simulator.autoScaling.populate(this.group, from);
    this.simulator.autoScaling.setDesired(this.group, to);
    await this.pass(0);
  }

  of<Kind extends SimulationEvent["kind"]>(kind: Kind): Extract<SimulationEvent, { kind: Kind }>[] {
    return this.simulator.events.filter(
      (one): one is Extract<SimulationEvent, { kind: Kind }> => one.kind === kind,
    );
  }

  /** Calls of the handler by name, without the sweep's call every minute. */
  calls(): string[] {
    return this.of("call")
      .filter(({ caller }) => caller !== "operator")
      .map(({ action, error }) => (error === undefined ? action : `${action}: ${error}`))
      .filter((name) => name !== "DescribeAutoScalingGroups");
  }

  /** States that an instance passed, with seconds. */
  states(): string[] {
    return this.of("instance").map(
      ({ at, state }) => `${Math.round((at - this.simulator.context.began) / 1000)} ${state}`,
    );
  }
}

function asItIs<T>(value: T): T {
  return value;
}
