import type { Invocation } from "../aws/runCommand";
import type { Context } from "../context";

/** Pages of a document's commands, beyond one for each 25 instances, before it is cheaper to ask for each instance. */
const sparePages = 20;

/**
 * The commands of a document on some instances, oldest first. A group that has been busy for long has many commands of
 * instances that are gone, so we ask for the commands of each instance by itself where that is cheaper.
 */
export async function readCommands(
  { runCommand }: Context,
  document: string,
  instances: readonly string[],
  after: number,
): Promise<ReadonlyMap<string, Invocation[]>> {
  const pages = Math.min(instances.length, sparePages + Math.ceil(instances.length / 25));
  const together =
    instances.length > 1 ? await runCommand.invocations({ document, after, pages }) : undefined;
  const found =
    together ??
    (
      await Promise.all(
        instances.map(
          async (instance) => (await runCommand.invocations({ document, after, instance })) ?? [],
        ),
      )
    ).flat();
  const byInstance = new Map<string, Invocation[]>();
  for (const one of found) {
    const known = byInstance.get(one.instance);
    if (known === undefined) byInstance.set(one.instance, [one]);
    else known.push(one);
  }
  return byInstance;
}
