import { checkCodes, type Transition } from "../contract";
import type { AwsError } from "./wire";
import type { Random } from "./random";

/** Behaviour of everything but the code under rehearsal and the rules of AWS. Times in milliseconds. */
export interface Behaviour {
  /** When each copy of a message arrives; empty if the message is lost. */
  deliveries(message: Message): readonly number[];
  /** The error that a call gets instead of its answer. */
  callError(call: CallFacts): AwsError | undefined;
  callLatency(call: CallFacts): number;
  /** Whether AWS does what a call asks for and never answers. */
  isUnanswered(call: CallFacts): boolean;
  /** Whether a call hangs: it never gets to AWS, and is never answered. */
  isHanging(call: CallFacts): boolean;
  /** The error that a call gets instead of its answer, though AWS has done what the call asked for. */
  lostAnswer(call: CallFacts): AwsError | undefined;
  /** How many calls of an action AWS takes each second; Infinity for no limit. */
  callRate(action: string): number;
  /** How many calls of a service AWS takes each second, all actions together; Infinity for no limit. */
  serviceRate(service: string): number;
  instance(instance: InstanceFacts): InstanceBehaviour;
  script(script: ScriptFacts): ScriptBehaviour;
  /** What the script does that tells an instance that it was chosen. */
  announceScript(script: ScriptFacts): ScriptBehaviour;
  invocation(invocation: InvocationFacts): InvocationBehaviour;
  /** How long the target group drains an instance, of its deregistration delay. */
  draining(instance: string, delay: number): number;
  /** When somebody else completes the action of their own hook, and how; undefined to let the action time out. */
  otherHook(hook: string, instance: string): { readonly after: number; readonly result: string } | undefined;
  /**
   * Whether a termination at a request returns an instance to a warm pool that takes instances back on scale-in. No page
   * of AWS says which it is.
   */
  returnsAtRequest(instance: string): boolean;
  /** How long a command stays invisible to lists after it was sent. */
  listingLag(command: string): number;
  /** Why SSM gives a command up on an instance at once, as its status details say; undefined if it does not. */
  undelivered(delivery: DeliveryFacts): Undelivered | undefined;
  /** How an agent deals with a command that it has fetched. */
  handling(delivery: DeliveryFacts): Handling;
  /** When somebody cancels a command on an instance, ms after it was sent; undefined if nobody does. */
  cancelledAfter(delivery: DeliveryFacts): number | undefined;
  /** Whether SSM says which instances it refuses. */
  namesRefused(instances: readonly string[]): boolean;
  /** What an instance in service says to a check whether it is busy, and how long that takes. */
  busyCheck(check: CheckFacts): CheckBehaviour;
  /** How CloudWatch Logs answers an agent that is to upload the output of a command. */
  scriptLogs(instance: string): ScriptLogs;
}

/** Details of a Failed command that no agent got. Source: Systems Manager, Understanding command statuses. */
export type Undelivered = "Undeliverable" | "Terminated" | "InvalidPlatform" | "AccessDenied";

/**
 * Whether CloudWatch Logs takes the output of scripts; `unreachable` is an endpoint that does not answer, `refused` an
 * endpoint that denies what the role does not allow.
 */
export type ScriptLogs = "taken" | "unreachable" | "refused";

/** A check of an instance. */
export interface CheckFacts {
  readonly instance: string;
  /** Milliseconds since the rehearsal began. */
  readonly elapsed: number;
}

/** What a check does. */
export interface CheckBehaviour {
  /** Exit code of the user's script: 0 for busy, 1 for idle, anything else for neither. */
  readonly exitCode: number;
  readonly takes: number;
}

/** A command on its way to an instance. */
export interface DeliveryFacts {
  readonly command: string;
  readonly instance: string;
  /** How many commands the instance was sent before. */
  readonly earlier: number;
}

/** How an agent deals with a command, apart from running its steps. */
export interface Handling {
  /** Code with which the agent fails the command at once, as its worker does not start; undefined if it starts. */
  readonly failsWith: number | undefined;
  /** How much later than usual the step starts, ms. */
  readonly startsAfter: number;
  /** Whether its report of the end reaches SSM. */
  readonly isReported: boolean;
}

/** A message to the function. */
export interface Message {
  readonly channel: "sns" | "eventbridge";
  /** Detail type of an event, or `hook` for a message of the topic. */
  readonly what: string;
  /** Unique id of the message. */
  readonly id: string;
  /** Milliseconds since the rehearsal began. */
  readonly elapsed: number;
}

/** A call of an API. */
export interface CallFacts {
  readonly service: string;
  readonly action: string;
  readonly caller: string;
  /** Number of the call among the calls of its caller. */
  readonly sequence: number;
  /** Instances that the call names. */
  readonly instances: readonly string[];
  /** Milliseconds since the rehearsal began. */
  readonly elapsed: number;
}

/** An instance that is launched. */
export interface InstanceFacts {
  readonly id: string;
  readonly group: string;
  /** Number of the instance in its group. */
  readonly index: number;
}

/** A span of time, milliseconds since the instance was launched or the script began. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What an instance does by itself. */
export interface InstanceBehaviour {
  /** From the launch to EC2's running state. */
  readonly boot: number;
  /** From running to the registration of the agent; Infinity for never. */
  readonly agentStart: number;
  /** Incidents once the instance terminates, from the moment that the hook fires. */
  readonly incidents: readonly Incident[];
  /** When EC2 warns that it interrupts the instance, ms since the rehearsal began; undefined if it never does. */
  readonly interruptedAt?: number;
  /** Whether it lacks the tags that its group gives to instances. Defaults to false. */
  readonly lacksTags?: boolean;
}

