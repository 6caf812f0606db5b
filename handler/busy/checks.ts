import type { BusyChecks, Check } from "../aws/busyChecks";
import type { Context } from "../context";
import type { Said } from "./answer";

/** Most instances that SendCommand takes. */
const askedAtOnce = 50;

/** What sending and reading checks needs. */
type CheckContext = Pick<Context, "busyChecks" | "runCommand">;

/** The commands that ask instances. */
export interface Sending {
  readonly checks: readonly Check[];
  /** Why some instances were not asked; undefined if all were. */
  readonly problem: string | undefined;
}

/**
 * Asks instances whether they are busy, 50 with a call. If SSM refuses instances that it names, the others are asked
 * once more; after that the batch is left out, as the next sweep asks again.
 */
export async function sendChecks(
  context: CheckContext,
  document: string,
  instances: readonly string[],
): Promise<Sending> {
  const batches = Array.from({ length: Math.ceil(instances.length / askedAtOnce) }, (_, index) =>
    instances.slice(index * askedAtOnce, (index + 1) * askedAtOnce),
  );
  const all = await Promise.all(batches.map((batch) => sendBatch(context, document, batch, true)));
  return {
    checks: all.flatMap(({ checks }) => checks),
    problem: all.find(({ problem }) => problem !== undefined)?.problem,
  };
}

async function sendBatch(
  context: CheckContext,
  document: string,
  instances: readonly string[],
  isFirst: boolean,
): Promise<Sending> {
  const sent = await context.busyChecks.send(document, instances);
  switch (sent.kind) {
    case "sent":
      return { checks: [{ id: sent.commandId, sentAt: sent.requestedAt }], problem: undefined };
    case "failed":
      return { checks: [], problem: sent.error };
    case "refused": {
      const refused = { checks: [], problem: sent.cause };
      if (!isFirst || sent.whole || instances.length === 1) return refused;
      const named = sent.instances.length > 0 ? sent.instances : await unknownTo(context, instances);
      const rest = instances.filter((id) => !named.includes(id));
      if (named.length === 0 || rest.length === 0) return refused;
      return sendBatch(context, document, rest, false);
    }
  }
}

/** Instances whose agents SSM does not know, where it does not say which it refuses. */
async function unknownTo(
  { runCommand }: CheckContext,
  instances: readonly string[],
): Promise<readonly string[]> {
  const machines = await runCommand.machines(instances);
  return instances.filter((id) => machines.get(id) !== "there");
}

/**
 * The latest answers to checks, one for each instance. A check that nobody has answered says nothing, so the answer
 * before it counts.
 * @returns the checks that may still be answered
 */
export async function readAnswers(
  busyChecks: BusyChecks,
  checks: readonly Check[],
  into: Map<string, Said>,
): Promise<readonly Check[]> {
  const read = await Promise.all(
    checks.map(async (check) => ({ check, results: await busyChecks.results(check.id) })),
  );
  for (const { check, results } of read)
    for (const { answer, instance } of results) {
      const known = into.get(instance);
      if (answer !== undefined && (known === undefined || known.askedAt < check.sentAt))
        into.set(instance, { answer, askedAt: check.sentAt });
    }
  // SSM may not show a command yet.
  const open = read.filter(({ results }) => results.length === 0 || results.some(({ isOver }) => !isOver));
  return open.map(({ check }) => check);
}
