import { revisionsOf, type Transition } from "../../contract";
import type { Group } from "../aws/autoScaling";
import type { Context } from "../context";
import type { KnownHooks, Memory } from "../memory";
import { servedHooks, transitionsOf, type ServedHook } from "../servedHook";

/** How long hooks are remembered, as somebody may change a hook by hand and not the tags of its group; ms. */
const rememberedFor = 30 * 60_000;

/**
 * The hooks of a group at which its instances may wait, or the hooks of given transitions. We read them once for each
 * revision: the tags of the group say whether the remembered hooks still hold, so that the very next sweep notices a
 * deployment.
 */
export async function hooksOf(
  context: Context,
  group: Group,
  transitions: readonly Transition[] = awaited(group),
): Promise<readonly ServedHook[]> {
  const { autoScaling, clock, handler, log, memory } = context;
  const now = clock.now();
  const known = memory.hooks.get(group.name);
  if (known !== undefined && now - known.readAt < rememberedFor) {
    const remembered = recallHooks(known, group, transitions);
    if (remembered !== undefined) return remembered;
  }
  const hooks = await autoScaling.hooks(group.name);
  const served = servedHooks(handler, group.name, hooks, log);
  const metadataOf = new Map(hooks.map(({ metadata, name }) => [name, metadata]));
  const byRevision = new Map<string, ServedHook[]>();
  for (const hook of served) {
    const revision = revisionOf(hook.transition, metadataOf.get(hook.name));
    byRevision.set(revision, [...(byRevision.get(revision) ?? []), hook]);
  }
  memory.hooks.set(group.name, { readAt: now, byRevision });
  return served;
}

/** The transitions that instances of a group wait for. */
function awaited({ instances }: Group): readonly Transition[] {
  return [...new Set(instances.flatMap(({ lifecycleState }) => transitionsOf(lifecycleState)))];
}

/** The remembered hooks of some transitions; undefined if the tags name other hooks, or none. */
function recallHooks(
  { byRevision }: KnownHooks,
  { revisions }: Group,
  transitions: readonly Transition[],
): ServedHook[] | undefined {
  const found: ServedHook[] = [];
  for (const transition of transitions) {
    // Tags of two components on one group may name the same revision.
    const wanted = new Set(revisions.filter((one) => one.startsWith(`${transition}=`)));
    if (wanted.size === 0) return undefined;
    for (const revision of wanted) {
      const hooks = byRevision.get(revision);
      if (hooks === undefined) return undefined;
      found.push(...hooks);
    }
  }
  return found;
}

/** Whether a remembered hook has a property; only a hint, as the hook may have changed. */
export function remembers(
  { hooks }: Memory,
  group: string,
  name: string,
  has: (hook: ServedHook) => boolean,
): boolean {
  const known = [...(hooks.get(group)?.byRevision.values() ?? [])].flat();
  return known.some((hook) => hook.name === name && has(hook));
}

/** The event of a hook tells a sweep enough about the hook, where the instructions name the heartbeat timeout. */
export function rememberHook(
  { hooks }: Memory,
  hook: ServedHook,
  metadata: string | undefined,
  now: number,
): void {
  const { heartbeatTimeout } = hook.instructions;
  if (heartbeatTimeout === undefined) return;
  const { byRevision = new Map<string, ServedHook[]>(), readAt = now } = hooks.get(hook.group) ?? {};
  const revision = revisionOf(hook.transition, metadata);
  if (byRevision.has(revision)) return;
  const added = new Map([...byRevision, [revision, [{ ...hook, heartbeatTimeout }]]]);
  hooks.set(hook.group, { readAt, byRevision: added });
}

function revisionOf(transition: Transition, metadata = ""): string {
  return revisionsOf([{ transition, metadata }]);
}
