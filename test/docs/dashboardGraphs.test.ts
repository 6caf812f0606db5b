import assert from "node:assert/strict";
import type { MetricWidget } from "../../scripts/pictures/dashboard/body";
import { linesOf } from "../../scripts/pictures/dashboard/lines";
import { find, labelOf, readSearch } from "../../scripts/pictures/dashboard/search";
import { statistics, sum } from "../../scripts/pictures/dashboard/statistics";
import type { SimulationEvent } from "../../simulator";
import { readWorld } from "../../stack";

const namespace = "GracefulAsg/handler";
const schema = `{"${namespace}","AutoScalingGroupName","Transition"}`;
const search = `SEARCH('${schema} MetricName="WaitTime" Transition="launch"', 'p90', 300)`;

describe("the searches of the dashboard's picture", () => {
  const metric = (metricName: string, dimensions: Readonly<Record<string, string>>) => ({
    namespace,
    metricName,
    dimensions,
  });
  const wait = metric("WaitTime", { AutoScalingGroupName: "web", Transition: "launch" });

  it("are read in the form of the dashboard", () => {
    assert.deepEqual(readSearch(search), {
      namespace,
      dimensions: ["AutoScalingGroupName", "Transition"],
      metricName: "WaitTime",
      values: { Transition: "launch" },
      stat: "p90",
      period: 300,
      isSummed: false,
    });
    assert.equal(readSearch(`SUM(${search})`).isSummed, true);
    assert.equal(
      readSearch(`SEARCH('{AWS/AutoScaling,AutoScalingGroupName} MetricName="M"', 'Maximum', 60)`).namespace,
      "AWS/AutoScaling",
    );
  });

  for (const strange of [
    `AVG(${search})`,
    `SUM(${search}) * 2`,
    `FILL(${search}, 0)`,
    search.replace('"launch"', '("launch" OR "terminate")'),
    search.replace('Transition="launch"', 'Outcome="failed"'),
    search.replace('MetricName="WaitTime" ', ""),
    "m1 / m2",
  ])
    it(`are refused in the form of ${strange}`, () => {
      assert.throws(() => readSearch(strange), /is not a search that the picture can evaluate/);
    });

  it("find metrics of the same namespace, name, dimensions and values", () => {
    const others = [
      { ...wait, namespace: "GracefulAsg/other" },
      metric("CommandTime", wait.dimensions),
      metric("WaitTime", { ...wait.dimensions, Transition: "terminate" }),
      metric("WaitTime", { ...wait.dimensions, Outcome: "failed" }),
      metric("WaitTime", { Transition: "launch" }),
    ];

    assert.deepEqual(find(readSearch(search), [...others, wait]), [wait]);
  });

  it("name lines by the dimensions of their metrics", () => {
    assert.equal(
      labelOf("${PROP('Dim.AutoScalingGroupName')} ${PROP('Dim.Transition')}", wait),
      "web launch",
    );
    assert.throws(() => labelOf("${MAX}", wait), /cannot replace/);
    assert.throws(() => labelOf("${PROP('Dim.Outcome')}", wait), /cannot replace/);
  });
});

describe("the statistics of the dashboard's picture", () => {
  const data = [300_000, 400_000, 599_999, 600_000].map((at, index) => ({ at, value: 10 * (index + 1) }));
  const of = (stat: string) => [...statistics(data, stat, 300)];

  it("are of whole periods", () => {
    assert.deepEqual(of("Sum"), [
      [300_000, 60],
      [600_000, 40],
    ]);
    assert.deepEqual(of("Maximum"), [
      [300_000, 30],
      [600_000, 40],
    ]);
  });

  it("are percentiles, on a straight line between values", () => {
    assert.deepEqual(of("p50")[0], [300_000, 20]);
    assert.deepEqual(of("p90")[0], [300_000, 28]);
  });

  it("are refused if they are others", () => {
    for (const stat of ["Average", "p99.9", "tm90"]) assert.throws(() => of(stat), /cannot compute/);
  });

  it("add up in the periods in which a metric has a value, in order", () => {
    const total = sum([
      new Map([[600_000, 1]]),
      new Map([
        [300_000, 2],
        [600_000, 3],
      ]),
    ]);

    assert.deepEqual(
      [...total],
      [
        [300_000, 2],
        [600_000, 4],
      ],
    );
  });
});

describe("the lines of the dashboard's picture", () => {
  const completion = (at: number, transition: string): SimulationEvent => ({
    kind: "metric",
    at,
    namespace,
    name: "Completions",
    unit: "Count",
    value: 1,
    dimensions: { AutoScalingGroupName: "web", Transition: transition },
  });
  const play = {
    world: readWorld([]),
    events: [completion(0, "launch"), completion(1, "terminate"), completion(300_000, "launch")],
    deadLetters: [],
    from: 0,
    until: 300_000,
  };
  const lines = (...metrics: MetricWidget["properties"]["metrics"]) => {
    const properties = {
      title: "",
      metrics,
      period: 300,
      region: "",
      view: "timeSeries",
      stat: "Sum",
    } as const;
    return linesOf({ type: "metric", x: 0, y: 0, width: 1, height: 1, properties }, play).map(
      ({ colour, name, points }) => [name, colour, ...points.values()],
    );
  };
  const completions = `SEARCH('${schema} MetricName="Completions"', 'Sum', 300)`;

  it("are one for each metric that a search finds, or one for their sum, of the hours of the picture", () => {
    const label = "${PROP('Dim.Transition')}";

    assert.deepEqual(lines([{ expression: completions, label }]), [
      ["launch", undefined, 1],
      ["terminate", undefined, 1],
    ]);
    assert.deepEqual(lines([{ expression: `SUM(${completions})`, label: "all", color: "#fff" }]), [
      ["all", "#fff", 2],
    ]);
  });

  it("are there without values for the sum of nothing, and for a metric that has none", () => {
    const nothing = `SUM(${completions.replace("Completions", "Other")})`;

    assert.deepEqual(lines([{ expression: nothing, label: "other" }]), [["other", undefined]]);
    assert.deepEqual(lines([namespace, "Completions", "AutoScalingGroupName", "jobs", { color: "#fff" }]), [
      ["Completions", "#fff"],
    ]);
  });

  it("have the statistic of their widget, or their own", () => {
    const of = ["AutoScalingGroupName", "web", "Transition", "launch"];

    assert.deepEqual(lines([namespace, "Completions", ...of, { stat: "Maximum" }]), [
      ["Completions", undefined, 1],
    ]);
  });

  it("are refused for a metric that the simulator does not measure", () => {
    assert.throws(() => lines(["AWS/EC2", "CPUUtilization"]), /does not measure AWS\/EC2 CPUUtilization/);
  });
});
