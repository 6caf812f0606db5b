import { isFields, type Transition } from "../../contract";
import { hasTargetGroup, type SimulationEvent } from "../../simulator";
import { groupOf, servedHookOf, type Rehearsal } from "./rehearsal";

/** The way of one instance, in milliseconds since the rehearsal began; a moment that did not come is undefined. */
export interface Way {
  readonly instance: string;
  readonly transition: Transition;
  /** Whether a target group deregisters the instance before the hook of a termination fires. */
  readonly isDeregistered: boolean;
  /** Auto Scaling has decided. */
  readonly decided: number;
  /** The hook fired. */
  readonly waited: number | undefined;
  /** Its turn came, after the instance had waited for it. */
  readonly turn: number | undefined;
  readonly scriptStarted: number | undefined;
  readonly scriptEnded: number | undefined;
  /** How the script ended: its exit code, `killed`, or undefined if it never ran. */
  readonly script: number | "killed" | undefined;
  /** How often the script was started. */
  readonly runs: number;
  readonly completed: number | undefined;
  /** How the action ended. */
  readonly result: string | undefined;
  readonly by: string | undefined;
  /** The instance is in service, retained, in the warm pool, or its machine is shut down. */
  readonly ended: number | undefined;
  readonly end: "InService" | "retained" | "in the warm pool" | "ended" | undefined;
  readonly heartbeats: readonly number[];
}

/** Follows each instance that passed the transition of a rehearsal. */
export function waysOf(rehearsal: Rehearsal): Way[] {
  const { began, events, settings } = rehearsal;
  const { transition } = settings;
  const group = groupOf(rehearsal);
  const ways = followWays(events, {
    began,
    transition,
    hook: servedHookOf(rehearsal)?.name,
    isDeregistered: transition === "terminate" && group !== undefined && hasTargetGroup(group),
  });
  // Instances that replace a failed launch are still on their way when the rehearsal ends.
  return transition === "launch" ? ways.slice(0, settings.instances) : ways;
}

/** What is known of the ways before they are followed. */
export interface Course extends Pick<Way, "transition" | "isDeregistered"> {
  /** From when on the times of the ways count, ms since 1970. */
  readonly began: number;
  /** Name of the hook that the handler serves; undefined for none. */
  readonly hook: string | undefined;
  /** Whether instances are followed that a launch brings into the warm pool. Defaults to false. */
  readonly isIntoPool?: boolean;
  /** When Auto Scaling decided, ms since `began`, where no event tells. Defaults to not known: no way is followed. */
  readonly decided?: number;
}

/** Follows each instance that passed a transition, by the events. */
export function followWays(events: readonly SimulationEvent[], course: Course): Way[] {
  const { began, hook, isDeregistered, isIntoPool = false, transition } = course;
  const passage = isIntoPool ? launchIntoPool : passages[transition];
  const ways = new Map<string, Draft>();
  for (const event of events) {
    const queued = event.kind === "log" ? ways.get(waitsForTurn(event.entry) ?? "") : undefined;
    if (queued !== undefined) queued.isQueued = true;
    if (!("instance" in event) || typeof event.instance !== "string") continue;
    const known = ways.get(event.instance);
    const draft = known ?? { heartbeats: [], runs: 0 };
    if (follow(draft, event, { transition, hook, passage }, event.at - began) && known === undefined) {
      ways.set(event.instance, draft);
    }
  }
  return [...ways].flatMap(([instance, { decided = course.decided, ...draft }]) => {
    if (decided === undefined) return [];
    const script = { scriptStarted: undefined, scriptEnded: undefined, script: undefined };
    const empty = { waited: undefined, turn: undefined, ...script };
    const open = { completed: undefined, result: undefined, by: undefined, ended: undefined, end: undefined };
    const { heartbeats, isQueued: _, runs, ...known } = draft;
    return [{ ...empty, ...open, ...known, instance, transition, isDeregistered, decided, heartbeats, runs }];
  });
}

