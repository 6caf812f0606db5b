import {
  lifecycleTransitions,
  readInstructions,
  retains,
  type Instructions,
  type Transition,
} from "../contract";
import type { Hook } from "./aws/autoScaling";
import type { Log } from "./log";

/** A hook that this handler serves. */
export interface ServedHook {
  readonly group: string;
  readonly name: string;
  readonly transition: Transition;
  readonly heartbeatTimeout: number;
  readonly instructions: Instructions;
}

/** The hooks of a group that carry instructions for this handler. A malformed hook does not affect the other hooks. */
export function servedHooks(handler: string, group: string, hooks: readonly Hook[], log: Log): ServedHook[] {
  return hooks.flatMap(({ heartbeatTimeout, lifecycleTransition, metadata, name }) => {
    const instructions = instructionsFor(handler, { group, hook: name, metadata }, log);
    const transition = transitionOf(lifecycleTransition);
    if (instructions === undefined || transition === undefined) return [];
    return [{ group, name, transition, heartbeatTimeout, instructions }];
  });
}

/** The instructions in the metadata of a hook; undefined if they are not for this handler, or cannot be followed. */
export function instructionsFor(
  handler: string,
  {
    group,
    hook,
    metadata,
  }: { readonly group: string; readonly hook: string; readonly metadata: string | undefined },
  log: Log,
): Instructions | undefined {
  const reading = readInstructions(metadata);
  switch (reading.kind) {
    case "instructions":
      return reading.instructions.handler === handler ? reading.instructions : undefined;
    case "malformed":
      if (reading.handler === handler) {
        log.error({
          message: `the metadata of the hook cannot be followed: ${reading.problem}`,
          group,
          hook,
        });
      }
      return undefined;
    case "foreign":
      return undefined;
  }
}

/** Whether the failure policy of a hook retains instances, so that their history decides. */
export function mayRetain({
  instructions,
  transition,
}: Pick<ServedHook, "instructions" | "transition">): boolean {
  return transition === "terminate" && retains(instructions.onFailure);
}

/** Whether instances may pass a hook more than once, so that an old event may be of an earlier action. */
export function mayRepeat(hook: Pick<ServedHook, "instructions" | "transition">): boolean {
  return mayRetain(hook) || hook.instructions.inWarmPool !== undefined;
}

/** Whether a lifecycle state means that an instance waits at a hook of this transition. */
export function isWaiting(lifecycleState: string | undefined, transition: Transition): boolean {
  return waitStates[transition].some((state) => state === lifecycleState);
}

/** Whether an instance waits at any hook, of any transition and any owner. */
export function isAtHook({ lifecycleState }: { readonly lifecycleState: string }): boolean {
  return lifecycleState.endsWith(":Wait");
}

/** The transitions of which an instance in this state may wait at a hook. */
export function transitionsOf(lifecycleState: string): Transition[] {
  return (["launch", "terminate"] as const).filter((transition) => isWaiting(lifecycleState, transition));
}

/**
 * `Warmed:Pending:Wait` is both: into the warm pool from a launch, and back into it from a scale-in. An instance
 * refresh that replaces a root volume stops what runs on the old volume.
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

/** Whether the metadata service of an instance in this state does not tell that the instance is on its way. */
export function isUntold(lifecycleState: string): boolean {
  return lifecycleState === "ReplacingRootVolume:Wait";
}

/** The transition that Auto Scaling calls so. */
export function transitionOf(lifecycleTransition: string): Transition | undefined {
  if (lifecycleTransition === lifecycleTransitions.launch) return "launch";
  return lifecycleTransition === lifecycleTransitions.terminate ? "terminate" : undefined;
}
