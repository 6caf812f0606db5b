/**
 * Runs code whose errors without a message get no stack. Pulumi makes such an error for each property of each resource,
 * to report promises that never end, and source maps make the stacks expensive: more than half of the time that a
 * program takes.
 */
export async function withoutIdleStacks<Result>(run: () => Promise<Result>): Promise<Result> {
  const usual = Error.prepareStackTrace as typeof Error.prepareStackTrace | undefined;
  const prepare = usual ?? asUsual;
  Error.prepareStackTrace = (error, frames) =>
    error.message === "" ? "" : (prepare(error, frames) as unknown);
  try {
    return await run();
  } finally {
    Object.assign(Error, { prepareStackTrace: usual });
  }
}

/** The stack as V8 writes it where nothing else writes it. */
function asUsual(error: Error, frames: readonly NodeJS.CallSite[]): string {
  const lines: readonly object[] = frames;
  return [String(error), ...lines].map(String).join("\n    at ");
}
