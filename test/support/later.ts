/** How long errors may take to follow each other, ms. */
const aftermath = 50;

/** How long the first error may take after the end of the program, ms. */
const patience = 3000;

/**
 * Runs a program that fails once an output is known. Pulumi reports that as a rejection that nobody handles, and may wait
 * for ever for the resource that could not be registered.
 * @returns the first error; undefined where it does not fail, which takes some seconds.
 */
export async function failureLater(run: () => Promise<unknown>): Promise<unknown> {
  const usual = process.listeners("uncaughtException");
  process.removeAllListeners("uncaughtException");
  try {
    return await new Promise((resolve) => {
      process.on("uncaughtException", (error) => {
        setTimeout(resolve, aftermath, error);
      });
      run().then(() => setTimeout(resolve, patience).unref(), resolve);
    });
  } finally {
    process.removeAllListeners("uncaughtException");
    for (const listener of usual) process.on("uncaughtException", listener);
  }
}