/** An incident of an instance. Milliseconds since its stop hook fired; the launch of the group has no incidents. */
export type Incident =
  /** The agent is away: stopped, restarted, updated. Scripts run on. */
  | ({ readonly kind: "agentAway" } & Span)
  /** The agent is there, and takes no command. */
  | ({ readonly kind: "agentBusy" } & Span)
  /** The machine reboots: scripts are cut off. */
  | ({ readonly kind: "reboot" } & Span)
  /** The machine is gone for good: it dies, or somebody stops or terminates it in EC2. */
  | { readonly kind: "crash" | "stop" | "termination"; readonly from: number };

/** A script about to run. */
export interface ScriptFacts {
  readonly instance: string;
  readonly transition: Transition;
  readonly run: number;
}

/** What a script does. */
export interface ScriptBehaviour {
  /** Until it ends by itself. */
  readonly takes: number;
  readonly exitCode: number;
  /** Whether it ends when it gets SIGTERM. */
  readonly heedsTerm: boolean;
  /** What it writes. Defaults to nothing. */
  readonly writes?: string;
}

/** An invocation about to start. */
export interface InvocationFacts {
  readonly function: string;
  readonly id: number;
  readonly trigger: string;
  readonly elapsed: number;
}

/** How Lambda treats an invocation. */
export interface InvocationBehaviour {
  /** Time to make an environment, if Lambda has to make one. */
  readonly coldStart: number;
  /** After how many milliseconds the environment crashes in the middle of the invocation; undefined if it does not. */
  readonly crashesAfter: number | undefined;
}

/** What a rehearsal assumes of scripts and instances. Seconds. */
export interface Assumptions {
  readonly scriptSeconds: Readonly<Record<Transition, number>>;
  /** Whether an instance is busy, ms after the rehearsal began. Defaults to idle instances. */
  readonly isBusy?: (instance: string, elapsed: number) => boolean;
}

/** A good day: small delays, nothing lost, nothing broken. Figures after captures of real traffic. */
export class NormalBehaviour implements Behaviour {
  constructor(
    protected readonly random: Random,
    protected readonly assumptions: Assumptions,
  ) {}

  deliveries({ id }: Message): readonly number[] {
    return [this.random.between(`delivery/${id}`, 40, 400)];
  }

  callError(_: CallFacts): AwsError | undefined {
    return undefined;
  }

  isUnanswered(_: CallFacts): boolean {
    return false;
  }

  isHanging(_: CallFacts): boolean {
    return false;
  }

  lostAnswer(_: CallFacts): AwsError | undefined {
    return undefined;
  }

  callRate(_: string): number {
    return Infinity;
  }

  serviceRate(_: string): number {
    return Infinity;
  }

  callLatency({ caller, sequence }: CallFacts): number {
    return this.random.between(`latency/${caller}/${sequence}`, 20, 90);
  }

  instance({ id }: InstanceFacts): InstanceBehaviour {
    return {
      boot: this.random.between(`boot/${id}`, 5_000, 9_000),
      agentStart: this.random.between(`agent/${id}`, 15_000, 35_000),
      incidents: [],
    };
  }

  script({ instance, run, transition }: ScriptFacts): ScriptBehaviour {
    const usual = this.assumptions.scriptSeconds[transition] * 1000;
    const spread = this.random.between(`script/${instance}/${transition}/${run}`, 80, 120) / 100;
    return { takes: Math.round(usual * spread), exitCode: 0, heedsTerm: true };
  }

  announceScript({ instance, run }: ScriptFacts): ScriptBehaviour {
    const takes = this.random.between(`announce/${instance}/${run}`, 500, 3_000);
    return { takes, exitCode: 0, heedsTerm: true };
  }

  invocation({ id }: InvocationFacts): InvocationBehaviour {
    return { coldStart: this.random.between(`cold/${id}`, 180, 320), crashesAfter: undefined };
  }

  draining(_: string, delay: number): number {
    return delay;
  }

  otherHook(hook: string, instance: string) {
    return { after: this.random.between(`other/${hook}/${instance}`, 1_000, 20_000), result: "CONTINUE" };
  }

  returnsAtRequest(_: string): boolean {
    return false;
  }

  listingLag(command: string): number {
    return this.random.between(`listing/${command}`, 100, 900);
  }

  undelivered(_: DeliveryFacts): Undelivered | undefined {
    return undefined;
  }

  handling(_: DeliveryFacts): Handling {
    return { failsWith: undefined, startsAfter: 0, isReported: true };
  }

  cancelledAfter(_: DeliveryFacts): number | undefined {
    return undefined;
  }

  namesRefused(_: readonly string[]): boolean {
    return true;
  }

  busyCheck({ elapsed, instance }: CheckFacts): CheckBehaviour {
    const isBusy = this.assumptions.isBusy?.(instance, elapsed) ?? false;
    return {
      exitCode: checkCodes[isBusy ? "busy" : "idle"],
      takes: this.random.between(`check/${instance}/${elapsed}`, 10, 60),
    };
  }

  scriptLogs(_: string): ScriptLogs {
    return "taken";
  }
}
