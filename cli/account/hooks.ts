import { DescribeLifecycleHooksCommand, type LifecycleHook } from "@aws-sdk/client-auto-scaling";
import { decodeInstructions, type Instructions, type Transition } from "../../contract";
import { transitionOf } from "../../handler/servedHook";
import type { Account } from "./account";

/** A lifecycle hook of an account. */
export interface AccountHook {
  readonly name: string;
  /** Undefined for a transition that Auto Scaling may add one day. */
  readonly transition: Transition | undefined;
  /** Seconds. */
  readonly heartbeatTimeout: number;
  readonly defaultResult: string;
  /** Undefined for a hook that no handler of ours can follow. */
  readonly instructions: Instructions | undefined;
}

/** A hook that a handler of ours serves. */
export interface OwnHook extends AccountHook {
  readonly transition: Transition;
  readonly instructions: Instructions;
}

/** The hooks of a group. */
export async function readHooks(
  { clients }: Pick<Account, "clients">,
  group: string,
): Promise<readonly AccountHook[]> {
  const command = new DescribeLifecycleHooksCommand({ AutoScalingGroupName: group });
  return ((await clients.autoScaling.send(command)).LifecycleHooks ?? []).map(hookOf);
}

export function isOwn(hook: AccountHook): hook is OwnHook {
  return hook.transition !== undefined && hook.instructions !== undefined;
}

/** The hook of a transition that a handler of ours serves. */
export function ownHookOf(hooks: readonly AccountHook[], transition: Transition): OwnHook | undefined {
  return hooks.filter(isOwn).find((hook) => hook.transition === transition);
}

function hookOf({
  DefaultResult = "",
  HeartbeatTimeout = 0,
  LifecycleHookName = "",
  LifecycleTransition = "",
  NotificationMetadata,
}: LifecycleHook): AccountHook {
  return {
    name: LifecycleHookName,
    transition: transitionOf(LifecycleTransition),
    heartbeatTimeout: HeartbeatTimeout,
    defaultResult: DefaultResult,
    instructions: decodeInstructions(NotificationMetadata),
  };
}
