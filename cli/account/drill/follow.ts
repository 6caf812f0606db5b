import type { Activity } from "@aws-sdk/client-auto-scaling";
import type { CommandInvocation } from "@aws-sdk/client-ssm";
import type { Transition } from "../../../contract";
import {
  endOf,
  positionOf,
  stateOf,
  type Between,
  type Course,
  type SeenCommand,
  type SeenHold,
} from "./course";
import { fieldsOf, stepKey, type Look } from "./look";

/** What the course of an instance gains by a look. */
export function advance(course: Course, look: Look, previous: number): Course {
  const seen: Between = { after: previous, by: look.ended };
  const activity = activityOf(course, look) ?? course.activity;
  const code = activity?.StatusCode;
  return {
    ...course,
    states: statesWith(course, look, seen),
    activity,
    statusCodes:
      code === undefined || code === course.statusCodes.at(-1)
        ? course.statusCodes
        : [...course.statusCodes, code],
    commands: commandsWith(course, look, seen),
    agentOnline: course.agentOnline ?? (look.online.has(course.instance) ? seen : undefined),
    holds: look.holds === undefined ? course.holds : holdsWith(course, look.holds, seen),
  };
}

/** A course before its first look. */
export function unseen(instance: string, transition: Transition, isReplacement = false): Course {
  return {
    instance,
    transition,
    isReplacement,
    states: [],
    activity: undefined,
    statusCodes: [],
    commands: [],
    agentOnline: undefined,
    holds: [],
  };
}

function statesWith(course: Course, { group }: Look, entered: Between): Course["states"] {
  const found = group.Instances?.find(({ InstanceId }) => InstanceId === course.instance);
  const state = found?.LifecycleState ?? "Terminated";
  return state === stateOf(course) ? course.states : [...course.states, { state, entered }];
}

/** Descriptions of the activities of a transition. No page of AWS has the words of a return to the warm pool. */
const descriptions: Readonly<Record<Transition, RegExp>> = {
  terminate: /^Terminating|^(?!Launching).* warm pool/,
  launch: /^Launching/,
};

/** An instance of a warm pool has activities of earlier ways, too: how much earlier than its first state, ms. */
const leeway = 60_000;

function activityOf(course: Course, { activities }: Look): Activity | undefined {
  const { activity, instance, states, transition } = course;
  const earliest = (states[0]?.entered.after ?? 0) - leeway;
  return activities?.find(({ ActivityId, Description = "", StartTime }) =>
    activity === undefined
      ? descriptions[transition].test(Description) &&
        Description.includes(instance) &&
        (StartTime?.getTime() ?? 0) >= earliest
      : ActivityId === activity.ActivityId,
  );
}

function commandsWith(course: Course, look: Look, seen: Between): readonly SeenCommand[] {
  const { commands, instance } = course;
  const listed = look.invocations
    .filter(({ InstanceId }) => InstanceId === instance)
    .map((record) => {
      const known = commands.find(({ id }) => id === record.CommandId);
      return commandWith(known, record, seen);
    });
  const unlisted = commands.filter(({ id }) => !listed.some((one) => one.id === id));
  return [...unlisted, ...listed]
    .map((one) => ({ ...one, step: one.step ?? look.steps.get(stepKey(one.id, instance)) }))
    .sort((one, other) => one.requestedAt - other.requestedAt);
}

function commandWith(known: SeenCommand | undefined, record: CommandInvocation, seen: Between): SeenCommand {
  const status = record.Status ?? "";
  return {
    id: record.CommandId ?? "",
    document: record.DocumentName ?? "",
    requestedAt: record.RequestedDateTime?.getTime() ?? 0,
    listed: known?.listed ?? seen,
    status,
    details: record.StatusDetails ?? "",
    begun: known?.begun ?? (status === "InProgress" || isOver(status) ? seen : undefined),
    over: known?.over ?? (isOver(status) ? seen : undefined),
    step: known?.step,
    fields: fieldsOf(record),
  };
}

/** Another value of the tag ends a hold and begins another; where the instance waits no more, the tag tells nothing. */
function holdsWith(
  { holds, instance, states, transition }: Course,
  read: ReadonlyMap<string, number>,
  seen: Between,
): readonly SeenHold[] {
  const until = read.get(instance);
  const last = holds.at(-1);
  const isHeld = last !== undefined && last.over === undefined;
  if (positionOf(states.at(-1)?.state ?? "", transition) === "beyond") return holds;
  if (isHeld && last.until === until) return holds;
  const earlier = isHeld ? [...holds.slice(0, -1), { ...last, over: seen }] : holds;
  return until === undefined ? earlier : [...earlier, { until, seen, over: undefined }];
}

/** Whether a status of a command is an end. Source: Systems Manager, Understanding command statuses. */
export function isOver(status: string): boolean {
  return ["Success", "Failed", "TimedOut", "Cancelled"].includes(status);
}

/** Whether an instance in a state may have commands that are not known, or whose end is not. */
export function mayHaveCommands(course: Course, state: string): boolean {
  if (positionOf(state, course.transition) === "before") return false;
  const isOpen = course.commands.some(({ over, step }) => over === undefined || step === undefined);
  return isOpen || endOf(course) === undefined;
}
