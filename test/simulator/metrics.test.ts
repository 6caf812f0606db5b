import assert from "node:assert/strict";
import {
  dataOf,
  ringingAlarms,
  ringsAt,
  searchableMetrics,
  type Happened,
  type SimulationEvent,
  type World,
} from "../../simulator";
import { readWorld } from "../../stack";

const minute = 60_000;
const namespace = "GracefulAsg/handler";

const world: World = {
  ...readWorld([]),
  logMetrics: [
    {
      namespace,
      metricName: "Errors",
      alternatives: [{ path: ["level"], value: "ERROR" }],
      defaultValue: 0,
    },
  ],
  alarms: [
    {
      name: "errors",
      description: "errors again and again",
      namespace,
      metricName: "Errors",
      dimensions: {},
      threshold: 2,
      period: 300,
    },
    {
      name: "dead-letters",
      description: "dead letters",
      namespace: "AWS/SQS",
      metricName: "ApproximateNumberOfMessagesVisible",
      dimensions: { QueueName: "dead" },
      threshold: 1,
      period: 300,
    },
  ],
};

const log = (at: number, level: string): SimulationEvent => ({
  kind: "log",
  at,
  function: "handler",
  level,
  entry: {},
});
const instance = (at: number, state: string): SimulationEvent => ({
  kind: "instance",
  at,
  group: "web",
  instance: "i-1",
  state,
  why: "",
});
const invocation = (at: number, phase: "started" | "ended" | "failed" | "throttled"): SimulationEvent => ({
  kind: "invocation",
  at,
  function: "handler",
  id: 1,
  environment: "",
  trigger: "",
  phase,
});
const wait = (value: number, transition: string): SimulationEvent => ({
  kind: "metric",
  at: 0,
  namespace,
  name: "WaitTime",
  unit: "Seconds",
  value,
  dimensions: { Transition: transition },
});

describe("CloudWatch in the simulator", () => {
  const happened = (
    events: readonly SimulationEvent[],
    deadLetters: Happened["deadLetters"] = [],
  ): Happened => ({ events, deadLetters });
  const values = (
    name: string,
    dimensions: Readonly<Record<string, string>>,
    what: Happened,
    of: string = namespace,
  ) => dataOf({ namespace: of, metricName: name, dimensions }, world, what)?.map(({ value }) => value);

  it("counts entries of the log, with the default value of the filter for entries that it does not count", () => {
    const logged = happened([
      invocation(0, "started"),
      log(1, "INFO"),
      log(2, "ERROR"),
      invocation(3, "ended"),
    ]);

    assert.deepEqual(values("Errors", {}, logged), [0, 0, 1]);
    assert.deepEqual(values("Errors", { Transition: "launch" }, logged), []);
  });

  it("keeps the values of each combination of dimensions apart", () => {
    const written = happened([wait(20, "launch"), wait(30, "terminate")]);

    assert.deepEqual(values("WaitTime", { Transition: "terminate" }, written), [30]);
    assert.deepEqual(values("WaitTime", {}, written), []);
    assert.deepEqual(
      searchableMetrics(world, written).map(({ dimensions }) => dimensions["Transition"]),
      ["launch", "terminate"],
    );
  });

  it("counts invocations by the metrics of Lambda, with zeros", () => {
    const invoked = happened([
      invocation(1, "started"),
      invocation(2, "failed"),
      invocation(3, "throttled"),
      invocation(4, "started"),
      invocation(5, "ended"),
    ]);
    const sum = (name: string) =>
      values(name, { FunctionName: "handler" }, invoked, "AWS/Lambda")?.reduce((all, one) => all + one, 0);

    assert.deepEqual(["Invocations", "Errors", "Throttles"].map(sum), [2, 1, 1]);
    assert.equal(sum("Duration"), undefined);
  });

  it("measures retained instances once a minute", () => {
    const retained = happened([
      instance(0, "Terminating"),
      instance(1.5 * minute, "Terminating:Retained"),
      instance(3.5 * minute, "Terminating"),
    ]);
    const name = "GroupTerminatingRetainedInstances";

    assert.deepEqual(
      values(name, { AutoScalingGroupName: "web" }, retained, "AWS/AutoScaling"),
      [0, 0, 1, 1, 0],
    );
    assert.deepEqual(
      values(name, { AutoScalingGroupName: "jobs" }, retained, "AWS/AutoScaling"),
      [0, 0, 0, 0, 0],
    );
  });

  it("tells a metric that it does not measure from a metric without values", () => {
    assert.deepEqual(values("FailedEvents", {}, happened([])), []);
    assert.equal(values("FailedEvents", {}, happened([]), "Other"), undefined);
  });

  it("rings an alarm for the sum of one period", () => {
    const errors = (...minutes: number[]) => happened(minutes.map((at) => log(at * minute, "ERROR")));
    const ringing = (what: Happened) => ringingAlarms(world, what).map(({ name }) => name);

    assert.deepEqual(ringing(errors(4, 5)), []);
    assert.deepEqual(ringing(errors(5, 9)), ["errors"]);
    assert.deepEqual(ringing(happened([], [{ at: 7 * minute, queue: "arn:aws:sqs:::dead" }])), [
      "dead-letters",
    ]);
  });

  it("rings an alarm as long as its last whole period gives reason to", () => {
    const [errors] = world.alarms;
    assert.ok(errors);
    const rings = (at: number) =>
      ringsAt(errors, at * minute, world, happened([5, 9].map((one) => log(one * minute, "ERROR"))));

    assert.deepEqual([5, 9.9, 10, 14.9, 15].map(rings), [false, false, true, true, false]);
  });
});
