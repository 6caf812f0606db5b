import { decodeInstructions, lifecycleTransitions, type Instructions, type Transition } from "../contract";
import type { Hook } from "./aws/autoScaling";

/** A hook that this handler serves. */
export interface ServedHook {
  readonly group: string;
  readonly name: string;
  readonly transition: Transition;
  readonly heartbeatTimeout: number;
  readonly instructions: Instructions;
}

/** The hooks of a group that carry instructions for this handler. */
export function servedHooks(handler: string, group: string, hooks: readonly Hook[]): ServedHook[] {
  return hooks.flatMap(({ heartbeatTimeout, lifecycleTransition, metadata, name }) => {
    const instructions = decodeInstructions(metadata);
    const transition = transitionOf(lifecycleTransition);
    if (instructions?.handler !== handler || transition === undefined) return [];
    return [{ group, name, transition, heartbeatTimeout, instructions }];
  });
}

/** Whether the failure policy of a hook keeps instances, so that their history decides. */
export function mayRetain({ instructions, transition }: ServedHook): boolean {
  return transition === "terminate" && instructions.onFailure === "retain";
}

/** Whether a lifecycle state means that an instance waits at a hook of this transition. */
export function isWaiting(lifecycleState: string | undefined, transition: Transition): boolean {
  return waitStates[transition].some((state) => state === lifecycleState);
}

/**
 * `Warmed:Pending:Wait` is both: into the warm pool from a launch, and back into it from a scale-in. An instance refresh that
 * replaces root volumes stops what is on the old one.
 */
const waitStates = {
  launch: ["Pending:Wait", "Warmed:Pending:Wait"],
  terminate: [
    "Terminating:Wait",
    "Warmed:Terminating:Wait",
    "Warmed:Pending:Wait",
    "ReplacingRootVolume:Wait",
  ],
} as const satisfies Record<Transition, readonly string[]>;

function transitionOf(lifecycleTransition: string): Transition | undefined {
  if (lifecycleTransition === lifecycleTransitions.launch) return "launch";
  return lifecycleTransition === lifecycleTransitions.terminate ? "terminate" : undefined;
}
