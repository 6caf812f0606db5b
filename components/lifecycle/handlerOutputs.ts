import * as pulumi from "@pulumi/pulumi";
import { readReplaceOn, type ReplaceOn } from "../../contract";
import type { LifecycleHandlerRef } from "../arguments";
import { limitTo, type Limit } from "../iam/limit";
import { handlerRules, replaceOn as replaceOnRule } from "../iam/rules";

/** What every group needs to know of its handler; all of these values limit grants, or decide about them. */
export interface HandlerOutputs extends Readonly<Record<keyof typeof handlerRules, pulumi.Output<Limit>>> {
  /** What makes the handler replace instances. */
  readonly replaceOn: pulumi.Output<ReadonlySet<ReplaceOn>>;
}

/** Reads a handler that was made elsewhere: a component of this stack, or plain values from another. */
export function handlerOutputs(subject: string, given: pulumi.Input<LifecycleHandlerRef>): HandlerOutputs {
  const ref = pulumi.output(given);
  const limited = (argument: keyof typeof handlerRules) =>
    limitTo(subject, `handler.${argument}`, ref[argument], handlerRules[argument]);
  return {
    name: limited("name"),
    topicArn: limited("topicArn"),
    notificationRoleArn: limited("notificationRoleArn"),
    functionRoleName: limited("functionRoleName"),
    scriptLogGroupArn: limited("scriptLogGroupArn"),
    replaceOn: limitTo(
      subject,
      "handler.replaceOn",
      ref.apply((known: LifecycleHandlerRef | undefined) => known?.replaceOn ?? ""),
      replaceOnRule,
    ).apply((known) => readReplaceOn(known)),
  };
}
