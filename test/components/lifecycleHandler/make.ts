import { LifecycleHandler, type LifecycleHandlerArgs } from "../../../components";
import type { Deployment } from "../../../evaluate/record";
import type { Registration } from "../../../evaluate/registration";
import { only, registered } from "../../support/deployment";

/** Everything that a handler registers. */
export function make(
  args?: LifecycleHandlerArgs,
  deployment?: Partial<Deployment>,
): Promise<readonly Registration[]> {
  return registered(() => new LifecycleHandler("lifecycle", args), deployment);
}

/** Everything that a handler without arguments registers, and its name, which is the name of its function. */
export async function makeUsual(): Promise<{ all: readonly Registration[]; handler: string }> {
  const all = await make();
  return { all, handler: String(only(all, types.function).state["name"]) };
}

/** Statements of a policy. */
export function statements({ inputs }: Registration, document = "policy"): readonly unknown[] {
  return (JSON.parse(String(inputs[document])) as { Statement: unknown[] }).Statement;
}

/** ARN of the one resource of a type, or of a type and name. */
export function arnOf(all: readonly Registration[], type: string, name?: string): unknown {
  return only(all, type, name).state["arn"];
}

/** Types of the resources that a handler is made of. */
export const types = {
  alarm: "aws:cloudwatch/metricAlarm:MetricAlarm",
  dashboard: "aws:cloudwatch/dashboard:Dashboard",
  eventInvokeConfig: "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
  filter: "aws:cloudwatch/logMetricFilter:LogMetricFilter",
  function: "aws:lambda/function:Function",
  logGroup: "aws:cloudwatch/logGroup:LogGroup",
  permission: "aws:lambda/permission:Permission",
  policy: "aws:iam/rolePolicy:RolePolicy",
  queue: "aws:sqs/queue:Queue",
  queuePolicy: "aws:sqs/queuePolicy:QueuePolicy",
  role: "aws:iam/role:Role",
  rule: "aws:cloudwatch/eventRule:EventRule",
  subscription: "aws:sns/topicSubscription:TopicSubscription",
  target: "aws:cloudwatch/eventTarget:EventTarget",
  topic: "aws:sns/topic:Topic",
  topicPolicy: "aws:sns/topicPolicy:TopicPolicy",
} as const;
