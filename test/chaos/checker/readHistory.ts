import { budgetOf, exitCodes, type Instructions } from "../../../contract";
import { forged, type SimulationEvent, type World } from "../../../simulator";
import { joinWindow } from "../../../timing";
import { isUndeserved } from "./undeserved";
import { HookHistory } from "./hookHistory";
import { withTurns } from "./turns";
import {
  fieldsOf,
  second,
  type Action,
  type InstanceHistory,
  type Report,
  type ScriptRun,
  type Span,
  type History,
} from "./history";

type Of<Kind extends SimulationEvent["kind"]> = Extract<SimulationEvent, { kind: Kind }>;

/** Sorts events by the instances and actions that they belong to. */
export function readHistory(
  world: World,
  events: readonly SimulationEvent[],
  began: number,
  refusals: ReadonlySet<string>,
): History {
  const hooks = new HookHistory(world, events);
  const end = events.at(-1)?.at ?? began;
  const byInstance = new Map<string, SimulationEvent[]>();
  for (const event of events) {
    for (const instance of instancesOf(event)) {
      const own = byInstance.get(instance);
      if (own) own.push(event);
      else byInstance.set(instance, [event]);
    }
  }
  const instances = new Map<string, InstanceHistory>();
  const actions: Action[] = [];
  for (const [instance, own] of byInstance) {
    const history = historyOf(own, end);
    instances.set(instance, history);
    actions.push(...actionsOf(world, hooks, own, history, refusals));
  }
  return { actions: withTurns(actions, instances), instances, events, began, end };
}

function historyOf(own: readonly SimulationEvent[], end: number): InstanceHistory {
  const history: InstanceHistory = {
    group: "",
    states: [],
    stopped: [],
    online: [],
    ended: undefined,
    unhealthy: undefined,
  };
  let since: number | undefined;
  let isThere = false;
  let isBusy = false;
  let stoppedSince: number | undefined;
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
    if (one.state === "stopped") stoppedSince = one.at;
    else if (one.state === "started") {
      if (stoppedSince !== undefined) history.stopped.push({ from: stoppedSince, to: one.at });
      stoppedSince = undefined;
    } else if (one.state === "ended") {
      history.ended ??= one.at;
      isThere = false;
      close(one.at);
    } else history.states.push({ at: one.at, state: one.state, why: one.why });
  }
  close(end);
  if (stoppedSince !== undefined) history.stopped.push({ from: stoppedSince, to: end });
  return history;
}

function actionsOf(
  world: World,
  hooks: HookHistory,
  own: readonly SimulationEvent[],
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
    const endedBefore = before.get(hook);
    const until = completion?.at ?? Infinity;
    const itsHook = hooks.during(group, hook, waiting.at, until);
    if (settings === undefined || itsHook === undefined) continue;
    const { instructions } = itsHook;
    const earliest = earliestRun(own, history, waiting.at, instructions);
    const since = Math.max(endedBefore ?? 0, earliest);
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
      route: waiting.route ?? { origin: undefined, destination: undefined },
      instructions,
      isMalformed: itsHook.isMalformed,
      isForged: own.some(
        (one) =>
          one.kind === "message" &&
          one.what === forged &&
          one.fate === "delivered" &&
          one.at > earliest - forgedLately &&
          one.at <= until,
      ),
      heartbeatTimeout: itsHook.heartbeatTimeout,
      retains: settings.retains,
      began: waiting.at,
      ...holdsOf(own, until),
      completed: completion?.at,
      by: completion?.by,
      result: completion?.result,
      extended: phases.filter(({ phase }) => phase === "extended").map(({ at }) => at),
      unanswered: unanswered.length,
      runs: runsOf(own, waiting, since, until),
      endedBefore,
      reports: reportsOf(known),
      underWay: underWayOf(known),
      wrongRuns: wrongRunsOf(during, waiting),
      tries: calls.filter((one) => !isForGood(one)).map(({ at }) => at),
      allTries: calls.map(({ at }) => at),
      isRefused: calls.some(isForGood),
      troubles: mine.filter(isTrouble).length,
      completionLogs: own.filter(({ at }) => at > since && at <= until + said).flatMap(completionLogOf),
      keptBefore,
      isRunByHand: mine.some(({ comment }) => comment === ""),
      isInterrupted: own.some(({ at, kind }) => kind === "interruption" && at <= until),
      history,
    });
    keptBefore ||= settings.retains && completion?.by === "call" && completion.result === "ABANDON";
  }
  return found;
}

