import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Metric, metricDimensions } from "../../contract";
import { placeOf } from "../arn";
import { retainedMetric } from "../group/metrics";

/** Length of the periods of all graphs, seconds. */
const period = 300;

/** Colours by what they warn of: CloudWatch would give failures and successes any of its own. */
const colours = {
  failure: "#d1495b",
  delay: "#e8833a",
  unreachable: "#d9a62e",
  loss: "#7b61c9",
  nothing: "#9aa5b1",
  health: "#2a9d8f",
} as const;

/** How lifecycle actions end, the ends to look into first. */
const outcomeColours = {
  failed: colours.failure,
  overran: colours.delay,
  unreachable: colours.unreachable,
  gone: colours.loss,
  skipped: colours.nothing,
  succeeded: colours.health,
} as const;

/** The metrics that CloudWatch counts from the log. */
const logMetricColours = {
  CleanEnds: colours.health,
  UncleanEnds: colours.failure,
  GoneMachines: colours.loss,
  Errors: colours.delay,
} as const;

/** Name of a metric that CloudWatch counts from the log. */
export type LogMetric = keyof typeof logMetricColours;

/** What a dashboard shows, once it is known. */
export interface DashboardSubject {
  readonly functionArn: string;
  readonly functionName: string;
  readonly deadLetters: string;
  readonly namespace: string;
  readonly alarmArns: readonly string[];
}

/** Makes the dashboard of a handler. */
export function createDashboard(
  name: string,
  dashboardName: pulumi.Output<string>,
  subject: { readonly [Key in keyof DashboardSubject]: pulumi.Input<DashboardSubject[Key]> },
  opts: pulumi.CustomResourceOptions,
): aws.cloudwatch.Dashboard {
  const dashboardBody = pulumi.output(subject).apply((known) => JSON.stringify(dashboardOf(known)));
  return new aws.cloudwatch.Dashboard(name, { dashboardName, dashboardBody }, opts);
}

/**
 * The dashboard, from top to bottom: does anything ring, how do actions end, how long do instances wait and why, what is
 * left behind. The handler knows no list of its groups, so searches find the groups by the handler's own namespace.
 */
export function dashboardOf(subject: DashboardSubject) {
  const { alarmArns, deadLetters, functionArn, functionName, namespace } = subject;
  const { region } = placeOf(functionArn);
  const graph = (place: Place, title: string, metrics: readonly unknown[], more: object = {}) => ({
    type: "metric",
    ...place,
    properties: { title, metrics, period, region, view: "timeSeries", stat: "Sum", ...more },
  });
  const seconds = (place: Place, title: string, metric: Metric, stat: string) =>
    graph(
      place,
      `${title}, ${stat}`,
      [
        [
          {
            expression: search(namespace, metric, stat),
            label: "${PROP('Dim.AutoScalingGroupName')} ${PROP('Dim.Transition')}",
            id: "e1",
          },
        ],
      ],
      { yAxis: { left: { min: 0, label: "seconds", showUnits: false } } },
    );
  const ofFunction = (metric: string, color: string) => [
    ...["AWS/Lambda", metric, "FunctionName", functionName],
    { color },
  ];
  return {
    widgets: [
      { type: "alarm", x: 0, y: 0, width: 24, height: 3, properties: { title: "Alarms", alarms: alarmArns } },
      graph(
        { x: 0, y: 3, width: 12, height: 6 },
        "Completions by outcome",
        Object.entries(outcomeColours).map(([outcome, color], index) => [
          {
            expression: `SUM(${search(namespace, Metric.Completions, "Sum", ` Outcome="${outcome}"`)})`,
            label: outcome,
            id: `e${index + 1}`,
            color,
          },
        ]),
        { stacked: true },
      ),
      graph(
        { x: 12, y: 3, width: 12, height: 6 },
        "Ends of lifecycle actions",
        Object.entries(logMetricColours).map(([metric, color]) => [namespace, metric, { color }]),
      ),
      seconds({ x: 0, y: 9, width: 12, height: 6 }, "Wait at the hook", Metric.WaitTime, "p50"),
      seconds({ x: 12, y: 9, width: 12, height: 6 }, "Wait at the hook", Metric.WaitTime, "p90"),
      seconds({ x: 0, y: 15, width: 12, height: 6 }, "Command time", Metric.CommandTime, "p90"),
      seconds({ x: 12, y: 15, width: 12, height: 6 }, "Completion lag", Metric.CompletionLag, "p90"),
      graph({ x: 0, y: 21, width: 8, height: 6 }, "Retained instances, all groups of the Region", [
        [
          {
            expression: `SEARCH('{AWS/AutoScaling,AutoScalingGroupName} MetricName="${retainedMetric}"', 'Maximum', ${period})`,
            label: "${PROP('Dim.AutoScalingGroupName')}",
            id: "e1",
          },
        ],
      ]),
      graph({ x: 8, y: 21, width: 8, height: 6 }, "Function", [
        ofFunction("Invocations", colours.health),
        ofFunction("Errors", colours.failure),
        ofFunction("Throttles", colours.delay),
      ]),
      graph({ x: 16, y: 21, width: 8, height: 6 }, "Dead letters and events that were not put", [
        [
          ...["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", deadLetters],
          { stat: "Maximum", color: colours.failure },
        ],
        [namespace, Metric.FailedEvents, { color: colours.delay }],
      ]),
    ],
  };
}

/** Where a widget is: the grid has 24 columns. Source: CloudWatch, Dashboard body structure. */
interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Finds a metric of the handler for all of its groups. Source: CloudWatch, search expression syntax. */
function search(namespace: string, metric: Metric, stat: string, more = ""): string {
  const schema = [namespace, ...metricDimensions[metric]].map((part) => `"${part}"`).join(",");
  return `SEARCH('{${schema}} MetricName="${metric}"${more}', '${stat}', ${period})`;
}
