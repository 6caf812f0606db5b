import type { AutoScalingGroup, Instance } from "@aws-sdk/client-auto-scaling";
import { budgetOf, writeHold, type Transition } from "../../../contract";
import { bootAllowance, completionRecovery, scaleInTime, shutdownAllowance } from "../../../timing";
import { AccountError } from "../../accountError";
import { plural } from "../../terminal";
import { nameOfGroup, takesBack } from "../groups";
import type { OwnHook } from "../hooks";
import type { Subject } from "./subject";

/** What a drill is asked to do. */
export interface Order {
  readonly transition: Transition;
  readonly instances: number;
  readonly lowerDesired: boolean;
}

/** What a drill is going to do. Times in seconds. */
export interface Plan extends Order {
  readonly group: string;
  readonly hook: OwnHook;
  /** Hooks of somebody else on the same transition. */
  readonly strangers: readonly string[];
  /** The instances that are terminated, oldest first; none for a launch. */
  readonly chosen: readonly string[];
  /** Instances in service before. */
  readonly inService: number;
  readonly desired: { readonly before: number; readonly after: number };
  /** Longest time from the decision to the end of the wait at the hook. */
  readonly worst: number;
  /** Longest time until the instances of the drill are gone, or in service, and their replacements in service. */
  readonly whole: number;
  readonly risks: readonly string[];
}

/** Plans a drill. @throws AccountError for a drill that cannot be, or should not */
export function planOf(subject: Subject, order: Order): Plan {
  const { group, hooks, strangers } = subject;
  const hook = hooks[order.transition];
  if (hook === undefined)
    throw new AccountError(
      `--transition is ${order.transition}, but ${nameOfGroup(group)} has no ${order.transition} hook that its handler serves. Deploy the group with a ${order.transition} script, or choose the other transition.`,
    );
  refuseSuspended(group, order);
  refuseUnderWay(group, order.transition);
  const inService = membersIn(group, "InService");
  const chosen = order.transition === "terminate" ? choose(subject, order.instances) : [];
  const before = group.DesiredCapacity ?? 0;
  const desired = { before, after: before + changeOf(order) };
  refuseSizes(group, order, desired.after);
  const worst = worstOf(hook, order.transition);
  const launch = bootAllowance + (hooks.launch === undefined ? 0 : waitOf(hooks.launch));
  const { instances, lowerDesired, transition } = order;
  return {
    transition,
    instances,
    lowerDesired,
    group: nameOfGroup(group),
    hook,
    strangers: strangers[order.transition],
    chosen,
    inService: inService.length,
    desired,
    worst,
    whole:
      order.transition === "launch"
        ? launch
        : Math.max(worst + shutdownAllowance, order.lowerDesired ? 0 : launch),
    risks: risksOf(subject, order, { chosen, inService: inService.length }),
  };
}

function changeOf({ instances, lowerDesired, transition }: Order): number {
  if (transition === "launch") return instances;
  return lowerDesired ? -instances : 0;
}

/** Processes that a drill needs. */
function refuseSuspended(group: AutoScalingGroup, { lowerDesired, transition }: Order): void {
  const needed = [
    ...(transition === "terminate" ? ["Terminate"] : []),
    ...(transition === "launch" || !lowerDesired ? ["Launch"] : []),
  ];
  const suspended = (group.SuspendedProcesses ?? []).map(({ ProcessName }) => ProcessName ?? "");
  const missing = needed.find((one) => suspended.includes(one));
  if (missing !== undefined)
    throw new AccountError(
      `${nameOfGroup(group)} has the process ${missing} suspended, which the drill needs. Resume it: aws autoscaling resume-processes --auto-scaling-group-name ${nameOfGroup(group)} --scaling-processes ${missing}.`,
    );
}

/** States of instances that are not on their way. */
const settled = /^(InService|Standby|.*:Retained)$/;

function refuseUnderWay(group: AutoScalingGroup, transition: Transition): void {
  const moving = (group.Instances ?? []).filter(({ LifecycleState = "" }) => !settled.test(LifecycleState));
  if (moving.length === 0) return;
  const what = moving.map(({ InstanceId, LifecycleState }) => `${InstanceId} ${LifecycleState}`).join(", ");
  throw new AccountError(
    `${plural(moving.length, "instance")} of ${nameOfGroup(group)} ${moving.length === 1 ? "is" : "are"} on the way already (${what}), and a drill of a ${transition === "launch" ? "scale-out" : "scale-in"} needs a group at rest. Wait until graceful-asg status shows nothing.`,
  );
}

