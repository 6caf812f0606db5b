import { isFields } from "../../contract";
import type { Context } from "../context";
import type { SyncOutcome } from "../lambda/service";
import { countedInstances, type Group, type Instance } from "./model";

/**
 * How long Auto Scaling waits for the answer of a termination policy, ms. Source: Auto Scaling user guide, Create a
 * custom termination policy with Lambda, Limitations.
 */
const longestAnswer = 2_000;

/** Most instances that Auto Scaling tells a policy of. Source: the same. */
const mostCandidates = 30_000;

/** "A short time" before Auto Scaling asks again, ms; no page says how short. */
const askedAgainAfter = { min: 5_000, max: 15_000 };

/** Invokes a function and waits for its answer. */
export type Invoke = (
  functionArn: string,
  event: unknown,
  principal: string,
  done: (outcome: SyncOutcome) => void,
) => void;

/** What termination policies need of the group. */
interface Scaling {
  /** Looks again how many instances have to go. */
  adjust(group: Group): void;
  terminate(instance: Instance): void;
}

/** The custom termination policies of groups: functions that Auto Scaling asks which instances go. */
export class TerminationPolicies {
  /** Groups that wait for an answer, or for the next time that Auto Scaling asks. */
  private readonly waiting = new Set<Group>();

  constructor(
    private readonly context: Context,
    private readonly invoke: Invoke,
    private readonly scaling: Scaling,
  ) {}

  /** The function among the termination policies of a group. */
  functionOf({ settings }: Group): string | undefined {
    return settings.terminationPolicies.find((one) => one.startsWith("arn:"));
  }

  /** Asks the function of a group which instances go, again and again until there are no more than there should be. */
  ask(group: Group, functionArn: string): void {
    if (this.waiting.has(group)) return;
    const excess = excessOf(group);
    const shares = sharesOf(group, excess);
    const candidates = candidatesOf(group).filter(({ zone }) => shares.has(zone));
    if (candidates.length === 0) return;
    this.waiting.add(group);
    const { clock } = this.context;
    const began = clock.now();
    let isOver = false;
    const conclude = (answer: readonly string[] | undefined, problem: string | undefined) => {
      if (isOver) return;
      isOver = true;
      late.cancel();
      this.waiting.delete(group);
      const chosen = this.chosen(group, answer ?? []);
      this.context.record({
        kind: "choice",
        group: group.settings.name,
        cause: "SCALE_IN",
        began,
        candidates: candidates.map(({ id, zone }) => ({ id, zone })),
        shares: Object.fromEntries(shares),
        answer,
        chosen: chosen.map(({ id }) => id),
        problem,
      });
      for (const instance of chosen) this.scaling.terminate(instance);
      if (excessOf(group) > 0) this.askAgain(group);
    };
    const late = clock.after(longestAnswer, () => {
      conclude(undefined, "it does not answer within 2 s");
    });
    this.invoke(functionArn, requestOf(group, shares, candidates), this.principal(), (outcome) => {
      if (outcome.kind === "failed") conclude(undefined, outcome.why);
      else {
        const ids = idsIn(outcome.value);
        conclude(ids, ids === undefined ? "its answer has no InstanceIDs" : undefined);
      }
    });
  }

  private askAgain(group: Group): void {
    this.waiting.add(group);
    const { min, max } = askedAgainAfter;
    const { clock, random } = this.context;
    clock.after(random.between(`ask/${group.settings.name}/${clock.now()}`, min, max), () => {
      this.waiting.delete(group);
      this.scaling.adjust(group);
    });
  }

  /**
   * The instances that go: those in the answer that may go. If there are more than have to go, the other termination
   * policies decide, in the end the default policy; the simulator takes the oldest. Source: the same page,
   * Considerations.
   */
  private chosen(group: Group, answer: readonly string[]): Instance[] {
    if (group.suspended.has("Terminate")) return [];
    const wanted = new Set(answer);
    return candidatesOf(group)
      .filter(({ id }) => wanted.has(id))
      .slice(0, excessOf(group));
  }

  /** The role as which Auto Scaling invokes the function. Source: the same page, Create the Lambda function. */
  private principal(): string {
    const { id, partition } = this.context.account;
    return `arn:${partition}:iam::${id}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`;
  }
}

/** Instances that may go: in service, and not protected from scale-in; the oldest first. */
export function candidatesOf(group: Group): Instance[] {
  return countedInstances(group).filter(({ isProtected, state }) => state === "InService" && !isProtected);
}

/** How many instances there are too many. */
export function excessOf(group: Group): number {
  return Math.max(0, countedInstances(group).length - group.desired);
}

/**
 * How many instances go in each zone: the zones with the most instances give instances away. Source: the same page,
 * Input data.
 */
function sharesOf(group: Group, excess: number): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { zone } of countedInstances(group)) counts.set(zone, (counts.get(zone) ?? 0) + 1);
  const spare = new Map<string, number>();
  for (const { zone } of candidatesOf(group)) spare.set(zone, (spare.get(zone) ?? 0) + 1);
  const shares = new Map<string, number>();
  for (let left = excess; left > 0; left -= 1) {
    const zones = [...counts].filter(([zone]) => (spare.get(zone) ?? 0) > 0);
    const [fullest] = zones.sort(([one, count], [other, more]) => more - count || one.localeCompare(other));
    if (fullest === undefined) break;
    const [zone, count] = fullest;
    counts.set(zone, count - 1);
    spare.set(zone, (spare.get(zone) ?? 0) - 1);
    shares.set(zone, (shares.get(zone) ?? 0) + 1);
  }
  return shares;
}

function requestOf(
  { settings }: Group,
  shares: ReadonlyMap<string, number>,
  candidates: readonly Instance[],
) {
  return {
    AutoScalingGroupARN: settings.arn,
    AutoScalingGroupName: settings.name,
    CapacityToTerminate: [...shares].map(([AvailabilityZone, Capacity]) => ({
      AvailabilityZone,
      Capacity,
      InstanceMarketOption: "on-demand",
    })),
    Instances: candidates.slice(0, mostCandidates).map(({ id, zone }) => ({
      AvailabilityZone: zone,
      InstanceId: id,
      InstanceType: "t4g.small",
      InstanceMarketOption: "on-demand",
    })),
    ...(candidates.length > mostCandidates ? { HasMoreInstances: true } : {}),
    Cause: "SCALE_IN",
  };
}

function idsIn(answer: unknown): string[] | undefined {
  const ids = isFields(answer) ? answer["InstanceIDs"] : undefined;
  return Array.isArray(ids) ? ids.filter((one): one is string => typeof one === "string") : undefined;
}
