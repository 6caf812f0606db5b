import assert from "node:assert/strict";
import { dashboardUrl } from "../../../components/lifecycleHandler/monitoring";
import { Metric } from "../../../contract";
import { ofType, type Registration } from "../../../evaluate/registration";
import { only } from "../../support/deployment";
import { make, types } from "./make";

/** A widget of a dashboard. */
interface Widget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: { readonly alarms?: readonly string[]; readonly metrics?: readonly unknown[][] };
}

describe("the monitoring of a LifecycleHandler", () => {
  let all: readonly Registration[];
  before(async () => (all = await make()));
  const dashboard = () =>
    JSON.parse(String(only(all, types.dashboard).inputs["dashboardBody"])) as { readonly widgets: Widget[] };

  it("raises an alarm for each kind of failure, and notifies nobody by default", () => {
    assert.deepEqual(
      ofType(all, types.alarm)
        .map(({ name }) => name)
        .sort(),
      ["dead-letters", "dropped", "errors", "function-errors", "unclean-ends"].map(
        (suffix) => `lifecycle-${suffix}`,
      ),
    );
    for (const { inputs } of ofType(all, types.alarm)) {
      assert.deepEqual(inputs["alarmActions"], []);
      assert.equal(inputs["treatMissingData"], "notBreaching");
    }
  });

  it("counts each outcome once, and a machine that is gone neither as clean nor as unclean", () => {
    const metricsOf = (outcome: string) =>
      ofType(all, types.filter)
        .filter(({ inputs }) => String(inputs["pattern"]).includes(`$.message.outcome = "${outcome}"`))
        .map(({ name }) => name.replace("lifecycle-", ""));

    assert.deepEqual(metricsOf("succeeded"), ["CleanEnds"]);
    for (const outcome of ["failed", "overran", "unreachable"])
      assert.deepEqual(metricsOf(outcome), ["UncleanEnds"], outcome);
    assert.deepEqual(metricsOf("gone"), ["GoneMachines"]);
    assert.deepEqual(metricsOf("skipped"), []);
  });

  it("counts in the namespace that its alarms watch", () => {
    const counted = ofType(all, types.filter).map(({ inputs }) => inputs["metricTransformation"]);
    const watched = only(all, types.alarm, "lifecycle-unclean-ends").inputs;

    assert.ok(
      counted.some(
        (metric) =>
          typeof metric === "object" &&
          metric !== null &&
          "namespace" in metric &&
          "name" in metric &&
          metric.namespace === watched["namespace"] &&
          metric.name === watched["metricName"],
      ),
    );
  });

  it("draws every metric that it counts", () => {
    const body = String(only(all, types.dashboard).inputs["dashboardBody"]);
    const names = ofType(all, types.filter).map(
      ({ inputs }) => (inputs["metricTransformation"] as { readonly name: string }).name,
    );

    assert.equal(names.length, 4);
    for (const name of [...names, ...Object.values(Metric)])
      assert.ok(body.includes(`"${name}"`) || body.includes(`\\"${name}\\"`), name);
  });

  it("shows first whether an alarm rings, each of its alarms", () => {
    const { widgets } = dashboard();
    const alarms = ofType(all, types.alarm).map(({ state }) => state["arn"]);

    assert.equal(widgets[0]?.type, "alarm");
    assert.deepEqual([...(widgets[0].properties.alarms ?? [])].sort(), alarms.sort());
  });

  it("searches its own namespace for the durations and outcomes of all groups, by the dimensions that are written", () => {
    const expressions = dashboard().widgets.flatMap(({ properties: { metrics = [] } }) =>
      metrics.flatMap(([first]) =>
        typeof first === "object" ? [(first as { readonly expression: string }).expression] : [],
      ),
    );
    const own = `{"GracefulAsg/${String(only(all, types.function).state["name"])}","AutoScalingGroupName","Transition"`;

    assert.ok(expressions.includes(`SEARCH('${own}} MetricName="WaitTime"', 'p90', 300)`));
    for (const outcome of ["succeeded", "failed", "overran", "unreachable", "skipped", "gone"])
      assert.ok(
        expressions.includes(
          `SUM(SEARCH('${own},"Outcome"} MetricName="Completions" Outcome="${outcome}"', 'Sum', 300))`,
        ),
        outcome,
      );
  });

  it("gives each outcome a colour of its own, and clean and unclean ends the same colours", () => {
    const colours = new Map(
      dashboard().widgets.flatMap(({ properties: { metrics = [] } }) =>
        metrics.map((entry) => {
          const options = entry.at(-1) as { readonly label?: string; readonly color?: string };
          return [options.label ?? entry[1], options.color] as const;
        }),
      ),
    );
    const outcomes = ["succeeded", "failed", "overran", "unreachable", "skipped", "gone"];

    assert.equal(new Set(outcomes.map((one) => colours.get(one))).size, outcomes.length);
    for (const metric of ["UncleanEnds", "Errors", "ApproximateNumberOfMessagesVisible"])
      assert.notEqual(colours.get(metric), colours.get("succeeded"), metric);
    assert.equal(colours.get("UncleanEnds"), colours.get("failed"));
    assert.equal(colours.get("CleanEnds"), colours.get("succeeded"));
  });

  it("draws its widgets side by side and below each other, on a grid of 24 columns", () => {
    const cells = dashboard().widgets.flatMap(({ height, width, x, y }) => {
      assert.ok(x + width <= 24);
      return Array.from(
        { length: width * height },
        (_, index) => `${x + (index % width)} ${y + Math.floor(index / width)}`,
      );
    });

    assert.equal(new Set(cells).size, cells.length);
  });

  it("links to the console of its partition", () => {
    const url = (partition: string, region: string) =>
      dashboardUrl(`arn:${partition}:lambda:${region}:123456789012:function:lifecycle`, "lifecycle");

    for (const [partition, region, domain] of [
      ["aws", "us-east-1", "us-east-1.console.aws.amazon.com"],
      ["aws-cn", "cn-north-1", "cn-north-1.console.amazonaws.cn"],
      ["aws-eusc", "eusc-de-east-1", "eusc-de-east-1.console.amazonaws-eusc.eu"],
      ["aws-us-gov", "us-gov-west-1", "us-gov-west-1.console.amazonaws-us-gov.com"],
    ] as const) {
      assert.equal(
        url(partition, region),
        `https://${domain}/cloudwatch/home?region=${region}#dashboards/dashboard/lifecycle`,
      );
    }
  });

  it("keeps logs for a month", () => {
    for (const { inputs } of ofType(all, types.logGroup)) assert.equal(inputs["retentionInDays"], 30);
    assert.equal(ofType(all, types.logGroup).length, 2);
  });
});
