import assert from "node:assert/strict";
import { retirementEventTypes } from "../../contract";
import { parseEvent } from "../../handler/events";

const first = "i-1234567890abcdef0";
const second = "i-0fedcba987654321f";

function healthEvent(changes: Readonly<Record<string, unknown>> = {}, source = "aws.health") {
  return {
    "detail-type": "AWS Health Event",
    source,
    detail: {
      service: "EC2",
      eventTypeCode: "AWS_EC2_INSTANCE_RETIREMENT_SCHEDULED",
      eventTypeCategory: "scheduledChange",
      statusCode: "open",
      affectedEntities: [
        { entityValue: `arn:aws:ec2:us-east-1:123456789012:instance/${first}`, status: "PENDING" },
        { entityValue: second },
        { entityValue: second },
      ],
      ...changes,
    },
  };
}

const recommendation = (source: string, detail: unknown) => ({
  "detail-type": "EC2 Instance Rebalance Recommendation",
  source,
  detail,
});

const kindsOf = (event: unknown) => parseEvent(event).map(({ kind }) => kind);

describe("announcements", () => {
  it("of a retirement name their instances by id or by ARN, each once", () => {
    assert.deepEqual(parseEvent(healthEvent()), [{ kind: "retirement", instances: [first, second] }]);
    for (const eventTypeCode of retirementEventTypes)
      assert.deepEqual(kindsOf(healthEvent({ eventTypeCode, statusCode: "upcoming" })), ["retirement"]);
  });

  it("of anything else, or in a wrong form, are ignored", () => {
    for (const changes of [
      { service: "RDS" },
      { eventTypeCode: "AWS_EC2_OPERATIONAL_ISSUE" },
      { eventTypeCode: "AWS_EC2_DEDICATED_HOST_RETIREMENT_SCHEDULED" },
      { eventTypeCode: undefined },
      { statusCode: "closed" },
      { affectedEntities: [] },
      { affectedEntities: undefined },
      { affectedEntities: first },
      { affectedEntities: [null, {}, { entityValue: 5 }, { entityValue: "h-0123456789abcdef0" }] },
      { affectedEntities: [{ entityValue: [first] }] },
      { affectedEntities: [{ entityValue: `${first} ${second}` }] },
    ])
      assert.deepEqual(kindsOf(healthEvent(changes)), ["ignored"], JSON.stringify(changes));
    assert.deepEqual(kindsOf(healthEvent({}, "custom.health")), ["ignored"]);
  });

  it("of a likely interruption name one instance", () => {
    assert.deepEqual(parseEvent(recommendation("aws.ec2", { "instance-id": first })), [
      { kind: "rebalance", instance: first },
    ]);
    assert.deepEqual(kindsOf(recommendation("custom.ec2", { "instance-id": first })), ["ignored"]);
    assert.deepEqual(kindsOf(recommendation("aws.ec2", { "instance-id": 5 })), ["ignored"]);
  });

  it("that are ignored say why", () => {
    for (const [event, reason] of [
      [healthEvent({ service: "RDS" }), "the event is not about EC2"],
      [healthEvent({ eventTypeCode: "Other" }), "the event announces no retirement"],
      [healthEvent({ statusCode: "closed" }), "the retirement is over"],
      [healthEvent({ affectedEntities: [] }), "the event names no instance"],
      [recommendation("aws.ec2", {}), "the recommendation names no instance"],
    ] as const)
      assert.deepEqual(parseEvent(event), [{ kind: "ignored", reason }]);
  });
});
