import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { metricNamespace } from "../../contract";
import type { OrganisationArgs } from "../arguments";
import { placeOf } from "../arn";
import { alarmActionsOf } from "../iam/alarmActions";
import { createDashboard, type LogMetric } from "./dashboard";
import type { HandlerFunction } from "./function";

/** Length of the periods that alarms look at, seconds. */
const period = 300;

/** Metrics that CloudWatch counts from the log; the runtime puts the entries of the handler under `message`. */
const logMetrics = {
  CleanEnds: '{ $.message.outcome = "succeeded" }',
  UncleanEnds:
    '{ ($.message.outcome = "failed") || ($.message.outcome = "overran") || ($.message.outcome = "unreachable") }',
  // Machines that were gone before their script had ended: not a failure, and not a clean end either.
  GoneMachines: '{ $.message.outcome = "gone" }',
  Errors: '{ $.level = "ERROR" }',
} as const satisfies Record<LogMetric, string>;

/** Counts outcomes, raises alarms, draws the dashboard. */
export function createMonitoring(
  name: string,
  { lambda, logGroup }: HandlerFunction,
  deadLetters: aws.sqs.Queue,
  terminationPolicy: aws.lambda.Function | undefined,
  { tags, ...actions }: OrganisationArgs,
  opts: pulumi.CustomResourceOptions,
): aws.cloudwatch.Dashboard {
  const namespace = lambda.name.apply(metricNamespace);
  for (const [metric, pattern] of Object.entries(logMetrics)) {
    new aws.cloudwatch.LogMetricFilter(
      `${name}-${metric}`,
      {
        logGroupName: logGroup.name,
        pattern,
        metricTransformation: { namespace, name: metric, value: "1", defaultValue: "0" },
      },
      opts,
    );
  }
  const alarms: aws.cloudwatch.MetricAlarm[] = [];
  const alarm = (suffix: string, alarmDescription: string, threshold: number, metric: Metric) => {
    const made = new aws.cloudwatch.MetricAlarm(
      `${name}-${suffix}`,
      {
        alarmDescription,
        ...metric,
        statistic: "Sum",
        period,
        evaluationPeriods: 1,
        threshold,
        comparisonOperator: "GreaterThanOrEqualToThreshold",
        treatMissingData: "notBreaching",
        alarmActions: alarmActionsOf(actions),
        tags,
      },
      opts,
    );
    alarms.push(made);
  };
  const functionMetric = (metricName: string, of = lambda): Metric => ({
    namespace: "AWS/Lambda",
    metricName,
    dimensions: { FunctionName: of.name },
  });
  const queueMetric: Metric = {
    namespace: "AWS/SQS",
    metricName: "ApproximateNumberOfMessagesVisible",
    dimensions: { QueueName: deadLetters.name },
  };
  alarm(
    "unclean-ends",
    "An instance went on without a clean end of its script; the log and the script's output say why.",
    1,
    {
      namespace,
      metricName: "UncleanEnds",
    },
  );
  alarm(
    "errors",
    "The handler meets errors again and again: calls that AWS refuses, hooks that nobody can follow, or faults of its own with one group; its log says which.",
    5,
    {
      namespace,
      metricName: "Errors",
    },
  );
  alarm("function-errors", "The handler itself failed.", 1, functionMetric("Errors"));
  if (terminationPolicy !== undefined)
    alarm(
      "policy-errors",
      "The termination policy failed or took too long: Auto Scaling asks it again and terminates nothing meanwhile.",
      3,
      functionMetric("Errors", terminationPolicy),
    );
  alarm(
    "dropped",
    "Lambda dropped events because it saw a loop.",
    1,
    functionMetric("RecursiveInvocationsDropped"),
  );
  alarm("dead-letters", "Events could not be handled and are in the dead-letter queue.", 1, queueMetric);

  return createDashboard(
    name,
    lambda.name,
    {
      functionArn: lambda.arn,
      functionName: lambda.name,
      deadLetters: deadLetters.name,
      namespace,
      alarmArns: pulumi.all(alarms.map(({ arn }) => arn)),
    },
    opts,
  );
}

/** URL of a dashboard in the AWS console; the domain of the console depends on the partition. */
export function dashboardUrl(functionArn: string, dashboardName: string): string {
  const { partition, region } = placeOf(functionArn);
  const domain = consoleDomains[partition] ?? "console.aws.amazon.com";
  return `https://${region}.${domain}/cloudwatch/home?region=${region}#dashboards/dashboard/${dashboardName}`;
}

const consoleDomains: Readonly<Record<string, string>> = {
  "aws-cn": "console.amazonaws.cn",
  "aws-eusc": "console.amazonaws-eusc.eu",
  "aws-us-gov": "console.amazonaws-us-gov.com",
};

type Metric = Pick<aws.cloudwatch.MetricAlarmArgs, "namespace" | "metricName" | "dimensions">;
