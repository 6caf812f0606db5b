import { isFields, type Fields } from "../../contract";

/**
 * What Auto Scaling asks a termination policy. Source: Auto Scaling user guide, Create a custom termination policy with
 * Lambda, Input data.
 */
export interface TerminationRequest {
  readonly group: string;
  /** SCALE_IN, INSTANCE_REFRESH, MAX_INSTANCE_LIFETIME or REBALANCE. */
  readonly cause: string;
  /** How much has to go, by zone and purchase option. */
  readonly shares: readonly Share[];
  /** Instances that may go; at most 30,000. */
  readonly candidates: readonly Candidate[];
}

/** How much has to go in one zone, of one purchase option. */
export interface Share extends Place {
  readonly capacity: number;
}

/** An instance that may go. */
export interface Candidate extends Place {
  readonly id: string;
}

/** Where an instance is and how it was bought; undefined where Auto Scaling does not say. */
interface Place {
  readonly zone: string | undefined;
  /** on-demand or spot. */
  readonly market: string | undefined;
}

/** Reads a request; undefined for an event that is none. Anybody who may invoke the function can send anything. */
export function readRequest(event: unknown): TerminationRequest | undefined {
  if (!isFields(event) || !Array.isArray(event["Instances"])) return undefined;
  const shares = listOf(event["CapacityToTerminate"]).flatMap((one): Share[] => {
    const capacity = one["Capacity"];
    return typeof capacity === "number" && capacity > 0 ? [{ ...placeOf(one), capacity }] : [];
  });
  const candidates = listOf(event["Instances"]).flatMap((one): Candidate[] => {
    const id = textOf(one["InstanceId"]);
    return id === undefined ? [] : [{ ...placeOf(one), id }];
  });
  return {
    group: textOf(event["AutoScalingGroupName"]) ?? "",
    cause: textOf(event["Cause"]) ?? "",
    candidates,
    shares: shares.some((share) => candidates.some((one) => isIn(share, one))) ? shares : [whole(shares)],
  };
}

/** Whether an instance counts towards a share. */
export function isIn(share: Share, candidate: Candidate): boolean {
  return agree(share.zone, candidate.zone) && agree(share.market, candidate.market);
}

/** Where no share fits an instance, the instances are one share: an empty answer would stop the scale-in. */
function whole(shares: readonly Share[]): Share {
  const capacity = shares.reduce((sum, one) => sum + one.capacity, 0);
  return { zone: undefined, market: undefined, capacity: Math.max(1, capacity) };
}

function agree(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || one === other;
}

function placeOf(fields: Fields): Place {
  return { zone: textOf(fields["AvailabilityZone"]), market: textOf(fields["InstanceMarketOption"]) };
}

function listOf(value: unknown): readonly Fields[] {
  return [value].flat().filter(isFields);
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
