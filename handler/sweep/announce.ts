import { announceMark, budgetOf, type AnnounceInstructions, type AnnounceParameters } from "../../contract";
import type { Group, Instance } from "../aws/autoScaling";
import type { Context } from "../context";
import { placeOf } from "../memory";
import { sinceParameter, toSeconds } from "../send";
import { sendInBatches } from "../sendInBatches";
import type { ServedHook } from "../servedHook";
import type { Activity, Command } from "../situation";
import { longestWay } from "./cases";
import { readCommands } from "./commands";
import { hooksOf } from "./hooks";
import type { Due } from "./start";

/** A hook whose instances learn that they were chosen. */
type AnnouncingHook = ServedHook & { readonly instructions: { readonly announce: AnnounceInstructions } };

/**
 * Tells instances that Auto Scaling has chosen them: while their target groups deregister them, and while they wait for
 * their turn. A courtesy: an instance that was sent a command is sent no other, whatever becomes of it.
 * @param due what the looks of this sweep have decided about instances that wait
 */
export async function announce(context: Context, group: Group, due: readonly Due[]): Promise<void> {
  if (!group.revisions.includes(announceMark)) return;
  const chosen = group.instances.filter(isChosen);
  const own = due.filter(({ hook }) => hook.group === group.name);
  if (chosen.length === 0 && own.every((one) => heldAt(one).length === 0)) return;
  const hooks = (await hooksOf(context, group, ["terminate"])).filter(announces);
  await Promise.all(
    hooks.map((hook) => {
      const held = new Set(own.filter((one) => one.hook.name === hook.name).flatMap(heldAt));
      const waiting = group.instances.filter(({ id }) => held.has(id));
      return announceAt(context, group, hook, [...chosen, ...waiting]);
    }),
  );
}

/** States of instances that are chosen and have yet to come to their hook. */
const chosenStates = { terminating: "Terminating", intoPool: "Warmed:Pending" } as const;

/** Whether an instance is on its way, or might be, to its hook. */
export function isChosen({ lifecycleState }: Instance): boolean {
  return Object.values(chosenStates).some((state) => state === lifecycleState);
}

function announces(hook: ServedHook): hook is AnnouncingHook {
  return hook.transition === "terminate" && hook.instructions.announce !== undefined;
}

/** The instances at a hook that wait for their turn. */
function heldAt({ cases }: Due): readonly string[] {
  return cases
    .filter(({ decision }) => decision.reason.code === "notItsTurn")
    .map(({ subject }) => subject.instance);
}

async function announceAt(
  context: Context,
  group: Group,
  hook: AnnouncingHook,
  instances: readonly Instance[],
): Promise<void> {
  const { autoScaling, clock, memory } = context;
  const { announced } = memory;
  const keyOf = (id: string) => `${placeOf({ group: group.name, instance: id })} ${hook.name}`;
  const ids = instances.map(({ id }) => id).filter((id) => !announced.has(keyOf(id)));
  if (ids.length === 0) return;
  const after = clock.now() - longestWay(hook) * 1000;
  const { announce: own, document } = hook.instructions;
  const [activities, tellings, stops] = await Promise.all([
    group.repeats
      ? autoScaling.activities(group.name, hook.transition, ids, false)
      : new Map<string, Activity>(),
    readCommands(context, own.document, ids, after),
    readCommands(context, document, ids, after),
  ]);
  const remember = (id: string) => announced.set(keyOf(id), placeOf({ group: group.name, instance: id }));
  const targets = ids.flatMap((instance) => {
    const actionSince = activities.get(instance)?.startedAt;
    // Without its activity an instance of a warm pool may be on its way from a launch.
    if (group.repeats && actionSince === undefined) return [];
    const isOfThisAction = ({ early = false, requestedAt }: Command) =>
      early || requestedAt >= (actionSince ?? -Infinity);
    const isTold = [tellings, stops].some((commands) => commands.get(instance)?.some(isOfThisAction));
    if (isTold) remember(instance);
    return isTold ? [] : [{ instance, actionSince }];
  });
  for (const id of await send(context, hook, targets)) remember(id);
}

/** Sends the document; returns the instances that SSM took the command for. */
async function send(
  context: Context,
  hook: AnnouncingHook,
  targets: readonly { readonly instance: string; readonly actionSince: number | undefined }[],
): Promise<readonly string[]> {
  const { clock, log, runCommand } = context;
  const { announce: own, delivery, scriptLogGroup } = hook.instructions;
  const parameters: AnnounceParameters = {
    group: hook.group,
    groupBase64: Buffer.from(hook.group).toString("base64"),
    hook: hook.name,
    sent: toSeconds(clock.now()),
    since: sinceParameter(targets),
  };
  const { problem, sent } = await sendInBatches(
    runCommand,
    targets.map(({ instance }) => instance),
    (instances) =>
      runCommand.announce({
        document: own.document,
        instances,
        parameters,
        delivery,
        budget: budgetOf({ delivery, execution: own.execution }),
        logGroup: scriptLogGroup,
      }),
  );
  const subject = { group: hook.group, hook: hook.name, transition: hook.transition };
  for (const { commandId, instances } of sent)
    log.info({
      message: `announced by ${own.document} as ${commandId} to ${instances.join(", ")}`,
      ...subject,
    });
  const taken = sent.flatMap(({ instances }) => instances);
  const missed = targets.filter(({ instance }) => !taken.includes(instance));
  if (missed.length > 0) {
    const names = missed.map(({ instance }) => instance).join(", ");
    log.warn({
      message: `could not announce to ${names}; the next sweep tries again`,
      ...subject,
      error: problem ?? "SSM refuses the command",
    });
  }
  return taken;
}
