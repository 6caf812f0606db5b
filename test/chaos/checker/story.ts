import { exitCodes, type Instructions, type Transition } from "../../../contract";
import { beforehand, forged, type Occurrence, type World } from "../../../simulator";
import { isUndeserved } from "./undeserved";
import { HookHistory } from "./hookHistory";

type Of<Kind extends Occurrence["kind"]> = Extract<Occurrence, { kind: Kind }>;

/** A stretch of time, ms since 1970. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A lifecycle action of a hook that our handler serves, and everything that belongs to it. */
export interface Action {
  readonly group: string;
  readonly hook: string;
  readonly instance: string;
  readonly transition: Transition;
  /** As they were when the wait began, with the longest budget that they had until its end. */
  readonly instructions: Instructions;
  /** Whether its hook could not be read for a while. */
  readonly isMalformed: boolean;
  /** Whether somebody's forged event was taken so late that the instance may have been on its way when it came. */
  readonly isForged: boolean;
  /** Seconds. */
  readonly heartbeatTimeout: number;
  /** Whether the group keeps instances whose termination is abandoned. */
  readonly retains: boolean;
  readonly began: number;
  /** When it was completed; undefined if it never was. */
  readonly completed: number | undefined;
  readonly by: string | undefined;
  readonly result: string | undefined;
  readonly extended: readonly number[];
  /** How many extensions AWS answered with an error, or not at all; it may have made them all the same. */
  readonly unanswered: number;
  /** Runs of the script since the action before this one. */
  readonly runs: readonly ScriptRun[];
  /** When and how commands on the instance came to their end with the guard's word, as far as SSM knows. */
  readonly reports: readonly Report[];
  /** When a command was on its way to the instance or running there, as far as SSM knows. */
  readonly underWay: readonly Span[];
  /** When it was tried to send a command to the instance; without those that AWS refused by right and for good. */
  readonly tries: readonly number[];
  /** When it was tried to send a command to the instance at all. */
  readonly allTries: readonly number[];
  /** Whether AWS has refused to send a command to the instance by right and for good. */
  readonly isRefused: boolean;
  /** How many commands came to an end that was the agent's, somebody's or AWS's, and not the script's. */
  readonly troubles: number;
  /** Log lines that tell of its completion. */
  readonly verdicts: readonly { readonly level: string; readonly outcome: string }[];
  /** Whether an earlier action of ours has kept the instance. */
  readonly keptBefore: boolean;
  readonly history: InstanceHistory;
}

/** The end of a command on an instance. */
export interface Report {
  readonly at: number;
  readonly status: string;
  /** Whether no other command was still running then, whose end might be another. */
  readonly isLast: boolean;
  /** Whether somebody ran the document by hand, whose word counts for nothing. */
  readonly isByHand: boolean;
}

/** A run of a script on an instance. */
export interface ScriptRun {
  /** Hook that its command names; empty where somebody ran the document by hand. */
  readonly hook: string;
  /** The lifecycle action as its command names it; empty if it names none. */
  readonly action: string;
  readonly from: number;
  /** When it ended, by itself or not; undefined if it never did. */
  to: number | undefined;
  /** Exit code; undefined if it was cut off. */
  code: number | undefined;
}

/** An instance from its beginning to its end. */
export interface InstanceHistory {
  group: string;
  readonly states: { readonly at: number; readonly state: string; readonly why: string }[];
  /** When its agent was there. */
  readonly online: Span[];
  /** When the machine ended; undefined if it never did. */
  ended: number | undefined;
  /** When Auto Scaling found it unhealthy; undefined if it never did. */
  unhealthy: number | undefined;
}

/** Everything that the oracle goes by; taken from what happened, not from what the handler says about it. */
export interface Story {
  readonly actions: readonly Action[];
  readonly instances: ReadonlyMap<string, InstanceHistory>;
  readonly occurrences: readonly Occurrence[];
  readonly began: number;
  readonly end: number;
}

