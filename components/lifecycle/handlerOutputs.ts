import * as pulumi from "@pulumi/pulumi";
import type { LifecycleHandlerRef } from "../arguments";

/** What groups need to know of their handler. */
export type HandlerOutputs = Readonly<Record<keyof LifecycleHandlerRef, pulumi.Output<string>>>;

/** Reads a handler that was made elsewhere: a component of this stack, or plain values from another. */
export function handlerOutputs(given: pulumi.Input<LifecycleHandlerRef>): HandlerOutputs {
  const ref = pulumi.output(given);
  return {
    name: ref.name,
    topicArn: ref.topicArn,
    notificationRoleArn: ref.notificationRoleArn,
    functionRoleName: ref.functionRoleName,
    scriptLogGroupArn: ref.scriptLogGroupArn,
  };
}