/** The instance that, as a line of the handler's log says, waits for its turn; undefined for any other line. */
export function waitsForTurn(entry: unknown): string | undefined {
  if (!isFields(entry) || entry["code"] !== notItsTurn) return undefined;
  const { instance } = entry;
  return typeof instance === "string" ? instance : undefined;
}

/** The code of the handler's decision. */
const notItsTurn = "notItsTurn";

type Draft = {
  -readonly [
    Key in keyof Omit<Way, "instance" | "transition" | "isDeregistered" | "heartbeats" | "runs">
  ]?: Way[Key];
} & {
  heartbeats: number[];
  runs: number;
  /** Whether the handler has found that it is not the instance's turn. */
  isQueued?: boolean;
};

/** What is followed. */
interface Followed extends Pick<Course, "hook" | "transition"> {
  readonly passage: Passage;
}

/** Adds the facts of an event; tells whether it had any. */
function follow(
  draft: Draft,
  event: SimulationEvent,
  { hook, passage, transition }: Followed,
  at: number,
): boolean {
  switch (event.kind) {
    case "instance":
      return followInstance(draft, event.state, passage, at);
    case "action":
      if (event.transition !== transition || event.hook !== hook) return false;
      if (event.phase === "waiting") draft.waited ??= at;
      if (event.phase === "extended") draft.heartbeats.push(at);
      if (event.phase === "completed")
        Object.assign(draft, { completed: at, result: event.result, by: event.by });
      return true;
    case "script":
      if (event.transition !== transition) return false;
      if (event.phase === "started") {
        draft.scriptStarted ??= at;
        draft.runs += 1;
      }
      if (event.phase === "ended") Object.assign(draft, { scriptEnded: at, script: event.code });
      if (event.phase === "killed") Object.assign(draft, { scriptEnded: at, script: "killed" });
      return true;
    case "command":
      if (draft.isQueued && !event.announces && event.status === "Pending") draft.turn ??= at;
      return false;
    case "agent":
    case "announceScript":
    case "announcement":
    case "call":
    case "check":
    case "choice":
    case "event":
    case "health":
    case "hold":
    case "hook":
    case "interruption":
    case "invocation":
    case "log":
    case "message":
    case "metric":
    case "protection":
    case "scriptLogs":
      return false;
  }
}

/** The states with which instances begin and end a transition. */
interface Passage {
  readonly begins: RegExp;
  readonly ends: RegExp;
}

const launchIntoPool: Passage = {
  begins: /^Warmed:Pending$/,
  ends: /^Warmed:(Stopped|Running|Hibernated)$/,
};

const passages: Readonly<Record<Transition, Passage>> = {
  launch: { begins: /^Pending$/, ends: /^InService$/ },
  terminate: {
    begins: /^(Terminating|Warmed:Pending)$/,
    ends: /^(ended|Terminated|.*:Retained|Warmed:(Stopped|Running|Hibernated))$/,
  },
};

/** Counts the instances that have passed a transition, event by event. */
export function countPassed(transition: Transition): (event: SimulationEvent) => number {
  const { begins, ends } = passages[transition];
  const begun = new Set<string>();
  const ended = new Set<string>();
  return (event) => {
    if (event.kind !== "instance") return ended.size;
    const { instance, state } = event;
    if (begins.test(state)) begun.add(instance);
    if (ends.test(state) && begun.has(instance)) ended.add(instance);
    return ended.size;
  };
}

function followInstance(draft: Draft, state: string, { begins, ends }: Passage, at: number): boolean {
  if (begins.test(state)) {
    draft.decided ??= at;
    return true;
  }
  if (!ends.test(state) || draft.decided === undefined) return false;
  draft.ended ??= at;
  draft.end ??= endIn(state);
  if (
    /^(ended|Terminated)$/.test(state) &&
    draft.scriptStarted !== undefined &&
    draft.scriptEnded === undefined
  ) {
    Object.assign(draft, { scriptEnded: at, script: "killed" });
  }
  return true;
}

function endIn(state: string): NonNullable<Way["end"]> {
  if (state === "InService") return state;
  if (state.endsWith(":Retained")) return "retained";
  return state.startsWith("Warmed:") ? "in the warm pool" : "ended";
}
