#!/usr/bin/env node
import { createCommandLine } from "./commandLine";
import { isMistake } from "./mistake";

/** A user's mistake is one line; any other error is ours and comes with its stack. */
function fail(error: unknown): void {
  if (!isMistake(error)) throw error;
  console.error(`error: ${error.message}`);
  process.exit(1);
}

// A reader that has seen enough, as `head`, closes the pipe.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(process.exitCode ?? 0);
  throw error;
});
createCommandLine().parseAsync().catch(fail);
