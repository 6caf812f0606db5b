/** Why an instance enters a state, in the words of the record; whoever reads an account tells it in the same words. */
export const whys = {
  launched: "it is launched",
  launchedIntoPool: "it is launched into the warm pool",
  leavesPool: "it leaves the warm pool",
  inPool: "it is in the warm pool",
  retained: "it is kept for inspection",
  gone: "it is gone",
} as const;

/** Why an instance waits. */
export function waitsAt(hooks: readonly string[]): string {
  return `it waits at ${hooks.join(" and ")}`;
}

/**
 * Why an instance terminates, by the cause of its scaling activity.
 * @param isDeregistered whether a target group has to deregister it first
 */
export function whyItTerminates(cause: string, isDeregistered: boolean): string {
  const reason = /in response to (.*)\.$/.exec(cause)?.[1];
  const isSelected = reason === undefined || cause.includes("selected for termination");
  return `${isSelected ? "it was selected" : reason}${deregisters(isDeregistered)}`;
}

/** Why an instance returns to the warm pool. */
export function whyItReturns(isDeregistered: boolean): string {
  return `it was selected and returns to the warm pool${deregisters(isDeregistered)}`;
}

/** Why an instance is in service once its launch hooks are done. */
export function whyItServes(hasTargetGroup: boolean): string {
  return hasTargetGroup ? "it is registered with the target group" : "its launch hooks are done";
}

function deregisters(isDeregistered: boolean): string {
  return isDeregistered ? "; its target group deregisters it" : "";
}
