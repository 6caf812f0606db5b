import assert from "node:assert/strict";
import Ajv from "ajv";
import { completionMetrics, failedEvents, writeMetrics, type ActionTimes } from "../../handler/metrics";
import { ids } from "../support/payloads";

const now = Date.UTC(2026, 0, 1);
const subject = {
  group: ids.group,
  hook: "graceful-terminate-sns",
  instance: ids.instance,
  transition: "terminate",
  token: ids.token,
} as const;
const metrics = (times: ActionTimes) => completionMetrics(ids.handler, subject, "succeeded", times, now);
const all = { waitingSince: now - 95_500, requestedAt: now - 95_000, endedAt: now - 1_250 };

/** The schema of a line. Source: CloudWatch, Specification: Embedded metric format, JSON schema. */
const schema = {
  type: "object",
  required: ["_aws"],
  properties: {
    _aws: {
      type: "object",
      required: ["Timestamp", "CloudWatchMetrics"],
      properties: {
        Timestamp: { type: "integer" },
        CloudWatchMetrics: {
          type: "array",
          items: {
            type: "object",
            required: ["Namespace", "Dimensions", "Metrics"],
            properties: {
              Namespace: { type: "string", pattern: "^[^:].*", minLength: 1, maxLength: 1024 },
              Dimensions: {
                type: "array",
                minItems: 1,
                items: {
                  type: "array",
                  maxItems: 30,
                  items: { type: "string", minLength: 1, maxLength: 250 },
                },
              },
              Metrics: {
                type: "array",
                items: {
                  type: "object",
                  required: ["Name"],
                  properties: {
                    Name: { type: "string", minLength: 1, maxLength: 1024 },
                    Unit: { enum: ["Seconds", "Milliseconds", "Count", "None"] },
                  },
                },
              },
            },
          },
        },
      },
    },
  },
};

describe("the metrics of a completion", () => {
  it("are a line in the embedded metric format, durations by group and completions by outcome too", () => {
    const namespace = `GracefulAsg/${ids.handler}`;
    const directive = (Name: string, Unit: string, ...more: string[]) => ({
      Namespace: namespace,
      Dimensions: [["AutoScalingGroupName", "Transition", ...more]],
      Metrics: [{ Name, Unit }],
    });

    assert.deepEqual(metrics(all), {
      _aws: {
        Timestamp: now,
        CloudWatchMetrics: [
          directive("WaitTime", "Seconds"),
          directive("CommandTime", "Seconds"),
          directive("CompletionLag", "Seconds"),
          directive("Completions", "Count", "Outcome"),
        ],
      },
      AutoScalingGroupName: ids.group,
      Transition: "terminate",
      Outcome: "succeeded",
      WaitTime: 95.5,
      CommandTime: 93.75,
      CompletionLag: 1.25,
      Completions: 1,
      hook: subject.hook,
      instance: ids.instance,
    });
    assert.ok(new Ajv({ strict: false }).validate(schema, metrics(all)));
  });

  it("leave out what is not known", () => {
    const namesOf = (times: ActionTimes) =>
      metrics(times)._aws.CloudWatchMetrics.flatMap(({ Metrics }) => Metrics.map(({ Name }) => Name));

    assert.deepEqual(namesOf({}), ["Completions"]);
    assert.deepEqual(namesOf({ endedAt: now }), ["CompletionLag", "Completions"]);
    assert.deepEqual(namesOf({ waitingSince: now }), ["WaitTime", "Completions"]);
    assert.deepEqual(namesOf({ requestedAt: now }), ["Completions"]);
    assert.ok(!("WaitTime" in metrics({})));
  });

  it("are never negative, as the end of a command is a whole second", () => {
    assert.equal(metrics({ requestedAt: now, endedAt: now - 400 })["CommandTime"], 0);
  });

  it("go to the standard output itself, a line each, and without the console", () => {
    const written: unknown[] = [];
    const { write } = process.stdout;
    process.stdout.write = (text: unknown) => {
      written.push(text);
      return true;
    };
    try {
      writeMetrics(metrics(all));
    } finally {
      process.stdout.write = write;
    }

    assert.deepEqual(written, [`${JSON.stringify(metrics(all))}\n`]);
  });
});

describe("the metric of events that were not put", () => {
  it("counts them, without dimensions", () => {
    assert.deepEqual(failedEvents(ids.handler, 3, now), {
      _aws: {
        Timestamp: now,
        CloudWatchMetrics: [
          {
            Namespace: `GracefulAsg/${ids.handler}`,
            Dimensions: [[]],
            Metrics: [{ Name: "FailedEvents", Unit: "Count" }],
          },
        ],
      },
      FailedEvents: 3,
    });
  });
});
