import * as pulumi from "@pulumi/pulumi";
import type { LifecycleHandlerRef } from "../arguments";
import { limitTo, type Limit } from "../iam/limit";
import { handlerRules } from "../iam/rules";

/** What every group needs to know of its handler; all of these values limit grants. */
export type HandlerOutputs = Readonly<Record<keyof typeof handlerRules, pulumi.Output<Limit>>>;

/** Reads a handler that was made elsewhere: a component of this stack, or plain values from another. */
export function handlerOutputs(subject: string, given: pulumi.Input<LifecycleHandlerRef>): HandlerOutputs {
  const ref = pulumi.output(given);
  const limited = (argument: keyof HandlerOutputs) =>
    limitTo(subject, `handler.${argument}`, ref[argument], handlerRules[argument]);
  return {
    name: limited("name"),
    topicArn: limited("topicArn"),
    notificationRoleArn: limited("notificationRoleArn"),
    functionRoleName: limited("functionRoleName"),
    scriptLogGroupArn: limited("scriptLogGroupArn"),
  };
}