/** Puts occurrences in order by what they belong to. */
export function tell(
  world: World,
  occurrences: readonly Occurrence[],
  began: number,
  refusals: ReadonlySet<string>,
): Story {
  const hooks = new HookHistory(world, occurrences);
  const end = occurrences.at(-1)?.at ?? began;
  const byInstance = new Map<string, Occurrence[]>();
  for (const occurrence of occurrences) {
    for (const instance of instancesOf(occurrence)) {
      const own = byInstance.get(instance);
      if (own) own.push(occurrence);
      else byInstance.set(instance, [occurrence]);
    }
  }
  const instances = new Map<string, InstanceHistory>();
  const actions: Action[] = [];
  for (const [instance, own] of byInstance) {
    const history = historyOf(own, end);
    instances.set(instance, history);
    actions.push(...actionsOf(world, hooks, own, history, refusals));
  }
  return { actions, instances, occurrences, began, end };
}

function historyOf(own: readonly Occurrence[], end: number): InstanceHistory {
  const history: InstanceHistory = {
    group: "",
    states: [],
    online: [],
    ended: undefined,
    unhealthy: undefined,
  };
  let since: number | undefined;
  let isThere = false;
  let isBusy = false;
  const close = (to: number) => {
    if (since !== undefined) history.online.push({ from: since, to });
    since = undefined;
  };
  for (const one of own) {
    if (one.kind === "agent") {
      if (one.phase === "online" || one.phase === "offline") isThere = one.phase === "online";
      else isBusy = one.phase === "busy";
      if (isThere && !isBusy) since ??= one.at;
      else close(one.at);
    }
    if (one.kind === "health") history.unhealthy ??= one.at;
    if (one.kind !== "instance") continue;
    history.group = one.group;
    if (one.state === "ended") {
      history.ended ??= one.at;
      isThere = false;
      close(one.at);
    } else history.states.push({ at: one.at, state: one.state, why: one.why });
  }
  close(end);
  return history;
}

function actionsOf(
  world: World,
  hooks: HookHistory,
  own: readonly Occurrence[],
  history: InstanceHistory,
  refusals: ReadonlySet<string>,
): Action[] {
  const found: Action[] = [];
  const before = new Map<string, number>();
  let keptBefore = false;
  const actions = own.filter((one): one is Of<"action"> => one.kind === "action");
  for (const waiting of actions.filter(({ phase }) => phase === "waiting")) {
    const { group, hook, instance, token, transition } = waiting;
    const settings = world.groups.find(({ name }) => name === group);
    const phases = actions.filter((one) => one.token === token);
    const completion = phases.find(({ phase }) => phase === "completed");
    const since = Math.max(before.get(hook) ?? 0, earliestRun(own, history, waiting.at));
    const until = completion?.at ?? Infinity;
    const itsHook = hooks.during(group, hook, waiting.at, until);
    if (settings === undefined || itsHook === undefined) continue;
    const { instructions } = itsHook;
    before.set(hook, until);
    const during = own.filter(({ at }) => at > since && at <= until);
    const mine = during.filter(
      (one): one is Of<"command"> => one.kind === "command" && isFor(one, instructions),
    );
    const sent = new Set(mine.flatMap(({ command, status }) => (status === "Pending" ? [command] : [])));
    const known = mine.filter(({ command }) => sent.has(command));
    const callsOf = (action: string) =>
      during.filter((one): one is Of<"call"> => one.kind === "call" && one.action === action);
    const calls = callsOf("SendCommand");
    const unanswered = callsOf("RecordLifecycleActionHeartbeat").filter(isUndeserved);
    const isForGood = ({ action, error }: Of<"call">) => refusals.has(`${action}: ${error ?? ""}`);
    found.push({
      group,
      hook,
      instance,
      transition,
      instructions,
      isMalformed: itsHook.isMalformed,
      isForged: own.some(
        (one) =>
          one.kind === "message" &&
          one.what === forged &&
          one.fate === "delivered" &&
          one.at > earliestRun(own, history, waiting.at) - forgedLately &&
          one.at <= until,
      ),
      heartbeatTimeout: itsHook.heartbeatTimeout,
      retains: settings.retains,
      began: waiting.at,
      completed: completion?.at,
      by: completion?.by,
      result: completion?.result,
      extended: phases.filter(({ phase }) => phase === "extended").map(({ at }) => at),
      unanswered: unanswered.length,
      runs: runsOf(own, waiting, since, until),
      reports: reportsOf(known),
      underWay: underWayOf(known),
      tries: calls.filter((one) => !isForGood(one)).map(({ at }) => at),
      allTries: calls.map(({ at }) => at),
      isRefused: calls.some(isForGood),
      troubles: mine.filter(isTrouble).length,
      verdicts: own.filter(({ at }) => at > since && at <= until + said).flatMap(verdictOf),
      keptBefore,
      history,
    });
    keptBefore ||= settings.retains && completion?.by === "call" && completion.result === "ABANDON";
  }
  return found;
}