/** The oldest instances that are in service, healthy and not protected: as a default termination policy would. */
function choose({ group, launchedAt }: Subject, count: number): readonly string[] {
  const inService = membersIn(group, "InService");
  const free = inService.filter((one) => one.HealthStatus !== "Unhealthy" && !one.ProtectedFromScaleIn);
  if (free.length < count)
    throw new AccountError(
      `--instances is ${count}, but ${nameOfGroup(group)} has ${plural(free.length, "instance")} that may go: ${inService.length} in service, less those that are unhealthy or protected from scale-in. Give fewer.`,
    );
  // An instance whose launch Auto Scaling does not show any more is older than the others.
  const age = ({ InstanceId = "" }: Instance) => launchedAt.get(InstanceId) ?? 0;
  return [...free]
    .sort((one, other) => age(one) - age(other))
    .slice(0, count)
    .map(({ InstanceId = "" }) => InstanceId);
}

function refuseSizes(group: AutoScalingGroup, order: Order, after: number): void {
  const { MaxSize = 0, MinSize = 0 } = group;
  if (order.transition === "terminate" && after < MinSize)
    throw new AccountError(
      `--lower-desired would lower the desired capacity of ${nameOfGroup(group)} to ${after}, below its minimum size of ${MinSize}. Leave it out, so that Auto Scaling launches replacements, or give fewer --instances.`,
    );
  if (order.transition === "launch" && after > MaxSize)
    throw new AccountError(
      `--instances is ${order.instances}, which would raise the desired capacity of ${nameOfGroup(group)} to ${after}, above its maximum size of ${MaxSize}. Give fewer, or raise maxSize.`,
    );
}

/** Longest wait at a hook by its instructions. */
export function waitOf({ instructions }: OwnHook): number {
  const { agentTimeout, drain } = instructions;
  return (drain?.maxWait ?? 0) + agentTimeout + budgetOf(instructions) + completionRecovery;
}

function worstOf(hook: OwnHook, transition: Transition): number {
  if (transition === "launch") return bootAllowance + waitOf(hook);
  const { deregistrationDelay, drain } = hook.instructions;
  return scaleInTime({ deregistrationDelay, turnWait: drain?.maxWait ?? 0, wait: waitOf(hook) });
}

/** What could go wrong, as sentences. */
function risksOf(
  { group, holds, hooks, online, strangers }: Subject,
  { instances, lowerDesired, transition }: Order,
  { chosen, inService }: { readonly chosen: readonly string[]; readonly inService: number },
): readonly string[] {
  const silent = chosen.filter((id) => !online.has(id));
  const missing = (group.DesiredCapacity ?? 0) - inService;
  return [
    ...silent.map((id) => `SSM does not show the agent of ${id} online: its script may not run.`),
    ...chosen.flatMap((id) => {
      const until = holds.get(id);
      return until === undefined
        ? []
        : [
            `An operator holds ${id} until ${writeHold(until)}: if its script fails, the instance waits until then.`,
          ];
    }),
    ...(transition === "terminate" && takesBack(group)
      ? [
          "The warm pool takes instances back; AWS does not say whether Auto Scaling returns an instance there that it terminates at a request.",
        ]
      : []),
    ...(missing > 0 ? [`The group is short of ${plural(missing, "instance")} already.`] : []),
    ...(transition === "terminate" && inService <= instances
      ? ["No instance stays in service until a replacement is ready."]
      : []),
    ...(transition === "terminate" && !lowerDesired
      ? [
          "A replacement may fail to launch (capacity, quota, image): the group then serves with fewer instances.",
        ]
      : []),
    ...(transition === "launch"
      ? ["A launch may fail (capacity, quota, image, the launch script): Auto Scaling then tries again."]
      : []),
    ...(hooks[transition]?.instructions.onFailure === "retain"
      ? ["An instance whose script fails is kept for inspection, and billed, until somebody ends it."]
      : []),
    ...strangers[transition].map(
      (name) => `The hook ${name} of somebody else may hold the instances longer.`,
    ),
  ];
}

function membersIn({ Instances = [] }: AutoScalingGroup, state: string): readonly Instance[] {
  return Instances.filter(({ LifecycleState }) => LifecycleState === state);
}
