import type { RunCommand } from "./aws/runCommand";
import type { Sent, Taken } from "./aws/refusal";
import { sentAtOnce } from "./send";

/** A command that AWS has taken, and its instances. */
export interface Batch extends Taken {
  readonly instances: readonly string[];
}

/** What became of a document that was to be sent to some instances. */
export interface Batches {
  readonly sent: readonly Batch[];
  /** Why some instances were not sent it; undefined if all were that SSM knows. */
  readonly problem: string | undefined;
}

/** Sends a command to instances, at most 50. */
export type SendBatch = (instances: readonly string[]) => Promise<Sent>;

/**
 * Sends a document to instances, 50 with a call, where the next sweep sends it again. If SSM refuses instances, the
 * others are sent it once more; after that the batch is left out.
 */
export async function sendInBatches(
  runCommand: Pick<RunCommand, "machines">,
  instances: readonly string[],
  send: SendBatch,
): Promise<Batches> {
  const batches = Array.from({ length: Math.ceil(instances.length / sentAtOnce) }, (_, index) =>
    instances.slice(index * sentAtOnce, (index + 1) * sentAtOnce),
  );
  const all = await Promise.all(batches.map((batch) => sendBatch(runCommand, batch, send, true)));
  return {
    sent: all.flatMap(({ sent }) => sent),
    problem: all.find(({ problem }) => problem !== undefined)?.problem,
  };
}

async function sendBatch(
  runCommand: Pick<RunCommand, "machines">,
  instances: readonly string[],
  send: SendBatch,
  isFirst: boolean,
): Promise<Batches> {
  const answer = await send(instances);
  switch (answer.kind) {
    case "sent": {
      const { commandId, requestedAt } = answer;
      return { sent: [{ commandId, requestedAt, instances }], problem: undefined };
    }
    case "failed":
      return { sent: [], problem: answer.error };
    case "refused": {
      const refused = { sent: [], problem: answer.cause };
      if (!isFirst || answer.whole || instances.length === 1) return refused;
      const named = answer.instances.length > 0 ? answer.instances : await unknownTo(runCommand, instances);
      const rest = instances.filter((id) => !named.includes(id));
      if (named.length === 0 || rest.length === 0) return refused;
      return sendBatch(runCommand, rest, send, false);
    }
  }
}

/** Instances whose agents SSM does not know, where it does not say which it refuses. */
async function unknownTo(
  runCommand: Pick<RunCommand, "machines">,
  instances: readonly string[],
): Promise<readonly string[]> {
  const machines = await runCommand.machines(instances);
  return instances.filter((id) => machines.get(id) !== "there");
}
