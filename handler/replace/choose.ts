import type { ReplaceOn } from "../../contract";
import type { Group } from "../aws/autoScaling";

/** An instance that is to be replaced. Instants are milliseconds since 1970. */
export interface Due {
  readonly instance: string;
  readonly reason: ReplaceOn;
  /** From when on EC2 may stop it, or when EC2 recommended to rebalance. */
  readonly at: number;
}

/** What becomes of the instances of a group that are to be replaced. */
export type Choice =
  /** Nothing is to be done about the group. */
  | { readonly kind: "none" }
  /** The group cannot spare an instance now. */
  | { readonly kind: "wait"; readonly why: string }
  | { readonly kind: "replace"; readonly due: Due };

/**
 * How long before its date an instance goes in spite of its scale-in protection, ms: its drain may take two days, and at
 * the date EC2 stops the machine whether the application has ended or not.
 */
const lastDays = 3 * 24 * 3600 * 1000;

/** Processes without which a replacement would leave the group smaller, or not begin at all. */
const needed: readonly string[] = ["Launch", "Terminate"];

/**
 * Chooses the instance of a group that goes next: one at a time, and the next only when the group is whole again. All
 * invocations that see the same group choose the same instance, so repeated and simultaneous events end one instance.
 */
export function choose({ capacity, instances }: Group, dues: readonly Due[], now: number): Choice {
  if (capacity === undefined) return { kind: "none" };
  const { desired, inService, rebalances, suspended } = capacity;
  /** Whether an instance is protected, for each that is in service. */
  const protections = new Map(
    instances
      .filter(({ lifecycleState }) => lifecycleState === "InService")
      .map(({ id, isProtected }) => [id, isProtected]),
  );
  const [next] = dues
    .filter(({ instance }) => protections.has(instance))
    // Auto Scaling itself replaces the instance, and launches its successor first.
    .filter(({ reason }) => reason !== "rebalance" || !rebalances)
    .filter(
      ({ at, instance, reason }) =>
        !protections.get(instance) || (reason === "retirement" && at - now <= lastDays),
    )
    .sort(inTurn);
  if (next === undefined) return { kind: "none" };
  const stopped = needed.find((one) => suspended.includes(one));
  if (stopped !== undefined) return { kind: "wait", why: `the process ${stopped} of the group is suspended` };
  if (inService < desired)
    return { kind: "wait", why: `${inService} of ${desired} are in service, and the group can spare none` };
  return { kind: "replace", due: next };
}

/** Retirements first, as EC2 keeps their dates; then by date, and by id where dates are the same. */
function inTurn(one: Due, other: Due): number {
  if (one.reason !== other.reason) return one.reason === "retirement" ? -1 : 1;
  return one.at - other.at || one.instance.localeCompare(other.instance);
}
