import { setImmediate } from "node:timers/promises";

/**
 * Runs Pulumi code and rejects with an error that comes after its program has run, in an output that a resource takes.
 * Pulumi leaves such an error to Node.js, as a rejection that nothing handles and that ends the process; everything
 * that depends on the resource waits for ever.
 */
export async function withLateErrors<Result>(run: () => Promise<Result>): Promise<Result> {
  const usual = process.listeners("uncaughtException");
  process.removeAllListeners("uncaughtException");
  const errors: unknown[] = [];
  const failure = new Promise<void>((resolve) =>
    process.on("uncaughtException", (error) => {
      errors.push(error);
      resolve();
    }),
  );
  const running = run();
  try {
    await Promise.race([running, failure]);
    // Node.js looks for rejections that nothing handles when promises have nothing left to do; more may have failed.
    await setImmediate();
  } finally {
    process.removeAllListeners("uncaughtException");
    for (const listener of usual) process.on("uncaughtException", listener);
  }
  if (errors.length > 0) throw errors[0];
  return running;
}
