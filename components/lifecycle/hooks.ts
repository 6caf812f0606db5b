import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import {
  Transport,
  encodeInstructions,
  lifecycleTransitions,
  resultOf,
  type Transition,
} from "../../contract";
import { schedule } from "../../timing";
import type { Documents } from "./documents";
import type { HandlerOutputs } from "./handlerOutputs";
import type { TransitionPlan } from "./plan";

/** Everything about a hook but its group. */
export interface HookSettings {
  readonly transition: Transition;
  /** Constant, so that the group's own copy and the updatable resource are one and the same hook. */
  readonly name: string;
  readonly lifecycleTransition: string;
  readonly heartbeatTimeout: number;
  readonly defaultResult: string;
  /** Absent where EventBridge brings the events. */
  readonly notificationTargetArn?: pulumi.Output<string>;
  readonly roleArn?: pulumi.Output<string>;
  readonly notificationMetadata: pulumi.Output<string>;
}

/** Derives the hooks of a group. The transport is part of the name: a Put would keep a target that it is not given. */
export function hookSettings(
  plans: readonly TransitionPlan[],
  documents: Documents,
  handler: HandlerOutputs,
  deregistrationDelay: number,
  transport: Transport = Transport.Sns,
): HookSettings[] {
  return plans.map(({ onFailure, times, transition }) => {
    const { delivery, execution, heartbeatTimeout } = schedule(times);
    const document = documents[transition]?.name;
    return {
      transition,
      name: `graceful-${transition}-${transport}`,
      lifecycleTransition: lifecycleTransitions[transition],
      heartbeatTimeout,
      defaultResult: resultOf(onFailure),
      ...(transport === Transport.Sns
        ? { notificationTargetArn: handler.topicArn, roleArn: handler.notificationRoleArn }
        : {}),
      notificationMetadata: pulumi.all([handler.name, document]).apply(([name, documentName = ""]) =>
        encodeInstructions({
          handler: name,
          transport,
          document: documentName,
          delivery,
          execution,
          maxWait: times.maxWait ?? 0,
          deregistrationDelay,
          onFailure,
        }),
      ),
    };
  });
}

/** Makes the hooks as resources of their own, which can be tuned in place. */
export function createHooks(
  name: string,
  groupName: pulumi.Input<string>,
  hooks: readonly HookSettings[],
  opts: pulumi.CustomResourceOptions,
): aws.autoscaling.LifecycleHook[] {
  return hooks.map(
    ({ transition, ...settings }) =>
      new aws.autoscaling.LifecycleHook(
        `${name}-${transition}`,
        { autoscalingGroupName: groupName, ...settings },
        opts,
      ),
  );
}

/** The hooks as a group takes them at its creation, before it launches any instance. */
export function initialLifecycleHooks(
  hooks: readonly HookSettings[],
): aws.types.input.autoscaling.GroupInitialLifecycleHook[] {
  return hooks.map(({ transition: _, ...settings }) => settings);
}
