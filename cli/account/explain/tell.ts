import type { Line } from "../../rehearsal/narrate";
import { followWays, type Way } from "../../rehearsal/phases";
import type { SimulationEvent } from "../../../simulator";
import type { ActivityFacts, Facts } from "./facts";
import { isDeregistered, isIntoPool, tellActivity } from "./fromActivity";
import { tellCommands } from "./fromCommands";
import { tellLog } from "./fromLog";
import { servedHookOf, tellWait } from "./fromWait";
import { passagesOf, type Passage } from "./passages";
import type { Told } from "./told";

/** The account of one passage. */
export interface Account {
  readonly passage: Passage;
  /** In order of time. */
  readonly entries: readonly Entry[];
  /** What a rehearsal would have recorded, as far as it is known. */
  readonly events: readonly SimulationEvent[];
  /** The phases, for the picture; undefined where nothing tells of them. */
  readonly way: Way | undefined;
  /** What the scripts wrote. */
  readonly outputs: readonly Output[];
}

/** A line for people. */
export interface Entry {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Whether no source has the instant, so that it follows from others. */
  readonly isAbout: boolean;
  readonly line: Line;
}

/** The output of a command. */
export interface Output {
  readonly command: string;
  readonly text: string;
}

/** Tells of an instance, passage by passage. */
export function tell(facts: Facts): Account[] {
  return passagesOf(facts).map((passage) => tellPassage(facts, passage));
}

function tellPassage(facts: Facts, passage: Passage): Account {
  const tells = inOrder(
    [
      ...tellActivity(facts, passage),
      ...tellWait(facts, passage),
      ...tellLog(facts, passage),
      ...tellCommands(facts, passage),
    ],
    passage.activity,
  );
  const events = tells.flatMap(({ event }) => event ?? []);
  const { activity, began, transition } = passage;
  const [way] = followWays(events, {
    began,
    transition,
    hook: servedHookOf(facts, passage),
    isDeregistered: activity !== undefined && isDeregistered(facts, activity),
    isIntoPool: activity !== undefined && isIntoPool(activity),
    ...(activity === undefined ? { decided: 0 } : {}),
  });
  return { passage, entries: entriesOf(tells), events, way, outputs: outputsOf(passage) };
}

/** An end in whole seconds comes after everything of its second, and after the log's line about its cause. */
function inOrder(tells: readonly Told[], activity: ActivityFacts | undefined): Told[] {
  const end = activity?.endedAt ?? Infinity;
  const latest = Math.max(end, ...tells.map(({ at }) => at).filter((at) => at < end + 1_500));
  const before = tells.filter(({ at }) => at !== end);
  const ends = tells.filter(({ at }) => at === end).map((one) => ({ ...one, ...movedTo(one, latest) }));
  return [...before, ...ends].sort((one, other) => one.at - other.at);
}

function movedTo({ event }: Told, at: number): Pick<Told, "at" | "event"> {
  return { at, event: event && { ...event, at } };
}

/** A line that may come again and again comes once. */
function entriesOf(tells: readonly Told[]): Entry[] {
  const said = new Set<string>();
  return tells.flatMap(({ at, isAbout, line }) => {
    if (line === undefined || said.has(line.text)) return [];
    if (line.isRepeated === true) said.add(line.text);
    return [{ at, isAbout, line }];
  });
}

/** The log has the end of the output of a script that failed, though SSM keeps nothing any more. */
function outputsOf({ commands, log }: Passage): Output[] {
  const kept = commands
    .filter(({ output }) => output !== "")
    .map(({ id, output }) => ({ command: id, text: output }));
  const logged = log.flatMap(({ entry }) => {
    const [, command] = /^the end of the output of (\S+)$/.exec(String(entry["message"])) ?? [];
    const text = entry["output"];
    return command === undefined || typeof text !== "string" ? [] : [{ command, text }];
  });
  const isKept = (id: string) => kept.some(({ command }) => command === id);
  return [...kept, ...logged.filter(({ command }) => !isKept(command))];
}
