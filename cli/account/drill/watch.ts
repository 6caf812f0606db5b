import type { AutoScalingGroup } from "@aws-sdk/client-auto-scaling";
import type { CommandInvocation } from "@aws-sdk/client-ssm";
import type { SimulationEvent } from "../../../simulator";
import { bootAllowance } from "../../../timing";
import { AccountError } from "../../accountError";
import type { Account } from "../account";
import { endOf, positionOf, stateOf, type Course } from "./course";
import { latestEnd } from "./deadline";
import { advance, isOver, mayHaveCommands, unseen } from "./follow";
import { happeningsSince, type Setting } from "./happenings";
import { mayBeHeld } from "./hold";
import { readLook, type Look, type Wanted } from "./look";
import type { Plan } from "./plan";
import type { Subject } from "./subject";

/** A drill as far as it was seen. */
export interface Drill {
  readonly plan: Plan;
  readonly subject: Subject;
  /** When it began, by AWS's clock; ms since 1970. */
  readonly began: number;
  /** When the last look was over. */
  readonly seen: number;
  readonly looks: number;
  /** The instances of the drill, and their replacements. */
  readonly courses: readonly Course[];
  /** Instances in service at the last look, and how many the group should have. */
  readonly inService: number;
  readonly desired: number;
}

/** Why a drill is not watched any more. */
export type Stop = "over" | "late" | "left";

/** Time between two looks, ms. */
export const lookInterval = 5_000;

/** Longest time without looking whether somebody has left, ms. */
const attention = 1_000;

/** Looks that may fail one after the other, as where the network is gone. */
const failingLooks = 24;

/** What a watch tells. */
export interface Audience {
  happened(event: SimulationEvent): void;
  /** A look has failed, and is tried again. */
  failed(why: string): void;
}

/** Looks every five seconds until the drill is over, takes too long, or somebody leaves. */
export async function watch(
  account: Account,
  begun: Drill,
  leaves: AbortSignal,
  audience: Audience,
): Promise<{ readonly drill: Drill; readonly stop: Stop }> {
  let drill = begun;
  let previous = begun.began;
  let failed = 0;
  for (;;) {
    if (leaves.aborted) return { drill, stop: "left" };
    try {
      const look = await readLook(account, wantedBy(drill));
      const next = seenBy(drill, look, previous);
      for (const event of happeningsIn(drill, next)) audience.happened(event);
      drill = next;
      previous = look.began;
      failed = 0;
    } catch (error) {
      failed += 1;
      const message = causeOf(error);
      if (message === undefined) throw error;
      if (failed > failingLooks)
        throw new AccountError(
          `${message} The drill goes on without being watched: see graceful-asg status --group ${begun.plan.group}.`,
        );
      audience.failed(message);
    }
    if (isDone(drill)) return { drill, stop: "over" };
    if (account.clock.now() > latestEnd(drill)) return { drill, stop: "late" };
    await pause(account, leaves);
  }
}

/** Why a look has failed that may go well the next time; undefined for a mistake of ours. */
function causeOf(error: unknown): string | undefined {
  if (error instanceof AccountError) return error.message;
  return error instanceof Error && "$metadata" in error ? `AWS answers ${error.name}.` : undefined;
}

/** The instances of the drill, without replacements. */
export function drilled({ courses }: Drill): readonly Course[] {
  return courses.filter(({ isReplacement }) => !isReplacement);
}

/** How many instances in service the drill should leave. */
export function capacityAfter({ inService, instances, lowerDesired, transition }: Plan): number {
  if (transition === "launch") return inService + instances;
  return lowerDesired ? inService - instances : inService;
}

/** Whether the group has as many instances in service as the drill should leave. */
export function isWhole({ inService, plan }: Drill): boolean {
  return inService >= capacityAfter(plan);
}

function isDone(drill: Drill): boolean {
  const own = drilled(drill);
  if (own.length < drill.plan.instances || !own.every((one) => isClosed(one))) return false;
  return drill.plan.transition === "launch" || isWhole(drill);
}

/** Whether nothing more is to be learnt of an instance: its activity ends a moment after its state. */
function isClosed(course: Course): boolean {
  const end = endOf(course);
  if (end === undefined) return false;
  return end === "failed" || end === "retained" || course.activity?.EndTime !== undefined;
}

/** The instances that leave the service, and of which more is to be learnt: they may return to the warm pool. */
function followedIn(drill: Drill): readonly Course[] {
  return drilled(drill).filter((one) => one.transition === "terminate" && !isClosed(one));
}

