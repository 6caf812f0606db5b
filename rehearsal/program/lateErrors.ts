import { setImmediate } from "node:timers/promises";

/**
 * Runs Pulumi code and rejects with what goes wrong after its program has run, in an output that a resource takes. Pulumi
 * leaves such an error to Node.js, as a rejection that nothing handles and that ends the process; what depends on the
 * resource waits for ever.
 */
export async function withLateErrors<Result>(run: () => Promise<Result>): Promise<Result> {
  const usual = process.listeners("uncaughtException");
  process.removeAllListeners("uncaughtException");
  const failure = new Promise<never>((_, reject) => process.on("uncaughtException", reject));
  try {
    return await Promise.race([run(), failure]);
  } finally {
    // Node.js looks for rejections that nothing handles when promises have nothing left to do; others may have failed too.
    await setImmediate();
    process.removeAllListeners("uncaughtException");
    for (const listener of usual) process.on("uncaughtException", listener);
  }
}
