import type { BusyAnswer, Route, Transition } from "../contract";

/** Something that happened in the simulator. Instants are milliseconds since 1970. */
export type SimulationEvent = { readonly at: number } & Happening;

/** What can happen. */
export type Happening =
  | InstanceHappening
  | HealthHappening
  | InterruptionHappening
  | AnnouncementHappening
  | HoldHappening
  | HookHappening
  | ActionHappening
  | MessageHappening
  | InvocationHappening
  | CallHappening
  | CommandHappening
  | AgentHappening
  | ScriptHappening
  | AnnounceScriptHappening
  | ScriptLogsHappening
  | ChoiceHappening
  | ProtectionHappening
  | CheckHappening
  | LogHappening
  | MetricHappening
  | EventHappening;

/** An instance changes its lifecycle state, or EC2 ends, stops or starts its machine. */
export interface InstanceHappening {
  readonly kind: "instance";
  readonly group: string;
  readonly instance: string;
  /** A lifecycle state, or `ended` when EC2 shuts the machine down, `stopped` or `started` in a warm pool. */
  readonly state: string;
  readonly why: string;
}

/** Auto Scaling finds an instance unhealthy. */
export interface HealthHappening {
  readonly kind: "health";
  readonly group: string;
  readonly instance: string;
}

/** EC2 is about to interrupt a Spot instance, whether or not a rule brings its warning to the function. */
export interface InterruptionHappening {
  readonly kind: "interruption";
  readonly group: string;
  readonly instance: string;
}

/** EC2 announces that it is going to end an instance, or is likely to, whether or not an event tells the function. */
export interface AnnouncementHappening {
  readonly kind: "announcement";
  readonly group: string;
  readonly instance: string;
  readonly what: "retirement" | "rebalance";
}

/** An operator holds an instance by a tag, prolongs the hold or ends it. */
export interface HoldHappening {
  readonly kind: "hold";
  readonly group: string;
  readonly instance: string;
  /** The end of the hold, ms since 1970; undefined if the tag is gone or malformed. */
  readonly until: number | undefined;
}

/** Somebody puts a hook: a deployment, or an operator by hand. */
export interface HookHappening {
  readonly kind: "hook";
  readonly group: string;
  readonly hook: string;
  readonly heartbeatTimeout: number;
  readonly metadata: string | undefined;
}

/** A lifecycle action begins, is extended or ends. */
export interface ActionHappening {
  readonly kind: "action";
  readonly group: string;
  readonly hook: string;
  readonly instance: string;
  readonly transition: Transition;
  readonly token: string;
  readonly phase: "waiting" | "extended" | "completed";
  /** Where the instance comes from and goes to, of a wait that begins. */
  readonly route?: Route;
  /** What completed the action, and with which result. */
  readonly by?: "call" | "timeout" | "other hook" | "broken notification";
  readonly result?: string;
  /** The caller. */
  readonly caller?: string;
}

/** A message is on its way to the function: over SNS, or as an event of EventBridge. */
export interface MessageHappening {
  readonly kind: "message";
  readonly channel: "sns" | "eventbridge";
  readonly what: string;
  readonly instance: string | undefined;
  readonly fate: "delivered" | "lost" | "repeated" | "refused";
}

/** Lambda invokes the function. */
export interface InvocationHappening {
  readonly kind: "invocation";
  readonly function: string;
  /** Number of the invocation. */
  readonly id: number;
  /** The running copy of the function, as its calls name it; empty if there was none. */
  readonly environment: string;
  readonly trigger: string;
  readonly phase: "started" | "ended" | "failed" | "timedOut" | "throttled" | "dropped";
  /** Whether Lambda had to make a new environment. */
  readonly cold?: boolean;
  /** Billed milliseconds, once it is over. */
  readonly billed?: number;
}

