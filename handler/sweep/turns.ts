import type { DrainInstructions } from "../../contract";
import type { Group, Instance } from "../aws/autoScaling";
import type { Context } from "../context";
import { commandsOfThisAction } from "../decide";
import type { ServedHook } from "../servedHook";
import type { Case, DecidedCase, Look } from "./cases";
import { judge, settle } from "./carryOutCase";

/** A hook whose instances take turns at their scripts. */
export type HookWithTurns = ServedHook & { readonly instructions: { readonly drain: DrainInstructions } };

/** Whether the instances at a hook take turns at their scripts. */
export function takesTurns(hook: ServedHook): hook is HookWithTurns {
  return hook.transition === "terminate" && hook.instructions.drain !== undefined;
}

/** An instance of the group that has yet to stop. */
export interface Candidate {
  readonly instance: string;
  /** Whether it was sent a command, so that its turn has begun. */
  readonly hasBegun: boolean;
  /** When Auto Scaling chose the instance, ms since 1970; undefined if no scaling activity says so (yet). */
  readonly chosenAt: number | undefined;
}

/**
 * The instances whose turn it is; pure. Every invocation computes the same from the same answers of AWS, as the order is
 * total: instances whose turn has begun, then in the order of Auto Scaling's choice. Instances that still deregister
 * count: else the order would depend on whose hook fires first. An instance whose choice no activity tells comes before
 * instances that have yet to begin, as it may have been chosen before them.
 */
export function turnsOf(candidates: readonly Candidate[], maxConcurrent: number): ReadonlySet<string> {
  const place = ({ chosenAt = 0, hasBegun }: Candidate) => (hasBegun ? -1 : chosenAt);
  const inOrder = [...candidates].sort(
    (one, other) => place(one) - place(other) || one.instance.localeCompare(other.instance),
  );
  return new Set(inOrder.slice(0, maxConcurrent).map(({ instance }) => instance));
}

/**
 * Decides about the instances at a hook, and carries out what is due: first all other cases, then the cases that wait for
 * their turn, so that an action that was just completed passes its turn on at once.
 */
export async function settleInTurn(
  context: Context,
  group: Group,
  hook: HookWithTurns,
  cases: readonly Case[],
  { about }: Look,
): Promise<DecidedCase[]> {
  const isOwn = ({ subject }: Case) => about === undefined || about.includes(subject.instance);
  const settled = await settle(context, cases.filter(isOwn));
  const others = await judge(
    context,
    cases.filter((one) => !isOwn(one)),
  );
  const passesOn = settled.some(({ isCompleted }) => isCompleted);
  const held = [...settled, ...(passesOn ? others : [])].filter(wantsTurn);
  const free = settled.filter((one) => !wantsTurn(one));
  if (held.length === 0) return free;
  const candidates = await candidatesOf(context, group, hook, cases, [...settled, ...others]);
  const turns = turnsOf(candidates, hook.instructions.drain.maxConcurrent);
  const decided = await settle(
    context,
    held.map((one) => ({
      ...one,
      situation: { ...one.situation, hasTurn: turns.has(one.subject.instance) },
    })),
  );
  return [...free, ...decided];
}

function wantsTurn({ decision }: DecidedCase): boolean {
  return decision.kind === "inspect" && decision.fact === "turn";
}

/** The instances of a group that have yet to stop; an instance about which AWS did not answer is one of them. */
async function candidatesOf(
  context: Context,
  group: Group,
  hook: HookWithTurns,
  cases: readonly Case[],
  judged: readonly DecidedCase[],
): Promise<Candidate[]> {
  const decided = new Map(judged.map((one) => [one.subject.instance, one]));
  const waiting = cases.flatMap((one): Candidate[] => {
    const { instance } = one.subject;
    const known = decided.get(instance);
    // An action that is completed has had its turn, though another hook may still hold the instance.
    if (known?.decision.kind === "complete") return [];
    const { situation } = known ?? one;
    const hasBegun = commandsOfThisAction(situation).length > 0;
    return [{ instance, hasBegun, chosenAt: situation.activity?.startedAt }];
  });
  const draining = group.instances.filter(mayBeDraining);
  if (draining.length === 0) return waiting;
  const ids = draining.map(({ id }) => id);
  const activities = await context.autoScaling.activities(group.name, hook.transition, ids, false);
  return [
    ...waiting,
    ...draining.flatMap(({ id, lifecycleState }): Candidate[] => {
      const chosenAt = activities.get(id)?.startedAt;
      // An instance that launches into the warm pool has the same state, and nothing has chosen it to go.
      if (chosenAt === undefined && lifecycleState === intoPool) return [];
      return [{ instance: id, hasBegun: false, chosenAt }];
    }),
  ];
}

/** The state of an instance on its way into the warm pool, from a launch or from a scale-in, before its hook. */
const intoPool = "Warmed:Pending";

/** States of instances that are chosen and have yet to come to their hook. */
const drainStates: ReadonlySet<string> = new Set([
  "Terminating",
  "Warmed:Terminating",
  "ReplacingRootVolume",
  intoPool,
]);

function mayBeDraining({ lifecycleState }: Instance): boolean {
  return drainStates.has(lifecycleState);
}
