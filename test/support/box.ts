import { AutoScalingClient } from "@aws-sdk/client-auto-scaling";
import { SSMClient } from "@aws-sdk/client-ssm";
import { GracefulAutoScalingGroup, type GracefulAutoScalingGroupArgs } from "../../components";
import {
  Box,
  GoodDay,
  operatorKey,
  type Chance,
  type Code,
  type Conduct,
  type Occurrence,
  type World,
} from "../../simulator";
import { readWorld } from "../../stack";
import type { Group } from "../../simulator/autoScaling/model";
import { codeOf } from "../../cli/rehearsal/rehearsal";
import { groupArgs, registered } from "./deployment";

/** What a test wants of a box. */
export interface Setting {
  readonly args?: Partial<GracefulAutoScalingGroupArgs>;
  /** What makes the world instead of a group with these arguments. */
  readonly program?: () => unknown;
  readonly seed?: string;
  /** Seconds that scripts take, about. */
  readonly scriptSeconds?: number;
  readonly conduct?: (usual: Conduct, chance: Chance) => Conduct;
  readonly world?: (world: World) => World;
  readonly code?: (code: Code) => Code;
}

/** The same for a group whose target group lets instances go at once, so that actions begin when instances leave. */
export function withoutDrain(setting: Setting): Setting {
  return { ...setting, args: { targetGroup: { port: 8080, deregistrationDelay: 0 }, ...setting.args } };
}

/** A box with one group, and somebody at the command line. */
export class Stand {
  /** Clients of an operator who may do everything. */
  readonly autoScaling: AutoScalingClient;
  readonly ssm: SSMClient;

  private constructor(
    readonly box: Box,
    readonly world: World,
    readonly url: string,
    readonly close: () => Promise<void>,
  ) {
    const client = {
      region: "us-east-1",
      endpoint: url,
      credentials: { accessKeyId: operatorKey, secretAccessKey: "box" },
      maxAttempts: 1,
    };
    this.autoScaling = new AutoScalingClient(client);
    this.ssm = new SSMClient(client);
  }

  static async open({
    args,
    code = asItIs,
    conduct = asItIs,
    program = () => new GracefulAutoScalingGroup("web", groupArgs({ maxSize: 1000, minSize: 0, ...args })),
    scriptSeconds = 20,
    seed = "1",
    world = asItIs,
  }: Setting = {}): Promise<Stand> {
    const itsWorld = world(readWorld(await registered(program)));
    const seconds = { launch: scriptSeconds, terminate: scriptSeconds };
    const { box, close, url } = await Box.open({
      world: itsWorld,
      code: code(codeOf(itsWorld)),
      seed,
      conduct: (chance) => conduct(new GoodDay(chance, { scriptSeconds: seconds }), chance),
    });
    return new Stand(box, itsWorld, url, close);
  }

  get group(): Group {
    const [group] = this.box.autoScaling.groups.values();
    if (group === undefined) throw new Error("the box has no group");
    return group;
  }

  /** Seconds since the beginning. */
  get now(): number {
    return (this.box.stage.clock.now() - this.box.stage.began) / 1000;
  }

  /** Lets seconds pass. */
  async pass(seconds: number): Promise<void> {
    const end = this.box.stage.clock.now() + seconds * 1000;
    this.box.stage.clock.at(end, () => undefined);
    await this.box.run(end);
  }

  /** A call from outside, which the box answers meanwhile. */
  async call<T>(make: () => Promise<T>): Promise<T> {
    const state = { isOver: false };
    const result = make().finally(() => {
      state.isOver = true;
    });
    result.catch(() => undefined);
    while (!state.isOver) {
      await new Promise((resolve) => setImmediate(resolve));
      await this.box.answer();
    }
    return result;
  }

  /** Terminates instances: as many as there are, unless said otherwise. */
  async scaleIn(from: number, to = 0): Promise<void> {
    this.box.autoScaling.populate(this.group, from);
    this.box.autoScaling.setDesired(this.group, to);
    await this.pass(0);
  }

  of<Kind extends Occurrence["kind"]>(kind: Kind): Extract<Occurrence, { kind: Kind }>[] {
    return this.box.occurrences.filter(
      (one): one is Extract<Occurrence, { kind: Kind }> => one.kind === kind,
    );
  }

  /** Calls of the handler by name, without the sweep's one a minute. */
  calls(): string[] {
    return this.of("call")
      .filter(({ caller }) => caller !== "operator")
      .map(({ action, error }) => (error === undefined ? action : `${action}: ${error}`))
      .filter((name) => name !== "DescribeAutoScalingGroups");
  }

  /** States that an instance passed, with seconds. */
  states(): string[] {
    return this.of("instance").map(
      ({ at, state }) => `${Math.round((at - this.box.stage.began) / 1000)} ${state}`,
    );
  }
}

function asItIs<T>(value: T): T {
  return value;
}
