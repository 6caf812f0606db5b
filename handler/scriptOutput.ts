import { comesFromAws, describe } from "./aws/errors";
import type { Result } from "./aws/runCommand";
import type { Subject } from "./carryOut";
import type { Context } from "./context";

/** Time between two looks at a command that is over and that SSM does not show so (yet), ms. */
const lookPause = 5_000;

/** Looks at a command on the way of an event; after that it is the sweep's. */
const eventLooks = 3;

/** Time that an invocation has left at least when it still reads outputs, ms: other groups wait for the rest of a sweep. */
const outputReserve = 30_000;

/** How a command ended on an instance; undefined if SSM does not say, for whatever reason. */
export async function readEnd(
  context: Context,
  subject: Subject,
  commandId: string,
): Promise<Result | undefined> {
  for (let looks = 1; ; looks += 1) {
    const found = await tryToRead(context, subject, commandId);
    if (found.failed) return undefined;
    if (found.result && isOver(found.result)) return found.result;
    if (looks >= eventLooks || context.remaining() < 2 * lookPause) return undefined;
    await context.clock.sleep(lookPause);
  }
}

/** Logs the end of the output of a script that failed. A failure of AWS costs the output and nothing else. */
export async function showOutput(context: Context, subject: Subject, commandId: string): Promise<void> {
  if (context.remaining() < outputReserve) return;
  const { result } = await tryToRead(context, subject, commandId);
  if (result) logOutput(context, subject, commandId, result);
}

/** Writes the line with the end of the output. */
export function logOutput(
  context: Context,
  { token: _, ...subject }: Subject,
  commandId: string,
  { output }: Result,
): void {
  context.log.warn({ message: `the end of the output of ${commandId}`, ...subject, output });
}

async function tryToRead(
  context: Context,
  { token: _, ...subject }: Subject,
  commandId: string,
): Promise<{ readonly failed: boolean; readonly result?: Result | undefined }> {
  try {
    return { failed: false, result: await context.runCommand.result(commandId, subject.instance) };
  } catch (error) {
    if (!comesFromAws(error)) throw error;
    context.log.warn({
      message: `could not read how ${commandId} ended`,
      ...subject,
      error: describe(error),
    });
    return { failed: true };
  }
}

/** SSM may tell of the end of a command before its lists do. */
function isOver({ status }: Result): boolean {
  return status !== "pending" && status !== "running";
}