/** The holds of an instance until an instant; a later tag replaces the tag before. */
function holdsOf(own: readonly SimulationEvent[], until: number): Pick<Action, "held" | "heldUntil"> {
  const tags = own.filter((one): one is Of<"hold"> => one.kind === "hold" && one.at <= until);
  const held = tags.map(({ at, until: end = at }, index) => ({
    from: at,
    to: Math.min(end, tags[index + 1]?.at ?? Infinity),
  }));
  return { held, heldUntil: Math.max(0, ...held.map(({ to }) => to)) };
}

/** How long after a completion the log may tell of it, ms: as long as an answer may take. */
const said = 15_000;

/**
 * When the script of an action may run at the earliest: once the instance is on its way, at a Spot warning, or, by hand,
 * while the instance runs in a warm pool, where its metadata are those of an instance that returns. The guard joins such
 * a run for some time, though the instance has served since.
 */
function earliestRun(
  own: readonly SimulationEvent[],
  { states }: InstanceHistory,
  began: number,
  instructions: Instructions,
): number {
  if (own.some(({ at, kind }) => kind === "interruption" && at <= began)) return 0;
  const index = states.findLastIndex(
    ({ at, state }) => at <= began && /^(Warmed:)?(Terminating|Pending)$/.test(state),
  );
  const selected = states[index];
  if (selected === undefined) return 0;
  const before = states[index - 1];
  if (before?.state === "Warmed:Running") return before.at - 1;
  const { agentTimeout, deregistrationDelay } = instructions;
  const joined = joinWindow({ agentTimeout, budget: budgetOf(instructions) }, deregistrationDelay) * second;
  const byHand = own.find(
    (one) =>
      one.kind === "command" &&
      one.comment === "" &&
      one.at >= began - joined &&
      states.findLast(({ at }) => at <= one.at)?.state === "Warmed:Running",
  );
  return Math.min(selected.at, byHand?.at ?? Infinity) - 1;
}

/** Runs of an action, by the time that they began; their ends may come later. */
function runsOf(
  own: readonly SimulationEvent[],
  { hook, transition }: Of<"action">,
  since: number,
  until: number,
): ScriptRun[] {
  const runs = new Map<string, ScriptRun>();
  for (const one of own) {
    if (one.kind !== "script" || one.transition !== transition) continue;
    // The guard cannot take a run by hand, without a hook, for a run of the hook.
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

/** Longest time that the command of a forged event is on its way, ms. */
const forgedLately = 120_000;

/** Whether the end of a command says nothing about the script. */
function isTrouble({ code, details, status }: Of<"command">): boolean {
  if (beginnings.has(status) || status === "Success") return false;
  return details !== "Failed" || code !== exitCodes.scriptFailed;
}

/**
 * When the handler had scripts of the other transition start during an action. What the guard refuses does no harm: an
 * instance may have gone on to another hook since the command was sent.
 */
function wrongRunsOf(
  during: readonly SimulationEvent[],
  { at: began, transition }: Of<"action">,
): readonly number[] {
  if (during.some((one) => one.kind === "command" && one.comment === "")) return [];
  return during.flatMap((one) =>
    one.kind === "script" && one.phase === "started" && one.at > began && one.transition !== transition
      ? [one.at]
      : [],
  );
}

function isFor({ document }: Of<"command">, instructions: Instructions): boolean {
  return document === instructions.document;
}

const beginnings = new Set(["Pending", "InProgress"]);

function completionLogOf(one: SimulationEvent): { level: string; outcome: string }[] {
  if (one.kind !== "log") return [];
  const { decision, outcome } = fieldsOf(one.entry);
  return decision === "complete" ? [{ level: one.level, outcome: String(outcome) }] : [];
}

function instancesOf(one: SimulationEvent): readonly string[] {
  if (one.kind === "log") {
    const { instance } = fieldsOf(one.entry);
    return typeof instance === "string" ? [instance] : [];
  }
  if (one.kind === "call") return one.instances;
  return "instance" in one && one.instance !== undefined ? [one.instance] : [];
}
