import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import {
  Transport,
  announceMark,
  encodeInstructions,
  lifecycleTransitions,
  resultOf,
  revisionsOf,
  type Transition,
} from "../../contract";
import { deregistrationDelayOf, schedule, scheduleOfTerminate, type Plan } from "../../timing";
import type { GracefulLifecycleArgs } from "../arguments";
import { logGroupNameOf } from "../arn";
import type { Documents } from "./ssmDocuments";
import type { HandlerOutputs } from "./handlerOutputs";
import type { TransitionSettings } from "./transitions";

/** Everything about a hook but its group and its name. */
export interface HookSettings {
  readonly transition: Transition;
  readonly transport: Transport;
  readonly lifecycleTransition: string;
  readonly heartbeatTimeout: number;
  readonly defaultResult: string;
  /** Absent where EventBridge delivers the events. */
  readonly notificationTargetArn?: pulumi.Output<string>;
  readonly roleArn?: pulumi.Output<string>;
  readonly notificationMetadata: pulumi.Output<string>;
  /** Whether its instances learn that they were chosen. */
  readonly announces: boolean;
}

/**
 * Where Auto Scaling sends the events of a hook, by the hook's transport; EventBridge gets the events without a target.
 */
const targets: Readonly<
  Record<Transport, (handler: HandlerOutputs) => Pick<HookSettings, "notificationTargetArn" | "roleArn">>
> = {
  sns: ({ notificationRoleArn, topicArn }) => ({
    notificationTargetArn: topicArn,
    roleArn: notificationRoleArn,
  }),
  eventbridge: () => ({}),
};

/** Arguments of a group that its hooks depend on. */
export type HookArgs = Pick<GracefulLifecycleArgs, "scriptLogs" | "transport">;

/** Derives the hooks of a group. */
export function hookSettings(
  transitions: readonly TransitionSettings[],
  documents: Documents,
  handler: HandlerOutputs,
  plan: Plan,
  { scriptLogs = false, transport = Transport.Sns }: HookArgs,
): HookSettings[] {
  const scriptLogGroup = scriptLogs ? handler.scriptLogGroupArn.apply(logGroupNameOf) : undefined;
  const deregistrationDelay = deregistrationDelayOf(plan);
  return transitions.map(({ inWarmPool, onFailure, times, transition }) => {
    const { agentTimeout, delivery, execution, heartbeatTimeout, turnWait } =
      transition === "terminate" ? scheduleOfTerminate(plan) : schedule(times);
    const maxConcurrent = transition === "terminate" ? plan.drain?.maxConcurrent : undefined;
    const document = documents[transition]?.name;
    const announce = transition === "terminate" ? plan.announce : undefined;
    const announceDocument = announce && documents.announce?.name;
    return {
      transition,
      transport,
      lifecycleTransition: lifecycleTransitions[transition],
      heartbeatTimeout,
      defaultResult: resultOf(onFailure),
      ...targets[transport](handler),
      announces: announce !== undefined,
      notificationMetadata: pulumi
        .all([handler.name, document, scriptLogGroup, announceDocument])
        .apply(([name, documentName = "", logGroup, announceName]) =>
          encodeInstructions({
            handler: name,
            transport,
            document: documentName,
            delivery,
            execution,
            maxWait: times.maxWait ?? 0,
            deregistrationDelay,
            agentTimeout,
            heartbeatTimeout,
            onFailure,
            ...(maxConcurrent === undefined ? {} : { drain: { maxConcurrent, maxWait: turnWait } }),
            ...(announce === undefined || announceName === undefined
              ? {}
              : { announce: { document: announceName, execution: announce.timeout } }),
            ...(logGroup === undefined ? {} : { scriptLogGroup: logGroup }),
            ...(inWarmPool === undefined ? {} : { inWarmPool }),
          }),
        ),
    };
  });
}

/** Revisions of the hooks of a group, the value of its tag. The tag exists before the hooks that it describes. */
export function hookRevisions(hooks: readonly HookSettings[]): pulumi.Output<string> {
  return pulumi
    .all(hooks.map(({ notificationMetadata }) => notificationMetadata))
    .apply((all) =>
      [
        revisionsOf(hooks.map(({ transition }, index) => ({ transition, metadata: all[index] ?? "" }))),
        ...(hooks.some(({ announces }) => announces) ? [announceMark] : []),
      ].join(" "),
    );
}

/** Makes the hooks of a group made here as resources of their own, which Pulumi can update in place. */
export function createOwnHooks(
  name: string,
  group: aws.autoscaling.Group,
  hooks: readonly HookSettings[],
  opts: pulumi.CustomResourceOptions,
): void {
  for (const hook of hooks) {
    new aws.autoscaling.LifecycleHook(
      `${name}-${hook.transition}`,
      { autoscalingGroupName: group.name, name: ownHookName(hook), ...fieldsOf(hook) },
      // Another transport means another name, so the group is never without a hook.
      { ...opts, deletedWith: group, deleteBeforeReplace: false },
    );
  }
}

/**
 * Makes hooks on a group that exists already. Pulumi names them, so that no two components own the same hook: after a
 * rename the component's successor has made its hooks before the predecessor's hooks are deleted.
 */
export function createHooksOnExisting(
  name: string,
  groupName: pulumi.Input<string>,
  hooks: readonly HookSettings[],
  opts: pulumi.CustomResourceOptions,
): void {
  for (const hook of hooks) {
    new aws.autoscaling.LifecycleHook(
      `${name}-${hook.transition}-${hook.transport}`,
      { autoscalingGroupName: groupName, ...fieldsOf(hook) },
      // The provider would put the hook on another group and leave it on the old one as well.
      { ...opts, replaceOnChanges: ["autoscalingGroupName"] },
    );
  }
}

/** The hooks as a group takes them at its creation, before it launches any instance. */
export function initialLifecycleHooks(
  hooks: readonly HookSettings[],
): aws.types.input.autoscaling.GroupInitialLifecycleHook[] {
  return hooks.map((hook) => ({ name: ownHookName(hook), ...fieldsOf(hook) }));
}

/**
 * Constant, so that the group's own copy and the updatable resource are one and the same hook. The transport is part of
 * the name: PutLifecycleHook would keep a target that is not given.
 */
function ownHookName({ transition, transport }: HookSettings): string {
  return `graceful-${transition}-${transport}`;
}

function fieldsOf({ announces: _, transition: __, transport: ___, ...fields }: HookSettings) {
  return fields;
}
