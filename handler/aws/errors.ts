import { isServerError, isThrottlingError, isTransientError } from "@smithy/core/retry";

/** Name of an error of the SDK, which is the service's error code; empty for anything else. */
export function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "";
}

/** An error as one line for the log. */
export function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

/** Whether an error is AWS's answer, a missing answer, or a lack of time for the call, not a mistake in this code. */
export function comesFromAws(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return "$metadata" in error || "code" in error || error.name === "TimeoutError" || isOutOfTime(error);
}

/** Whether the role may not make the call. EC2 has a word of its own for that. */
export function isDenied(error: unknown): boolean {
  const name = nameOf(error);
  return name.startsWith("AccessDenied") || name === "UnauthorizedOperation";
}

/** Whether AWS throttles the call. */
export function isThrottled(error: unknown): boolean {
  return isSdkError(error) && isThrottlingError(error);
}

/** Whether the same call may succeed in a moment: a failure of the service, or no answer at all. */
export function isTransient(error: unknown): boolean {
  if (!isSdkError(error)) return isUnanswered(error);
  return isTransientError(error) || isServerError(error) || isStale(error) || isUnanswered(error);
}

/** Whether an error comes from no answer at all, so that AWS may have done what the call asked for. */
export function isUnanswered(error: unknown): boolean {
  if (!(error instanceof Error) || !comesFromAws(error) || isOutOfTime(error)) return false;
  const { $metadata } = error as { $metadata?: { httpStatusCode?: number } };
  return $metadata?.httpStatusCode === undefined;
}

type SdkError = Parameters<typeof isThrottlingError>[0];

/** Whether an error is an answer of a service, or has the data of its request. */
function isSdkError(error: unknown): error is SdkError {
  return error instanceof Error && "$metadata" in error;
}

/** Whether credentials or a signature are out of date; the next invocation has new ones. */
function isStale({ name }: Error): boolean {
  return ["ExpiredToken", "ExpiredTokenException", "RequestExpired", "SignatureDoesNotMatch"].includes(name);
}

/** A call that was not made, as the time of the invocation is over. */
export class OutOfTime extends Error {
  override readonly name = "OutOfTime";
  constructor() {
    super("the time of this invocation is over");
  }
}

export function isOutOfTime(error: unknown): boolean {
  return error instanceof OutOfTime;
}
