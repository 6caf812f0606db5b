import { encodeInstructions, type Instructions } from "../../contract";
import type { HookAction } from "../../handler/trigger";
import { ids, instructionsFor } from "./payloads";

/** The event of an instance that has begun to wait at a hook, on its way out of the group or, to launch, into it. */
export function hookAction(
  time: number,
  instructions: Partial<Instructions> = {},
  changes: Partial<HookAction> = {},
): HookAction {
  const transition = changes.transition ?? "terminate";
  return {
    kind: "hookAction",
    group: ids.group,
    hook: `graceful-${transition}-sns`,
    transition,
    instance: ids.instance,
    token: ids.token,
    time,
    route: { origin: "AutoScalingGroup", destination: "EC2" },
    metadata: encodeInstructions(instructionsFor(transition, instructions)),
    ...changes,
  };
}
