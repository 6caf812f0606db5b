import { second, type Action } from "./history";
import type { Sweep } from "./sweeps";

/** Why the stop script of an instance may not have ended before the instance: the list in P1. */
export type Exemption =
  | "the machine was gone"
  | "it had just come back to the warm pool"
  | "the agent was beyond reach"
  | "somebody else's hook abandoned the action"
  | "AWS was unreachable"
  | "AWS refused the instance for good"
  | "the metadata of the hook were malformed"
  | "anybody may publish to the topic, and somebody did";
/** A promise about one action, kept or broken. */
export type Result =
  | { readonly kind: "kept" }
  | { readonly kind: "exempt"; readonly reason: Exemption }
  | { readonly kind: "broken"; readonly what: string };

/** A promise, checked for one action with the sweeps that could have helped the action. */
export type ActionPromise = (action: Action, sweeps: readonly Sweep[]) => Result;

export const kept: Result = { kind: "kept" };
export function exempt(reason: Exemption): Result {
  return { kind: "exempt", reason };
}

export function broken(what: string): Result {
  return { kind: "broken", what };
}

/** An instant in words. */
export function at({ began }: Pick<Action, "began">, instant: number): string {
  return `${((instant - began) / second).toFixed(1)} s after its wait began`;
}
