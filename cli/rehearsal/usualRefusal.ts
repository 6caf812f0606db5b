import type { CallHappening } from "../../simulator";

/** The meaning of a refusal where nothing is wrong; undefined for every other call. */
export function usualRefusal({ error, message }: CallHappening): string | undefined {
  if (error === "InvalidInstanceId") return "SSM does not know the agent";
  // An event and a sweep may complete the same action, one after the other.
  if (error === "ValidationError" && message?.startsWith("No active Lifecycle Action found") === true)
    return "the action is over already";
  return undefined;
}
