import { exitCodes } from "../../../contract";
import { isReady, whyItReturns, whys, type Happening, type SimulationEvent } from "../../../simulator";
import { positionOf, waitBegan, type Course, type SeenCommand, type SeenState } from "./course";
import { commandEnded, scriptStarted, scriptEndOf } from "./script";
import type { OwnHook } from "../hooks";
import { endedBy, resultSeen, type EndedBy } from "./wait";

/** What the lines about an instance need besides its course. */
export interface Setting {
  readonly group: string;
  /** Undefined for a launch that passes no hook of ours. */
  readonly hook: OwnHook | undefined;
  readonly hasTargetGroup: boolean;
}

/** What an instance has done since its course was looked at before, in the form of the events of a rehearsal. */
export function happeningsSince(before: Course, after: Course, setting: Setting): SimulationEvent[] {
  return [
    ...after.states
      .slice(before.states.length)
      .flatMap((state) => [
        ...beginning(after, state, setting),
        ...actionEnds(after, state, setting),
        entering(after, state, setting),
      ]),
    ...after.commands.flatMap((command) => {
      const known = before.commands.find(({ id }) => id === command.id);
      return commandHappenings(known, command, after, setting);
    }),
    ...holdHappenings(before, after, setting),
    ...(before.agentOnline === undefined && after.agentOnline !== undefined
      ? [at(after.agentOnline.by, { kind: "agent", instance: after.instance, phase: "online" })]
      : []),
  ].sort((one, other) => one.at - other.at);
}

/** The first state of a transition, which may pass between two looks. */
function firstState({ states, transition }: Course): string {
  if (transition === "launch") return "Pending";
  return states.some(({ state }) => state.startsWith("Warmed:Pending")) ? "Warmed:Pending" : "Terminating";
}

/** The beginning of a transition, where the first look shows a later state. */
function beginning(after: Course, next: SeenState, setting: Setting): SimulationEvent[] {
  const first = firstState(after);
  const isSeen = after.states.some(({ state }) => state === first);
  const isNew = after.states.indexOf(next) === (after.transition === "terminate" ? 1 : 0);
  const began = after.activity?.StartTime?.getTime();
  if (isSeen || !isNew || began === undefined) return [];
  return [entering(after, { state: first, entered: { after: began, by: began } }, setting)];
}

function entering(course: Course, { entered, state }: SeenState, setting: Setting): SimulationEvent {
  const { activity, instance, transition } = course;
  const isGone = state === "Terminated";
  const isOver = isGone || isReady({ state });
  const exact = state === firstState(course) ? activity?.StartTime : isOver ? activity?.EndTime : undefined;
  const waits = positionOf(state, transition) === "waiting" ? waitBegan(course)?.by : undefined;
  return at(exact?.getTime() ?? waits ?? entered.by, {
    kind: "instance",
    group: setting.group,
    instance,
    state: isGone ? "ended" : state.replace(/^(Warmed:Terminating):.*/, "$1"),
    why: isGone ? "Auto Scaling terminates it" : whyOf(course, state, setting),
  });
}

function whyOf({ activity, transition }: Course, state: string, setting: Setting): string {
  const { hasTargetGroup, hook } = setting;
  if (positionOf(state, transition) === "waiting") return `it waits at ${hook?.name ?? "a hook"}`;
  if (state.endsWith(":Wait")) return "it waits at the hooks of a termination";
  if (state.endsWith(":Retained")) return "it is kept for inspection";
  if (state === "Warmed:Pending") return whyItReturns(hasTargetGroup);
  if (isReady({ state })) return whys.inPool;
  if (state.startsWith("Warmed:Terminating")) return "it was in the warm pool";
  if (state === "Pending") return transition === "launch" ? "it is launched" : whys.leavesPool;
  if (state === "InService")
    return hasTargetGroup ? "it is registered with the target group" : "its launch hooks are done";
  if (transition === "launch") return "a launch failure";
  const cause = /in response to (.*?)\.?$/.exec(activity?.Cause ?? "")?.[1] ?? "a user request";
  return `${cause}${hasTargetGroup ? "; its target group deregisters it" : ""}`;
}

/** In the words of a rehearsal; nobody sees from outside who else completed an action. */
const endings = {
  handler: "call",
  timeout: "timeout",
  "somebody else": "other hook",
  "somebody during a hold": "other hook",
} as const satisfies Record<EndedBy, string>;

/** The end of the action, where this state is the first beyond its hook. */
function actionEnds(course: Course, state: SeenState, { group, hook }: Setting): SimulationEvent[] {
  const { instance, states, transition } = course;
  const first = states.find((one) => positionOf(one.state, transition) === "beyond");
  if (hook === undefined || first !== state) return [];
  const by = endedBy(course, hook);
  if (by === undefined) return [];
  return [
    at(state.entered.by, {
      kind: "action",
      group,
      hook: hook.name,
      instance,
      transition,
      token: "",
      phase: "completed",
      by: endings[by],
      result: resultSeen(course, hook),
    }),
  ];
}

/** A hold that begins, is prolonged or is ended; a hold that ends by itself shows in what the handler does then. */
function holdHappenings(before: Course, after: Course, { group }: Setting): SimulationEvent[] {
  const { holds, instance } = after;
  const known = before.holds.at(-1);
  const last = holds.at(-1);
  const begun = holds.slice(before.holds.length).map(({ seen, until }) => ({ instant: seen.by, until }));
  const isEnded = last?.over !== undefined && (begun.length > 0 || known?.over === undefined);
  const ended = isEnded ? [{ instant: last.over.by, until: undefined }] : [];
  return [...begun, ...ended].map(({ instant, until }) =>
    at(instant, { kind: "hold", group, instance, until }),
  );
}

function commandHappenings(
  known: SeenCommand | undefined,
  command: SeenCommand,
  course: Course,
  { hook }: Setting,
): SimulationEvent[] {
  const { instance, transition } = course;
  const earlier = course.commands.slice(0, course.commands.indexOf(command));
  // An operator who runs a script again sends a command after a failure; any other command joins the run.
  const isRun = earlier.length === 0 || earlier.some(({ step }) => step?.code === exitCodes.scriptFailed);
  const about = { instance, transition, hook: hook?.name ?? "", action: "", run: 1 };
  const told = { command: command.id, document: command.document, comment: "", instance };
  const found: SimulationEvent[] = [];
  if (known === undefined)
    found.push(
      at(command.requestedAt, {
        kind: "command",
        ...told,
        status: "Pending",
        details: "Pending",
        code: -1,
      }),
    );
  const began = scriptStarted(command);
  if (began !== undefined && known?.begun === undefined)
    found.push(at(began.by, { kind: "script", ...about, phase: isRun ? "started" : "joined" }));
  const ended = commandEnded(command);
  if (ended !== undefined && known?.over === undefined) {
    const script = scriptEndOf(course);
    if (script?.command === command)
      found.push(
        at(ended.by, {
          kind: "script",
          ...about,
          phase: "ended",
          code: script.code ?? (script.isGood ? 0 : 1),
        }),
      );
    const { details, status } = command;
    found.push(at(ended.by, { kind: "command", ...told, status, details, code: command.step?.code ?? -1 }));
  }
  return found;
}

function at(instant: number, happening: Happening): SimulationEvent {
  return { at: instant, ...happening };
}
