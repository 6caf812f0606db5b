import {
  deregistrationDelayRange,
  maxAnnounceTimeout,
  maxGlobalTimeout,
  maxHeartbeatTimeout,
  minTimeout,
  shortestHeartbeatTimeout,
  startRecovery,
  type Range,
} from "../timing";
import { isFields } from "./fields";
import { documentPrefix } from "./names";
import { OnFailure, isOneOf } from "./transition";
import { InWarmPool } from "./warmPool";

/** How hook events reach the function. */
export const Transport = {
  /** Auto Scaling publishes to the handler's topic. */
  Sns: "sns",
  /** EventBridge delivers Auto Scaling's own events; the topic and the notification role are not used. */
  EventBridge: "eventbridge",
} as const;
/** How hook events reach the function. */
export type Transport = (typeof Transport)[keyof typeof Transport];

/**
 * What a hook tells the handler about itself in its notificationMetadata: every event carries this text, and
 * DescribeLifecycleHooks returns it, so the function needs no settings per group. Times are in seconds.
 */
export interface Instructions {
  /** The handler that serves the hook; other handlers ignore the hook. */
  readonly handler: string;
  readonly transport: Transport;
  /** The SSM document to run. */
  readonly document: string;
  /** SendCommand's TimeoutSeconds. */
  readonly delivery: number;
  /** The document step's timeout. */
  readonly execution: number;
  /** How long sessions may hold up the script; part of the execution. */
  readonly maxWait: number;
  /** How long the target group drains before the wait begins. */
  readonly deregistrationDelay: number;
  /** How long the handler keeps asking an agent that does not answer. */
  readonly agentTimeout: number;
  /** The hook's own heartbeat timeout; absent in hooks of earlier versions. */
  readonly heartbeatTimeout?: number;
  readonly onFailure: OnFailure;
  /** How many instances run their scripts at once; absent if all do, and in hooks of earlier versions. */
  readonly drain?: DrainInstructions;
  /** What tells an instance that it was chosen; absent if nothing does, and in hooks of earlier versions. */
  readonly announce?: AnnounceInstructions;
  /** Log group to which the agent sends the output of the script; absent if the agent sends none. */
  readonly scriptLogGroup?: string;
  /**
   * Whether the script runs for an instance that launches into the warm pool or is terminated there; absent where the
   * group was made without a warm pool. Where it is given, the document takes the parameters of a route.
   */
  readonly inWarmPool?: InWarmPool;
}

/** How the instances of a group take turns. */
export interface DrainInstructions {
  /** How many instances may run their scripts at once. */
  readonly maxConcurrent: number;
  /** How long a script may wait for its turn, seconds from Auto Scaling's choice of the instance. */
  readonly maxWait: number;
}

/** How an instance learns that it was chosen, before its hook fires. */
export interface AnnounceInstructions {
  /** The SSM document to run. */
  readonly document: string;
  /** The timeout of its step. */
  readonly execution: number;
}

/**
 * Changes when a handler that knows only the version before would do harm. A handler ignores a field that it does not
 * know.
 */
const version = 1;

/** Marks the metadata as ours; the first key, so that an EventBridge pattern can match the beginning of the text. */
const versionKey = "gracefulAsg";

/** Writes instructions as notificationMetadata: printable ASCII, far below the 4,000 characters that a hook takes. */
export function encodeInstructions(instructions: Instructions): string {
  const { handler, transport, ...rest } = instructions;
  return JSON.stringify({ [versionKey]: version, handler, transport, ...rest });
}

/** The beginning of the metadata of every hook that a handler serves over a transport, whatever comes after it. */
export function metadataPrefix(handler: string, transport: Transport): string {
  const whole = JSON.stringify({ [versionKey]: version, handler, transport });
  return `${whole.slice(0, -1)},`;
}

/** How long the handler asks an agent where a hook of an earlier version does not say, seconds. */
const defaultAgentTimeout = startRecovery;

/** Range of each time, seconds; `maxWait` is also limited by the execution. */
export const instructionRanges = {
  /** Source: SSM, SendCommand, TimeoutSeconds. */
  delivery: { min: 30, max: 2_592_000 },
  execution: { min: minTimeout, max: maxGlobalTimeout },
  maxWait: { min: 0, max: maxGlobalTimeout },
  deregistrationDelay: deregistrationDelayRange,
  agentTimeout: { min: 30, max: maxGlobalTimeout },
  heartbeatTimeout: { min: shortestHeartbeatTimeout, max: maxHeartbeatTimeout },
} as const satisfies Partial<Record<keyof Instructions, Range>>;

/** Names that SSM takes for documents. Source: SSM, CreateDocument, Name. */
const documentName = /^[A-Za-z0-9_.-]{3,128}$/;

