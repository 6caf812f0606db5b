import * as pulumi from "@pulumi/pulumi";
import type { LifecycleHandlerRef } from "../arguments";
import { limitTo, type Limit } from "../iam/limit";
import { handlerRules } from "../iam/rules";

/** What groups need to know of their handler; all of these values limit grants. */
export type HandlerOutputs = Readonly<Record<keyof LifecycleHandlerRef, pulumi.Output<Limit>>>;

/** Reads a handler that was made elsewhere: a component of this stack, or plain values from another. */
export function handlerOutputs(subject: string, given: pulumi.Input<LifecycleHandlerRef>): HandlerOutputs {
  const ref = pulumi.output(given);
  const limited = (argument: keyof LifecycleHandlerRef) =>
    limitTo(subject, `handler.${argument}`, ref[argument], handlerRules[argument]);
  return {
    name: limited("name"),
    topicArn: limited("topicArn"),
    notificationRoleArn: limited("notificationRoleArn"),
    functionRoleName: limited("functionRoleName"),
    scriptLogGroupArn: limited("scriptLogGroupArn"),
  };
}