/** Somebody calls an API. */
export interface CallHappening {
  readonly kind: "call";
  readonly service: string;
  readonly action: string;
  readonly caller: string;
  /** Instances that the call names. */
  readonly instances: readonly string[];
  /** The error's code, or that there was no answer; undefined for success. */
  readonly error: string | undefined;
  /** The error's message; undefined for success, or without an answer. */
  readonly message: string | undefined;
}

/** A command changes its status on an instance. */
export interface CommandHappening {
  readonly kind: "command";
  readonly command: string;
  readonly document: string;
  /** The sender's comment; empty where somebody ran the document by hand. */
  readonly comment: string;
  readonly instance: string;
  readonly status: string;
  /** Details of the status, as in `ExecutionTimedOut`. */
  readonly details: string;
  /** Exit code of the step that has the script; -1 for none. */
  readonly code: number;
  /** Whether it only tells the instance that it was chosen. Defaults to false. */
  readonly announces?: boolean;
  /** Why the agent refuses to run the command, which only the agent's own log says. */
  readonly why?: string;
}

/** The SSM agent of an instance comes up, goes away or comes back, or takes no command for a while. */
export interface AgentHappening {
  readonly kind: "agent";
  readonly instance: string;
  readonly phase: "online" | "offline" | "busy" | "free";
}

/** The script of a document runs on an instance. */
export interface ScriptHappening {
  readonly kind: "script";
  readonly instance: string;
  readonly transition: Transition;
  /** Hook that the command was sent for. */
  readonly hook: string;
  /** The lifecycle action that the command names; empty if it names none. */
  readonly action: string;
  /** Number of the run at its hook; 0 for none. */
  readonly run: number;
  readonly phase: "started" | "joined" | "ended" | "killed" | "refused";
  /** Exit code, once the script has ended by itself. */
  readonly code?: number;
}

/** The script runs that tells an instance that it was chosen. */
export interface AnnounceScriptHappening extends Omit<ScriptHappening, "kind" | "transition" | "action"> {
  readonly kind: "announceScript";
}

/** CloudWatch Logs holds up the agent, which is to upload the output of a script. */
export interface ScriptLogsHappening {
  readonly kind: "scriptLogs";
  readonly instance: string;
  /** What is delayed: the start of the script, or the report of its end. */
  readonly delays: "start" | "end";
  readonly seconds: number;
}

/** Auto Scaling has asked a termination policy which instances go. */
export interface ChoiceHappening {
  readonly kind: "choice";
  readonly group: string;
  readonly cause: string;
  /** When Auto Scaling asked. */
  readonly began: number;
  /** Instances that may go, and the zone of each. */
  readonly candidates: readonly { readonly id: string; readonly zone: string }[];
  /** How many have to go, by zone. */
  readonly shares: Readonly<Record<string, number>>;
  /** The instances that the policy named; undefined without an answer. */
  readonly answer: readonly string[] | undefined;
  /** The instances that Auto Scaling terminates. */
  readonly chosen: readonly string[];
  /** Why there is no answer; undefined if there is an answer. */
  readonly problem: string | undefined;
}

/** Somebody sets or removes the protection of an instance from scale-in. */
export interface ProtectionHappening {
  readonly kind: "protection";
  readonly group: string;
  readonly instance: string;
  readonly isProtected: boolean;
}

/** An instance has said whether it is busy. */
export interface CheckHappening {
  readonly kind: "check";
  readonly instance: string;
  /** Undefined where its check failed. */
  readonly answer: BusyAnswer | undefined;
}

/** The function has logged something. */
export interface LogHappening {
  readonly kind: "log";
  /** Name of the function. */
  readonly function: string;
  readonly level: string;
  readonly entry: unknown;
}

/** CloudWatch takes a metric from a line that the function has written. */
export interface MetricHappening {
  readonly kind: "metric";
  readonly namespace: string;
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** The function puts an event on an event bus. */
export interface EventHappening {
  readonly kind: "event";
  /** ARN of the bus. */
  readonly bus: string;
  readonly source: string;
  readonly detailType: string;
  readonly detail: Readonly<Record<string, unknown>>;
}
