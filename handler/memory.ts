import { createPaces, type Paces } from "./aws/calls";
import type { CommandEnd } from "./aws/commandEnd";
import type { Said } from "./busy/answer";
import type { ServedHook } from "./servedHook";
import type { Activity, Command } from "./situation";

/**
 * What a process remembers of earlier invocations; may be empty at any time. A help only: without it the handler reads
 * more than it has to, and sends a heartbeat too many. Instants are milliseconds since 1970.
 */
export interface Memory {
  readonly actions: Map<string, ActionMemory>;
  /** The hooks of groups, by group. */
  readonly hooks: Map<string, KnownHooks>;
  /** When a sweep has last seen a group. */
  readonly groups: Map<string, number>;
  /** What the callback last said of instances in service, by place, where busy instances are protected. */
  readonly busy: Map<string, Said>;
  /** Instances that know that they were chosen, by place and hook; the value is the place. */
  readonly announced: Map<string, string>;
  /** Group at which the next sweep begins, as the last sweep ran out of time there. */
  next: string | undefined;
  /** When a sweep has last asked EC2 for retirements; undefined as long as it is to ask at once. */
  retirementsReadAt: number | undefined;
  readonly paces: Paces;
}

/** Hooks of a group, by the revision that its tags name. */
export interface KnownHooks {
  readonly readAt: number;
  readonly byRevision: ReadonlyMap<string, readonly ServedHook[]>;
}

/** What is remembered of one action. */
export interface ActionMemory extends ActionKey {
  /** When the wait began, where this process got the event that says so. For the metrics: no decision rests on it. */
  waitingSince: number | undefined;
  /** When a sweep has last handled the action; 0 if none has. */
  look: number;
  /** Commands sent before this are not of this action. */
  readonly sentNothingBefore: number;
  /** The command that was sent last, which lists may not show yet. */
  sent: Command | undefined;
  /** How its commands ended, by their ids. */
  readonly ends: Map<string, CommandEnd>;
  activity: Activity | undefined;
  /** When the action was last extended. */
  extendedAt: number | undefined;
  /** Since when SSM refuses the action's instance. */
  refusedSince: number | undefined;
  /** Since when EC2 does not tell whether an operator holds the instance; undefined if EC2 has answered. */
  holdUnreadSince: number | undefined;
  /** When we last asked the user's probe about the action; 0 if never. */
  probedAt: number;
  /** When a completion first found no action, though the instance waits. */
  goneSince: number | undefined;
  /** Whether the action was completed, so that the instance waits at somebody else's hook. */
  isOver: boolean;
}

export function createMemory(): Memory {
  return {
    actions: new Map(),
    hooks: new Map(),
    groups: new Map(),
    busy: new Map(),
    announced: new Map(),
    next: undefined,
    retirementsReadAt: undefined,
    paces: createPaces(),
  };
}

/** What tells actions apart, as long as no instance passes a hook twice; groups whose instances do say so (`repeats`). */
export interface ActionKey {
  readonly group: string;
  readonly hook: string;
  readonly instance: string;
}

/** What is remembered of an action, from now on. */
export function recall({ actions, groups }: Memory, key: ActionKey): ActionMemory {
  const { group, hook, instance } = key;
  const text = [group, hook, instance].join(" ");
  const known = actions.get(text);
  if (known !== undefined) return known;
  const fresh: ActionMemory = {
    group,
    hook,
    instance,
    waitingSince: undefined,
    look: 0,
    sentNothingBefore: groups.get(group) ?? 0,
    sent: undefined,
    ends: new Map(),
    activity: undefined,
    extendedAt: undefined,
    refusedSince: undefined,
    holdUnreadSince: undefined,
    probedAt: 0,
    goneSince: undefined,
    isOver: false,
  };
  actions.set(text, fresh);
  return fresh;
}

/** An instance of a group as a text. Only names of groups may have blanks, so two places are never the same text. */
export function placeOf({ group, instance }: Pick<ActionKey, "group" | "instance">): string {
  return `${group} ${instance}`;
}

/** Forgets answers that count no more. */
export function forgetAnswers({ busy }: Memory, before: number): void {
  for (const [place, { askedAt }] of busy) if (askedAt < before) busy.delete(place);
}

/** Forgets who knows that it was chosen, apart from the instances at some places, which are still on their way. */
export function forgetAnnounced({ announced }: Memory, leaving: ReadonlySet<string>): void {
  for (const [key, place] of announced) if (!leaving.has(place)) announced.delete(key);
}

/** Forgets the actions of instances that do not wait any more; `waiting` holds the places of the waiting instances. */
export function forgetOthers({ actions }: Memory, waiting: ReadonlySet<string>): void {
  for (const [text, action] of actions) if (!waiting.has(placeOf(action))) actions.delete(text);
}