/** Names that SSM takes for log groups. Source: SSM, SendCommand, CloudWatchOutputConfig. */
const logGroupName = /^[A-Za-z0-9_./#-]{1,512}$/;

/** The result of reading the metadata of a hook. */
export type Reading =
  | { readonly kind: "instructions"; readonly instructions: Instructions }
  /** Not ours. */
  | { readonly kind: "foreign" }
  /**
   * For a handler of ours, but edited by hand, or of a version that is not known. The problem names field, value and
   * what is allowed.
   */
  | { readonly kind: "malformed"; readonly handler: string; readonly problem: string };

/**
 * Reads notificationMetadata. Anybody who may edit a hook can write this text, so no text makes this function throw,
 * and all values of instructions are in range: a hook can harm only its own group.
 */
export function readInstructions(metadata: string | undefined): Reading {
  const found = parseObject(metadata);
  const handler = found?.["handler"];
  if (found?.[versionKey] === undefined || typeof handler !== "string") return { kind: "foreign" };
  const problems: string[] = [];
  const field = <T>(
    name: string,
    isAllowed: (value: unknown) => value is T,
    allowed: string,
    otherwise: T,
  ) => {
    const value = found[name];
    if (isAllowed(value)) return value;
    problems.push(`${name} is ${shown(value)}; it must be ${allowed}`);
    return otherwise;
  };
  const seconds = (name: keyof typeof instructionRanges, max: number = instructionRanges[name].max) => {
    const { min } = instructionRanges[name];
    return field(name, isWhole({ min, max }), `a whole number of seconds from ${min} to ${max}`, min);
  };
  const prefix = documentPrefix(handler);
  field(versionKey, isVersion, String(version), version);
  const execution = seconds("execution");
  const instructions: Instructions = {
    handler,
    transport: field("transport", isTransport, wordsOf(Transport), Transport.Sns),
    document: field(
      "document",
      isDocumentOf(prefix),
      `the name of a document that begins with ${prefix}`,
      "",
    ),
    delivery: seconds("delivery"),
    execution,
    maxWait: seconds("maxWait", execution),
    deregistrationDelay: seconds("deregistrationDelay"),
    agentTimeout: "agentTimeout" in found ? seconds("agentTimeout") : defaultAgentTimeout,
    ...("heartbeatTimeout" in found ? { heartbeatTimeout: seconds("heartbeatTimeout") } : {}),
    onFailure: field("onFailure", isOnFailure, wordsOf(OnFailure), OnFailure.Continue),
    ...("drain" in found
      ? { drain: field("drain", isDrain, drainAllowed, { maxConcurrent: 1, maxWait: 0 }) }
      : {}),
    ...("announce" in found
      ? {
          announce: field("announce", isAnnounce(prefix), announceAllowed(prefix), {
            document: "",
            execution: minTimeout,
          }),
        }
      : {}),
    ...("scriptLogGroup" in found
      ? { scriptLogGroup: field("scriptLogGroup", isText(logGroupName), "the name of a log group", "") }
      : {}),
    ...("inWarmPool" in found
      ? { inWarmPool: field("inWarmPool", isInWarmPool, wordsOf(InWarmPool), InWarmPool.Run) }
      : {}),
  };
  return problems.length === 0
    ? { kind: "instructions", instructions }
    : { kind: "malformed", handler, problem: problems.join("; ") };
}

/** Reads notificationMetadata; undefined for anything but instructions. */
export function decodeInstructions(metadata: string | undefined): Instructions | undefined {
  const reading = readInstructions(metadata);
  return reading.kind === "instructions" ? reading.instructions : undefined;
}

/** From sending a command to its end, seconds. */
export function budgetOf({ delivery, execution }: Pick<Instructions, "delivery" | "execution">): number {
  return delivery + execution;
}

function isVersion(value: unknown): value is typeof version {
  return value === version;
}

function isTransport(value: unknown): value is Transport {
  return isOneOf(value, Transport);
}

function isOnFailure(value: unknown): value is OnFailure {
  return isOneOf(value, OnFailure);
}

function isInWarmPool(value: unknown): value is InWarmPool {
  return isOneOf(value, InWarmPool);
}

function isWhole({ max, min }: Range): (value: unknown) => value is number {
  return (value): value is number =>
    typeof value === "number" && Number.isInteger(value) && value >= min && value <= max;
}

/** Range of each number of `drain`. */
const drainRanges = {
  maxConcurrent: { min: 1, max: Number.MAX_SAFE_INTEGER },
  maxWait: { min: 0, max: maxGlobalTimeout },
} as const satisfies Record<keyof DrainInstructions, Range>;

const drainAllowed = `an object of maxConcurrent, a whole number of 1 or more, and maxWait, a whole number of seconds from 0 to ${maxGlobalTimeout}`;

function isDrain(value: unknown): value is DrainInstructions {
  return (
    isFields(value) &&
    isWhole(drainRanges.maxConcurrent)(value["maxConcurrent"]) &&
    isWhole(drainRanges.maxWait)(value["maxWait"])
  );
}

/** Range of the time of an announce script. */
const announceExecution: Range = { min: minTimeout, max: maxAnnounceTimeout };

function announceAllowed(prefix: string): string {
  return `an object of document, the name of a document that begins with ${prefix}, and execution, a whole number of seconds from ${announceExecution.min} to ${announceExecution.max}`;
}

function isAnnounce(prefix: string): (value: unknown) => value is AnnounceInstructions {
  return (value): value is AnnounceInstructions =>
    isFields(value) &&
    isDocumentOf(prefix)(value["document"]) &&
    isWhole(announceExecution)(value["execution"]);
}

function isText(pattern: RegExp): (value: unknown) => value is string {
  return (value): value is string => typeof value === "string" && pattern.test(value);
}

function isDocumentOf(prefix: string): (value: unknown) => value is string {
  const isName = isText(documentName);
  return (value): value is string => isName(value) && value.startsWith(prefix) && value !== prefix;
}

function wordsOf(set: Readonly<Record<string, string>>): string {
  return `one of ${Object.values(set).join(", ")}`;
}

/** A value as a log line shows it. */
function shown(value: unknown): string {
  if (value === undefined) return "not given";
  const text = typeof value === "number" ? String(value) : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

function parseObject(text: string | undefined): Record<string, unknown> | undefined {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
