import { readHold } from "../contract";
import { completionRecovery } from "../timing";
import { comesFromAws, describe, isDenied, isOutOfTime } from "./aws/errors";
import type { Context } from "./context";
import type { ActionKey, ActionMemory } from "./memory";
import { once } from "./once";
import type { Hold } from "./situation";

/** For how long a failure policy waits for an answer of EC2, ms: two sweeps. Then nobody holds the instance. */
const patience = completionRecovery * 1000;

const none: Hold = { kind: "none" };

/** Reads which instances at a hook operators hold; the call is made once for all of them, at the first need. */
export function holdsOf(
  context: Context,
  hook: Pick<ActionKey, "group" | "hook">,
  instances: readonly string[],
): (instance: string, memory: Pick<ActionMemory, "holdUnreadSince">) => Promise<Hold> {
  const { clock } = context;
  const read = once(() => readHolds(context, hook, instances));
  return async (instance, memory) => {
    const holds = await read();
    if (holds !== undefined) {
      memory.holdUnreadSince = undefined;
      return holds.get(instance) ?? none;
    }
    const now = clock.now();
    memory.holdUnreadSince ??= now;
    return now - memory.holdUnreadSince >= patience ? none : { kind: "unread" };
  };
}

/** The holds of some instances; undefined if EC2 does not answer. A role that may not ask finds no hold. */
async function readHolds(
  { ec2, log }: Context,
  { group, hook }: Pick<ActionKey, "group" | "hook">,
  instances: readonly string[],
): Promise<ReadonlyMap<string, Hold> | undefined> {
  try {
    const values = await ec2.holds();
    return new Map(
      instances.flatMap((instance) => {
        const value = values.get(instance);
        if (value === undefined) return [];
        const until = readHold(value);
        if (until !== undefined) return [[instance, { kind: "until", until }] as const];
        log.warn({
          message: `ignored: the hold of the instance is no instant like 2026-01-01T00:30:00Z: ${value}`,
          group,
          hook,
          instance,
        });
        return [];
      }),
    );
  } catch (error) {
    if (!comesFromAws(error) || isOutOfTime(error)) throw error;
    log.warn({
      message: "could not read which instances operators hold",
      group,
      hook,
      error: describe(error),
    });
    return isDenied(error) ? new Map() : undefined;
  }
}