/** How long after a completion the log may tell of it, ms: as long as an answer may take. */
const said = 15_000;

/** When the script of an action may run at the earliest: once the instance is on its way, or at a Spot warning. */
function earliestRun(own: readonly Occurrence[], { states }: InstanceHistory, began: number): number {
  if (own.some(({ at, kind }) => kind === "interruption" && at <= began)) return 0;
  const selected = states.findLast(
    ({ at, state }) => at <= began && (state === "Terminating" || state === "Pending"),
  );
  return selected === undefined ? 0 : selected.at - 1;
}

/** Runs of an action, by the time that they began; their ends may come later. */
function runsOf(
  own: readonly Occurrence[],
  { hook, transition }: Of<"action">,
  since: number,
  until: number,
): ScriptRun[] {
  const runs = new Map<string, ScriptRun>();
  for (const one of own) {
    if (one.kind !== "script" || one.transition !== transition) continue;
    // What somebody ran by hand, without a hook, the guard cannot take for a run of the hook.
    if (one.hook !== hook) continue;
    if (one.phase === "started" && one.at > since && one.at <= until)
      runs.set(`${one.hook} ${one.run}`, {
        hook: one.hook,
        action: one.action,
        from: one.at,
        to: undefined,
        code: undefined,
      });
    const run = runs.get(`${one.hook} ${one.run}`);
    if (run === undefined || (one.phase !== "ended" && one.phase !== "killed")) continue;
    run.to ??= one.at;
    run.code ??= one.code;
  }
  return [...runs.values()];
}

function reportsOf(commands: readonly Of<"command">[]): Report[] {
  const running = new Set<string>();
  return commands.flatMap(({ at, code, command, comment, status }) => {
    if (status === "InProgress") running.add(command);
    else running.delete(command);
    const isWord = status === "Success" || code === exitCodes.scriptFailed || code === exitCodes.notMeant;
    return isWord ? [{ at, status, isLast: running.size === 0, isByHand: comment === "" }] : [];
  });
}

function underWayOf(commands: readonly Of<"command">[]): Span[] {
  return commands
    .filter(({ status }) => status === "Pending")
    .map(({ at, command }) => {
      const end = commands.find((one) => one.command === command && !beginnings.has(one.status));
      return { from: at, to: end?.at ?? Infinity };
    });
}

/** Longest that a command is on its way which a forged event has sent, ms. */
const forgedLately = 120_000;

/** Whether a command came to an end that says nothing about the script. */
function isTrouble({ code, details, status }: Of<"command">): boolean {
  if (beginnings.has(status) || status === "Success") return false;
  return details !== "Failed" || code !== exitCodes.scriptFailed;
}

function isFor({ document }: Of<"command">, instructions: Instructions): boolean {
  return document === instructions.document;
}

const beginnings = new Set(["Pending", "InProgress"]);

function verdictOf(one: Occurrence): { level: string; outcome: string }[] {
  if (one.kind !== "log") return [];
  const { decision, outcome } = fieldsOf(one.entry);
  return decision === "complete" ? [{ level: one.level, outcome: String(outcome) }] : [];
}

function instancesOf(one: Occurrence): readonly string[] {
  if (one.kind === "log") {
    const { instance } = fieldsOf(one.entry);
    return typeof instance === "string" ? [instance] : [];
  }
  if (one.kind === "call") return one.instances;
  return "instance" in one && one.instance !== undefined ? [one.instance] : [];
}

/** Fields of a log entry, whatever it is. */
export function fieldsOf(entry: unknown): Readonly<Record<string, unknown>> {
  return typeof entry === "object" && entry !== null ? { ...entry } : {};
}

/** Whether an instance was ever in service before an instant. */
export function hasServed({ states }: InstanceHistory, before: number): boolean {
  return states.some(({ at, state, why }) => state === "InService" && (at <= before || why === beforehand));
}
