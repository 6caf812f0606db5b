import type { BusyChecks, Check } from "../aws/busyChecks";
import type { Context } from "../context";
import { sendInBatches } from "../sendInBatches";
import type { Said } from "./answer";

/** What sending and reading checks needs. */
type CheckContext = Pick<Context, "busyChecks" | "runCommand">;

/** The commands that ask instances. */
export interface Sending {
  readonly checks: readonly Check[];
  /** Why some instances were not asked; undefined if all were. */
  readonly problem: string | undefined;
}

/** Asks instances whether they are busy, 50 with a call. */
export async function sendChecks(
  { busyChecks, runCommand }: CheckContext,
  document: string,
  instances: readonly string[],
): Promise<Sending> {
  const { problem, sent } = await sendInBatches(runCommand, instances, (batch) =>
    busyChecks.send(document, batch),
  );
  return {
    checks: sent.map(({ commandId, requestedAt }) => ({ id: commandId, sentAt: requestedAt })),
    problem,
  };
}

/**
 * The latest answers to checks, one for each instance, as they are read. A check that nobody has answered says nothing,
 * so the answer before it counts.
 * @param into - The answers; each check adds its own, so that answers count though others are never read
 * @returns the checks that may still be answered
 */
export async function readAnswers(
  busyChecks: BusyChecks,
  checks: readonly Check[],
  into: Map<string, Said>,
): Promise<readonly Check[]> {
  const open = await Promise.all(
    checks.map(async (check) => {
      const results = await busyChecks.results(check.id);
      for (const { answer, instance } of results) {
        const known = into.get(instance);
        if (answer !== undefined && (known === undefined || known.askedAt < check.sentAt))
          into.set(instance, { answer, askedAt: check.sentAt });
      }
      // SSM may not show a command yet.
      const isOpen = results.length === 0 || results.some(({ isOver }) => !isOver);
      return isOpen ? [check] : [];
    }),
  );
  return open.flat();
}
