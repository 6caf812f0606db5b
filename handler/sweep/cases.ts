import { budgetOf, type Route } from "../../contract";
import { completionRecovery } from "../../timing";
import type { Group, Instance } from "../aws/autoScaling";
import type { Subject } from "../carryOut";
import type { Context } from "../context";
import { drainOf, longestAction } from "../decide";
import type { Deliberation, Facts } from "../deliberate";
import { recall, type ActionMemory } from "../memory";
import { hasProbe } from "../probe";
import { isPoolOnly } from "../route";
import { isUntold, type ServedHook } from "../servedHook";
import type { Command, FoundAction } from "../situation";
import { readCommands } from "./commands";
import { factsAbout } from "./facts";

/** One waiting instance and what is known about it. */
export interface Case {
  readonly subject: Subject;
  readonly situation: FoundAction;
  readonly facts: Facts;
  readonly memory: ActionMemory;
  readonly route: Route;
  /** Whether the instance's metadata service does not tell that the instance is on its way. */
  readonly isUntold: boolean;
  /** Whether a sweep handles it; sweeps send the heartbeats that are due. */
  readonly isSweep: boolean;
  /** When the command was sent and ended whose end made this look, if it was the only instance of the command. */
  readonly ended: Pick<EndedCommand, "requestedAt" | "endedAt"> | undefined;
}

/** A command of whose end an event tells; the event may be late and the command of an earlier action. */
export interface EndedCommand extends Pick<Command, "id" | "requestedAt"> {
  readonly instances: readonly string[];
  /** When it ended on all of its instances, where the event says so. */
  readonly endedAt?: number | undefined;
  /** The document that it ran. Defaults to the document of the stop script. */
  readonly document?: string;
}

/** How one look at a group differs from another. */
export interface Look {
  /** Sweeps send the heartbeats that fell due since they last handled an action. */
  readonly isSweep: boolean;
  /** Only the instances of this hook; all hooks if absent. */
  readonly hook?: string;
  /** A command that has just ended, which lists may not show yet. */
  readonly ended?: EndedCommand | undefined;
  /**
   * Where instances take turns, the instances that the look is about: it only passes their turns on to other instances.
   * Else each of many events at once would start the same script. All instances if absent.
   */
  readonly about?: readonly string[];
}

/** An instance that waits, and its route through the hook. */
interface Waiting {
  readonly instance: Instance;
  readonly route: Route;
}

/** A case that was decided. */
export type DecidedCase = Case &
  Deliberation & {
    /** Whether this look has completed the action. */
    readonly isCompleted?: boolean;
  };

/** Reads facts for the decisions about the waiting instances of a hook; their commands with as few calls as may be. */
export async function readCases(
  context: Context,
  group: Group,
  hook: ServedHook,
  waiting: readonly Waiting[],
  look: Look,
): Promise<Case[]> {
  const { clock, memory } = context;
  const now = clock.now();
  const remembered = waiting.map((one) => ({ ...one, memory: recall(memory, keyOf(hook, one.instance)) }));
  const open = remembered.filter((one) => !(one.memory.isOver && !group.repeats));
  const drain = drainOf(hook);
  const longest = longestWay(hook);
  const earliest = Math.min(...open.map((one) => one.memory.sentNothingBefore));
  const after = Math.max(now - longest * 1000, earliest - earlyCommands - drain * 1000);
  const ids = open.map(({ instance }) => instance.id);
  const commands = await readCommands(context, hook.instructions.document, ids, after);
  const unhealthy = open.filter(({ instance }) => !instance.isHealthy).map(({ instance }) => instance.id);
  const facts = factsAbout(context, hook, ids, unhealthy);
  const isCovered = ({ activity }: ActionMemory) => activity !== undefined && activity.startedAt >= after;
  return open.map(({ instance, memory: own, route }): Case => {
    const { id, isHealthy, lifecycleState } = instance;
    return {
      subject: { ...keyOf(hook, instance), transition: hook.transition, token: undefined },
      memory: own,
      route,
      isUntold: isUntold(lifecycleState),
      isSweep: look.isSweep,
      ended: timesOf(endedOn(hook, id, look)),
      situation: {
        kind: "found",
        transition: hook.transition,
        instructions: hook.instructions,
        heartbeatTimeout: hook.heartbeatTimeout,
        isPoolOnly: isPoolOnly(hook.transition, route),
        isHealthy,
        commands: withUnlisted(commands.get(id) ?? [], own, endedOn(hook, id, look)),
        listedSince: after,
        repeats: group.repeats,
        hasProbe: hasProbe(context, hook.instructions),
        // An activity that began before the list does is read again, with all commands.
        activity: group.repeats || !isCovered(own) ? undefined : own.activity,
        now,
        extendedAt: own.extendedAt,
        // Without a remembered look any number may be missing: a heartbeat too many is better than a heartbeat too few.
        previousLook: look.isSweep ? own.look : now,
      },
      facts: facts(id, own),
    };
  });
}

/**
 * How long before now a command of an action may have been sent, seconds: the last command may be sent at the very end,
 * and take a budget more.
 */
export function longestWay(hook: ServedHook): number {
  return drainOf(hook) + longestAction(hook) + budgetOf(hook.instructions) + 2 * completionRecovery;
}

/** A command that was sent or has ended counts before lists show it: else we would send another at once. */
function withUnlisted(
  commands: readonly Command[],
  { sent }: ActionMemory,
  ended: EndedCommand | undefined,
): readonly Command[] {
  const isListed = (id: string) => commands.some((one) => one.id === id);
  const all = [...commands];
  if (ended !== undefined && !isListed(ended.id))
    all.push({ id: ended.id, requestedAt: ended.requestedAt, status: "ended" });
  if (sent !== undefined && sent.id !== ended?.id && !isListed(sent.id)) all.push(sent);
  return all.sort((one, other) => one.requestedAt - other.requestedAt);
}

/** The end of an announcement, whoever sent it, says nothing about the stop script. */
function endedOn({ instructions }: ServedHook, instance: string, { ended }: Look): EndedCommand | undefined {
  const { announce } = instructions;
  if (announce !== undefined && ended?.document === announce.document) return undefined;
  return ended?.instances.includes(instance) ? ended : undefined;
}

/** The times of a command of one instance: a command of several ends when the last of them has ended. */
function timesOf(ended: EndedCommand | undefined): Case["ended"] {
  if (ended?.instances.length !== 1) return undefined;
  const { endedAt, requestedAt } = ended;
  return { endedAt, requestedAt };
}

/** How much older than the wait a command of a Spot warning may be, ms. */
const earlyCommands = 300_000;

function keyOf({ group, name }: ServedHook, { id }: Instance) {
  return { group, hook: name, instance: id };
}