function wantedBy(drill: Drill): Wanted {
  const { began, courses, plan } = drill;
  return {
    group: plan.group,
    followed: followedIn(drill).map(({ instance }) => instance),
    documents: (group) => documentsOf(drill, group),
    since: began - 1_000,
    needsStep: (invocation) => isOver(invocation.Status ?? "") && !isKnown(drill, invocation),
    silent: courses.filter((one) => isSilent(one, drill.seen)).map(({ instance }) => instance),
    mayBeHeld: (group) => {
      const states = statesOf(group);
      return drill.courses.some((one) => mayBeHeld(one, states.get(one.instance) ?? "Terminated"));
    },
    hasNews: (group) => hasNews(drill, group),
  };
}

/** The documents whose commands may tell something new. */
function documentsOf(drill: Drill, group: AutoScalingGroup): readonly string[] {
  const states = statesOf(group);
  const open = withNewcomers(drill, group).filter((one) =>
    mayHaveCommands(one, states.get(one.instance) ?? "Terminated"),
  );
  const { hooks } = drill.subject;
  return [...new Set(open.flatMap(({ transition }) => hooks[transition]?.instructions.document ?? []))];
}

/** Whether the agent of a launched instance is looked for; after the time of a boot it is not. */
function isSilent({ agentOnline, states, transition }: Course, now: number): boolean {
  const launched = states[0]?.entered.by;
  if (transition === "terminate" || agentOnline !== undefined || launched === undefined) return false;
  return now - launched <= bootAllowance * 1000;
}

function isKnown({ courses }: Drill, { CommandId, InstanceId }: CommandInvocation): boolean {
  const course = courses.find(({ instance }) => instance === InstanceId);
  return (
    course === undefined || course.commands.some(({ id, step }) => id === CommandId && step !== undefined)
  );
}

/** Whether the activities of the group say more than at the last look: an instance has come, gone on or ended. */
function hasNews(drill: Drill, group: AutoScalingGroup): boolean {
  const states = statesOf(group);
  return (
    newcomers(drill, group).length > 0 ||
    drill.courses.some((one) => {
      const state = states.get(one.instance) ?? "Terminated";
      const isOpen = one.activity?.EndTime === undefined && positionOf(state, one.transition) === "beyond";
      return state !== stateOf(one) || isOpen || (one.activity === undefined && state !== "InService");
    })
  );
}

function seenBy(drill: Drill, look: Look, previous: number): Drill {
  const { group } = look;
  return {
    ...drill,
    seen: look.ended,
    looks: drill.looks + 1,
    courses: withNewcomers(drill, group).map((one) =>
      endOf(one) === "in the warm pool" && isClosed(one) ? one : advance(one, look, previous),
    ),
    inService: [...statesOf(group).values()].filter((state) => state === "InService").length,
    desired: group.DesiredCapacity ?? 0,
  };
}

function withNewcomers(drill: Drill, group: AutoScalingGroup): readonly Course[] {
  const { courses, plan } = drill;
  const own = drilled(drill).length;
  const added = newcomers(drill, group).map((id, index) =>
    unseen(id, "launch", plan.transition === "terminate" || own + index >= plan.instances),
  );
  return [...courses, ...added];
}

/** Instances that were not there before. */
function newcomers({ courses, subject }: Drill, group: AutoScalingGroup): readonly string[] {
  const known = new Set([...statesOf(subject.group).keys(), ...courses.map(({ instance }) => instance)]);
  return [...statesOf(group).keys()].filter((id) => !known.has(id));
}

function statesOf({ Instances = [] }: AutoScalingGroup): ReadonlyMap<string, string> {
  return new Map(Instances.map(({ InstanceId = "", LifecycleState = "" }) => [InstanceId, LifecycleState]));
}

function happeningsIn(before: Drill, after: Drill): SimulationEvent[] {
  return after.courses
    .flatMap((course) => {
      const known = before.courses.find(({ instance }) => instance === course.instance);
      const earlier = known ?? unseen(course.instance, course.transition);
      return happeningsSince(earlier, course, settingOf(after, course));
    })
    .sort((one, other) => one.at - other.at);
}

function settingOf({ plan, subject }: Drill, { transition }: Course): Setting {
  const { TargetGroupARNs = [], TrafficSources = [] } = subject.group;
  return {
    group: plan.group,
    hook: subject.hooks[transition],
    hasTargetGroup:
      TargetGroupARNs.length + TrafficSources.length > 0 ||
      (subject.hooks.terminate?.instructions.deregistrationDelay ?? 0) > 0,
  };
}

async function pause({ clock }: Account, leaves: AbortSignal): Promise<void> {
  for (let slept = 0; slept < lookInterval && !leaves.aborted; slept += attention)
    await clock.sleep(attention);
}
