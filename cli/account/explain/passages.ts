import type { Transition } from "../../../contract";
import type { ActivityFacts, CommandFacts, Facts, LogFacts } from "./facts";

/** One way of an instance through a transition, with what an account tells of it. */
export interface Passage {
  readonly transition: Transition;
  /** Undefined where no scaling activity is left, or could be read. */
  readonly activity: ActivityFacts | undefined;
  /** When it began, ms since 1970; without an activity when something was first told of it. */
  readonly began: number;
  readonly commands: readonly CommandFacts[];
  readonly log: readonly LogFacts[];
}

/** The passages of an instance, oldest first. */
export function passagesOf({ activities, commands, log }: Facts): Passage[] {
  const drafts: Draft[] = activities.map((activity) => ({
    transition: transitionOf(activity),
    activity,
    commands: [],
    log: [],
  }));
  for (const command of commands)
    draftOf(drafts, command.transition, command.requestedAt).commands.push(command);
  for (const line of log) {
    const { transition } = line.entry;
    const own = transition === "launch" || transition === "terminate" ? transition : undefined;
    const draft = own === undefined ? lastBegun(drafts, line.at) : draftOf(drafts, own, line.at);
    draft?.log.push(line);
  }
  return drafts
    .map((draft) => ({ ...draft, began: beginningOf(draft) }))
    .sort((one, other) => one.began - other.began);
}

/** A launch begins with the same word into a warm pool and out of it; everything else passes hooks of a termination. */
export function transitionOf({ description }: ActivityFacts): Transition {
  return /^(Launching|Attaching)/.test(description) ? "launch" : "terminate";
}

interface Draft {
  readonly transition: Transition;
  readonly activity: ActivityFacts | undefined;
  readonly commands: CommandFacts[];
  readonly log: LogFacts[];
}

/** How long before its transition a command may be sent, ms: at the warning of a Spot interruption. */
const early = 180_000;

/**
 * The passage of a transition that something belongs to: the last that had begun by then, or the next where that is near.
 * Where no activity is left there is one passage of each transition for all.
 */
function draftOf(drafts: Draft[], transition: Transition, at: number): Draft {
  const own = drafts.filter((one) => one.transition === transition);
  const found =
    lastBegun(own, at) ?? own.find(({ activity }) => (activity?.startedAt ?? Infinity) <= at + early);
  if (found !== undefined) return found;
  const draft: Draft = { transition, activity: undefined, commands: [], log: [] };
  drafts.push(draft);
  return draft;
}

function lastBegun(drafts: readonly Draft[], at: number): Draft | undefined {
  return drafts
    .filter(({ activity }) => activity === undefined || activity.startedAt <= at)
    .sort((one, other) => (one.activity?.startedAt ?? 0) - (other.activity?.startedAt ?? 0))
    .at(-1);
}

function beginningOf({ activity, commands, log }: Draft): number {
  const told = [...commands.map(({ requestedAt }) => requestedAt), ...log.map(({ at }) => at)];
  return activity?.startedAt ?? Math.min(...told);
}
