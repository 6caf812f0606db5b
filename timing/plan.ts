import { bootAllowance, shutdownAllowance } from "./limits";
import { schedule, type Schedule, type TransitionTimes } from "./schedule";
import { deregistrationTime, type TargetGroupTimes } from "./targetGroups";
import { turnWaitOf, type DrainTimes } from "./turns";

/** The times of a group: its target groups and both transitions. */
export interface Plan {
  /** Defaults to none: the hook of a group without a load balancer fires at once. */
  readonly targetGroups?: readonly TargetGroupTimes[];
  readonly terminate: TransitionTimes;
  readonly launch?: TransitionTimes;
  /** Absent without a warm pool. */
  readonly warmPool?: { readonly reuseOnScaleIn: boolean };
  /** How long the announce script may take, seconds. Defaults to none: nothing tells an instance that it was chosen. */
  readonly announce?: { readonly timeout: number };
  /** Defaults to none: all instances that go run their stop scripts at once. */
  readonly drain?: DrainTimes;
}

/** The schedule of a scale-in, with the wait for the turn where the scripts of the group wait for each other. */
export function scheduleOfTerminate(plan: Plan): Schedule {
  const { drain, terminate } = plan;
  const turnWait = drain && turnWaitOf(drain, terminate, deregistrationDelayOf(plan));
  return schedule({ ...terminate, turnWait });
}

/** Seconds that the slowest target group of a plan may take to deregister an instance; 0 without target groups. */
export function deregistrationDelayOf({ targetGroups = [] }: Plan): number {
  return Math.max(0, ...targetGroups.map(deregistrationTime));
}

/** The parts of a scale-in, one after the other; seconds. */
export interface ScaleInParts {
  /** How long the target groups let connections drain. */
  readonly deregistrationDelay: number;
  /**
   * How long the instance waits at its hook after the deregistration delay: the hook fires only when the deregistration
   * is over.
   */
  readonly wait: number;
  /** How much of the wait may be a wait for the turn, which counts from the decision. Defaults to 0. */
  readonly turnWait?: number;
}

/** From the decision to Terminating:Proceed, seconds. */
export function scaleInTime({ deregistrationDelay, turnWait = 0, wait }: ScaleInParts): number {
  return Math.max(deregistrationDelay, turnWait) + wait - turnWait;
}

/** Worst case of a scale-in from the decision to Terminating:Proceed, seconds. */
export function worstCaseScaleIn(plan: Plan): number {
  const { total, turnWait } = scheduleOfTerminate(plan);
  return scaleInTime({ deregistrationDelay: deregistrationDelayOf(plan), wait: total, turnWait });
}

/** Worst case of a launch from the decision to registration with the target group, seconds. */
function worstCaseLaunch(plan: Plan): number {
  return bootAllowance + (plan.launch ? schedule(plan.launch).total : 0);
}

/** How long the provider has to wait for a group; seconds. */
export interface ProviderTimeouts {
  /** `waitForCapacityTimeout`: a launch hook has to complete inside it. Zero means no wait. */
  readonly capacity: number;
  readonly create: number;
  /** If the target group is replaced, the provider waits until the old target group has deregistered all instances. */
  readonly update: number;
  /**
   * Instances that are still launching finish their launch first, then the group scales in all instances at once. A
   * warm pool comes before that, in the same way: the provider empties it first.
   */
  readonly delete: number;
}

/**
 * Derives the provider's timeouts, so that neither `up` nor `destroy` gives up on a group whose instances still wait at
 * hooks.
 * @param waitsForCapacity whether `up` waits until the instances of the group are in service.
 */
export function providerTimeouts(plan: Plan, waitsForCapacity: boolean): ProviderTimeouts {
  const capacity = waitsForCapacity ? worstCaseLaunch(plan) : 0;
  const emptying = worstCaseLaunch(plan) + worstCaseScaleIn(plan) + shutdownAllowance;
  return {
    capacity,
    create: capacity + bootAllowance,
    update: capacity + deregistrationDelayOf(plan) + bootAllowance,
    delete: plan.warmPool === undefined ? emptying : 2 * emptying,
  };
}
