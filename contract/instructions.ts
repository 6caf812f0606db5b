import { OnFailure, isOneOf } from "./transition";

/** How hook events reach the function. */
export const Transport = {
  /** Auto Scaling publishes to the handler's topic. */
  Sns: "sns",
  /** Auto Scaling's own events, which EventBridge delivers; neither topic nor notification role takes part. */
  EventBridge: "eventbridge",
} as const;
export type Transport = (typeof Transport)[keyof typeof Transport];

/**
 * What a hook tells the handler about itself, carried in its notificationMetadata: it comes with every event and
 * is readable by DescribeLifecycleHooks, so the function needs no settings per group. Times in seconds.
 */
export interface Instructions {
  /** The handler that serves the hook; any other ignores it. */
  readonly handler: string;
  readonly transport: Transport;
  /** The SSM document to run. */
  readonly document: string;
  /** SendCommand's TimeoutSeconds. */
  readonly delivery: number;
  /** The document step's time-out. */
  readonly execution: number;
  /** How long sessions may hold up the script; part of the execution. */
  readonly maxWait: number;
  /** How long the target group drains before the wait begins. */
  readonly deregistrationDelay: number;
  readonly onFailure: OnFailure;
  /** Log group to which the agent brings the output of the script; absent if it brings none. */
  readonly scriptLogGroup?: string;
}

/** Changes when a handler that knows the version before alone would do harm. It ignores a field that it does not know. */
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

/** Reads notificationMetadata; undefined for anything that is not ours, or of a version that is not known. */
export function decodeInstructions(metadata: string | undefined): Instructions | undefined {
  const found = parseObject(metadata);
  if (found?.[versionKey] !== version) return undefined;
  const { handler, transport, document, onFailure, scriptLogGroup } = found;
  const { delivery, execution, maxWait, deregistrationDelay } = found;
  if (typeof handler !== "string" || typeof document !== "string") return undefined;
  if (!isOneOf(transport, Transport)) return undefined;
  if (!isOneOf(onFailure, OnFailure)) return undefined;
  if (!isSeconds(delivery) || !isSeconds(execution)) return undefined;
  if (!isSeconds(maxWait) || !isSeconds(deregistrationDelay)) return undefined;
  const times = { delivery, execution, maxWait, deregistrationDelay };
  const instructions = { handler, transport, document, ...times, onFailure };
  if (scriptLogGroup === undefined) return instructions;
  return typeof scriptLogGroup === "string" ? { ...instructions, scriptLogGroup } : undefined;
}

/** From sending a command to its end, seconds. */
export function budgetOf({ delivery, execution }: Pick<Instructions, "delivery" | "execution">): number {
  return delivery + execution;
}

function isSeconds(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
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
