import assert from "node:assert/strict";
import { dashboardUrl } from "../../../components/lifecycleHandler/monitoring";
import { ofType, type Registration } from "../../../evaluate/registration";
import { only } from "../../support/deployment";
import { make, types } from "./make";

describe("the monitoring of a LifecycleHandler", () => {
  let all: readonly Registration[];
  before(async () => (all = await make()));

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
    for (const name of names) assert.ok(body.includes(`"${name}"`), name);
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
