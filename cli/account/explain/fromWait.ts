import { waitsAt } from "../../../simulator";
import { decisionKind } from "../decisionText";
import { ownHookOf } from "../hooks";
import type { Facts } from "./facts";
import { isDeregistered, stateOf } from "./fromActivity";
import type { Passage } from "./passages";
import { told, type Told } from "./told";

/**
 * When the instance began to wait at its hooks. No list of AWS has the instant: it follows from the handler's first
 * decision, which says how long the instance had waited, or from the first command, or from the deregistration delay.
 * Without a decision and a command nothing shows that the instance waited.
 */
export function tellWait(facts: Facts, passage: Passage): Told[] {
  const hooks = hooksOf(facts, passage);
  const since = beginningOf(facts, passage);
  if (since === undefined || hooks.length === 0) return [];
  const { at, isAbout } = since;
  const { instance } = facts;
  const group = facts.group ?? "";
  const { transition } = passage;
  const ours = servedHookOf(facts, passage) ?? hooks[0] ?? "";
  const state = `${stateOf(passage)}:Wait`;
  return [
    told({ kind: "instance", at, group, instance, state, why: waitsAt(hooks) }, isAbout),
    told({ kind: "action", at, group, hook: ours, instance, transition, token: "", phase: "waiting" }),
  ];
}

/** The hook that the handler served; undefined if nothing names it. */
export function servedHookOf(
  { settings }: Facts,
  { commands, log, transition }: Passage,
): string | undefined {
  const named = [
    ...commands.map(({ hook }) => hook),
    ...log.map(({ entry }) => (typeof entry["hook"] === "string" ? entry["hook"] : undefined)),
  ].find((name) => name !== undefined);
  return named ?? (settings && ownHookOf(settings.hooks, transition)?.name);
}

/** The hooks at which an instance waits, which are all hooks of the transition. */
function hooksOf(facts: Facts, passage: Passage): string[] {
  const present = (facts.settings?.hooks ?? [])
    .filter(({ transition }) => transition === passage.transition)
    .map(({ name }) => name);
  const ours = servedHookOf(facts, passage);
  return ours === undefined || present.includes(ours) ? present : [...present, ours];
}

type Instant = Pick<Told, "at" | "isAbout">;

function beginningOf(facts: Facts, { activity, commands, log }: Passage): Instant | undefined {
  const decided = log.find(({ entry }) => decisionKind(entry["decision"]) !== undefined);
  const sent = commands.find(({ isAnnouncement }) => !isAnnouncement);
  const first = Math.min(decided?.at ?? Infinity, sent?.requestedAt ?? Infinity);
  if (first === Infinity) return undefined;
  const atMost = (at: number, isAbout = false): Instant => ({ at: Math.min(at, first), isAbout });
  // A handler that no event told of the wait takes the deregistration delay for the time before the wait.
  const isAbout = sent?.since === undefined;
  const elapsed = decided?.entry["elapsed"];
  if (decided !== undefined && typeof elapsed === "number")
    return atMost(decided.at - elapsed * 1000, isAbout);
  if (sent?.since !== undefined) return atMost(sent.since);
  if (activity === undefined) return atMost(first, true);
  const drain = isDeregistered(facts, activity) ? delayOf(facts) : 0;
  return atMost(activity.startedAt + drain * 1000, true);
}

/** How long the target groups take to deregister the instance at most, seconds. */
function delayOf({ settings }: Facts): number {
  const delays = (settings?.hooks ?? []).map(({ instructions }) => instructions?.deregistrationDelay ?? 0);
  return Math.max(0, ...delays);
}
