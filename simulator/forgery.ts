import { decodeInstructions, lifecycleTransitions } from "../contract";
import type { Simulator } from "./simulator";
import type { Instance } from "./autoScaling/model";
import type { HookSettings } from "./world";

/** The record's name for a message that a stranger publishes. */
export const forged = "forged hook";

/** Token of an action that never was. */
const noToken = "00000000-0000-4000-8000-00000000f0f0";

/**
 * Somebody publishes the event of a hook for an instance that does not wait there: to the hook's topic, and over
 * EventBridge under a source of their own, as nobody but AWS puts events of `aws.*` on a bus.
 * @returns whether the topic took the message
 */
export function forgeHookEvent(simulator: Simulator, instance: Instance, hook: HookSettings): boolean {
  const { group, id } = instance;
  const detail = {
    LifecycleActionToken: noToken,
    AutoScalingGroupName: group.settings.name,
    LifecycleHookName: hook.name,
    EC2InstanceId: id,
    LifecycleTransition: hook.lifecycleTransition,
    NotificationMetadata: hook.notificationMetadata,
    Origin: "AutoScalingGroup",
    Destination: "EC2",
  };
  const { clock } = simulator.context;
  const event = { ...detail, Service: "AWS Auto Scaling", Time: new Date(clock.now()).toISOString() };
  simulator.bus.put({
    source: "forged.autoscaling",
    detailType: "EC2 Instance-terminate Lifecycle Action",
    resources: [group.settings.arn],
    detail,
    instance: id,
  });
  const [topic = hook.notificationTargetArn] = simulator.topics.names;
  if (topic === undefined) return false;
  const taken = simulator.topics.publish({
    topic,
    message: JSON.stringify(event),
    subject: "",
    role: undefined,
    instance: id,
  });
  const fate = taken ? "delivered" : "refused";
  simulator.context.record({ kind: "message", channel: "sns", what: forged, instance: id, fate });
  return taken;
}

/** Somebody runs the document of a hook by hand on an instance that stays, with some of its parameters or none. */
export function runByHand(
  simulator: Simulator,
  instance: Instance,
  hook: HookSettings,
  parameters: Readonly<Record<string, readonly string[]>> = {},
): void {
  const instructions = decodeInstructions(hook.notificationMetadata);
  if (instructions === undefined || !simulator.runCommand.isReachable(instance.id)) return;
  const { document } = instructions;
  if (!simulator.runCommand.documents.has(document)) return;
  simulator.runCommand.send({
    document,
    instances: [instance.id],
    parameters,
    comment: "",
    delivery: 600,
    maxErrors: "0",
    logGroup: undefined,
  });
}

/** Parameters that the handler would have sent: all that a document tells apart. */
export function parametersOf(
  instance: Instance,
  hook: HookSettings,
): Readonly<Record<string, readonly string[]>> {
  const transition = hook.lifecycleTransition === lifecycleTransitions.launch ? "launch" : "terminate";
  return {
    group: [instance.group.settings.name],
    hook: [hook.name],
    instance: [instance.id],
    transition: [transition],
  };
}
