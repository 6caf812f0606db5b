/** Name of an error of the SDK, which is the service's error code; empty for anything else. */
export function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "";
}

/** An error as one line for the log. */
export function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

/** Whether an error is AWS's answer, or its silence, rather than a mistake in this code. */
export function comesFromAws(error: unknown): boolean {
  return error instanceof Error && ("$metadata" in error || "code" in error || error.name === "TimeoutError");
}
