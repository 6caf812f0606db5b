import type { CommandEnd } from "./aws/commandEnd";
import { because, decide, type Decision, type Inspection } from "./decide";
import type { ActionMemory } from "./memory";
import type { Activity, Command, FoundAction, Hold, Machine } from "./situation";

/** Facts that cost a call and are read only when a decision asks for them. */
export interface Facts {
  /** The scaling activity behind the wait; undefined if Auto Scaling shows none. */
  activity(): Promise<Activity | undefined>;
  /** All commands of the document on the instance that SSM remembers. */
  history(): Promise<readonly Command[]>;
  /** How a command ended; undefined if SSM does not show it (yet). */
  end(command: string): Promise<CommandEnd | undefined>;
  /** What SSM knows of the machine. */
  machine(): Promise<Machine>;
  /** Whether an operator holds the instance. */
  hold(): Promise<Hold>;
}

/** A decision that can be carried out, or needs more, and the situation with all facts that it took. */
export interface Deliberation {
  readonly decision: Exclude<Decision, Inspection> | Wanted;
  readonly situation: FoundAction;
}

/** A fact that takes more than a call: whose turn it is in the group, or what the user's probe says. */
export type Wanted = Inspection & { readonly fact: "turn" | "busy" };

/** What to do about an instance for which Auto Scaling shows no scaling activity (yet). */
export const unnamed = { kind: "wait", reason: because("activityNotListed") } as const;

/** Decides, reading further facts as long as the decision asks for them. How commands ended is read once. */
export async function deliberate(
  situation: FoundAction,
  facts: Facts,
  memory: Pick<ActionMemory, "ends">,
): Promise<Deliberation> {
  let known = withEnds(situation, memory.ends);
  for (;;) {
    const decision = decide(known);
    if (decision.kind !== "inspect") return { decision, situation: known };
    switch (decision.fact) {
      case "turn":
      case "busy":
        return { decision: { ...decision, fact: decision.fact }, situation: known };
      case "machine":
        known = { ...known, machine: await facts.machine() };
        break;
      case "hold":
        known = { ...known, hold: await facts.hold() };
        break;
      case "activity": {
        const activity = await facts.activity();
        if (activity === undefined) return { decision: unnamed, situation: known };
        const isComplete = activity.startedAt >= known.listedSince;
        const commands = isComplete ? known.commands : await facts.history();
        known = withEnds({ ...known, activity, commands, listedSince: activity.startedAt }, memory.ends);
        break;
      }
      case "end": {
        const end = await facts.end(decision.command);
        if (end === undefined || isOpenEnd(end)) {
          return { decision: { kind: "wait", reason: because("endNotListed") }, situation: known };
        }
        memory.ends.set(decision.command, end);
        known = withEnds(known, memory.ends);
      }
    }
  }
}

/** Whether the record of a command does not show an end yet that events or lists show. */
export function isOpenEnd({ status }: CommandEnd): boolean {
  return status === "pending" || status === "running" || status === "ended";
}

/** The situation with the ends that were looked up, which lists may show later. */
function withEnds(situation: FoundAction, ends: ReadonlyMap<string, CommandEnd>): FoundAction {
  return { ...situation, commands: situation.commands.map((one) => ({ ...one, ...ends.get(one.id) })) };
}
