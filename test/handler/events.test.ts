import assert from "node:assert/strict";
import fc from "fast-check";
import { parseEvent, parseParameters } from "../../handler/events";
import {
  commandEvent,
  commandParameters,
  hookBody,
  ids,
  instructionsFor,
  lifecycleEvent,
  snsEvent,
  sweepEvent,
  testNotification,
} from "../support/payloads";

const kinds = (event: unknown) => parseEvent(event).map(({ kind }) => kind);

describe("parseEvent", () => {
  it("reads a lifecycle action from an SNS message", () => {
    assert.deepEqual(parseEvent(snsEvent(hookBody())), [
      {
        kind: "hookAction",
        group: ids.group,
        hook: "graceful-terminate-sns",
        transition: "terminate",
        instance: ids.instance,
        token: ids.token,
        time: Date.UTC(2024, 2, 23, 3, 26, 43, 904),
        route: { origin: "AutoScalingGroup", destination: "EC2" },
        metadata: hookBody()["NotificationMetadata"],
      },
    ]);
  });

  it("reads a lifecycle action from EventBridge, whose events have a time of their own", () => {
    const [trigger] = parseEvent(lifecycleEvent({ ...hookBody(), Time: undefined }, "2024-03-23T03:26:44Z"));

    assert.equal(trigger?.kind, "hookAction");
    assert.ok("time" in trigger && trigger.time === Date.UTC(2024, 2, 23, 3, 26, 44));
  });

  it("reads a launch from EventBridge", () => {
    const launch = Object.assign({}, lifecycleEvent(hookBody({ transition: "launch" })), {
      "detail-type": "EC2 Instance-launch Lifecycle Action",
    });

    assert.deepEqual(kinds(launch), ["hookAction"]);
  });

  it("leaves out metadata, origin and parameters that are no text", () => {
    const [action] = parseEvent(snsEvent({ ...hookBody(), NotificationMetadata: 7, Origin: 8 }));

    assert.ok(
      action?.kind === "hookAction" && action.metadata === undefined && action.route.origin === undefined,
    );
    assert.deepEqual(parseParameters({ group: ["web"], token: [7], hook: "stop" }), {
      group: "web",
      hook: "stop",
    });
  });

  it("reads every record of an event", () => {
    assert.deepEqual(kinds(snsEvent(hookBody(), testNotification, hookBody({ transition: "launch" }))), [
      "hookAction",
      "ignored",
      "hookAction",
    ]);
  });

  it("reads a launch", () => {
    const [trigger] = parseEvent(snsEvent(hookBody({ transition: "launch" })));

    assert.ok(trigger?.kind === "hookAction" && trigger.transition === "launch");
  });

  it("reads the end of a command with its parameters", () => {
    assert.deepEqual(parseEvent(commandEvent({ status: "Failed" })), [
      {
        kind: "commandEnded",
        commandId: ids.command,
        document: instructionsFor("terminate").document,
        status: "Failed",
        requestedAt: Date.parse("2024-03-23T03:26:44.049Z"),
        endedAt: Date.parse("2024-03-23T03:27:10Z"),
        parameters: commandParameters(),
      },
    ]);
  });

  it("reads the end of a command whose event lacks the parameters", () => {
    const [trigger] = parseEvent(commandEvent({ parameters: undefined }));

    assert.ok(trigger?.kind === "commandEnded" && trigger.parameters === undefined);
  });

  it("reads the warning of a Spot instance", () => {
    const warning = {
      version: "0",
      "detail-type": "EC2 Spot Instance Interruption Warning",
      source: "aws.ec2",
      time: "2024-03-23T03:26:43Z",
      resources: ["arn:aws:ec2:us-east-2b:instance/i-0b662ef9931388ba0"],
      detail: { "instance-id": "i-0b662ef9931388ba0", "instance-action": "terminate" },
    };

    assert.deepEqual(parseEvent(warning), [{ kind: "spotWarning", instance: "i-0b662ef9931388ba0" }]);
    assert.deepEqual(kinds({ ...warning, detail: {} }), ["ignored"]);
  });

  it("reads the scheduled event of a sweep", () => {
    assert.deepEqual(parseEvent(sweepEvent()), [{ kind: "sweep", time: Date.UTC(2024, 2, 23, 3, 27) }]);
  });

  it("ignores Auto Scaling's test notification in both of its forms", () => {
    const inTransition = {
      ...testNotification,
      Event: undefined,
      LifecycleTransition: "autoscaling:TEST_NOTIFICATION",
    };

    for (const body of [testNotification, inTransition]) {
      assert.deepEqual(parseEvent(snsEvent(body)), [
        { kind: "ignored", reason: "test notification of Auto Scaling" },
      ]);
    }
  });

  it("ignores commands that have not ended", () => {
    for (const status of ["Pending", "InProgress", "Delayed", "Cancelling"]) {
      assert.deepEqual(kinds(commandEvent({ status })), ["ignored"], status);
    }
  });

  it("ignores notifications of instances that passed no hook", () => {
    const classic = {
      ...testNotification,
      Event: "autoscaling:EC2_INSTANCE_TERMINATE",
      EC2InstanceId: ids.instance,
    };

    assert.deepEqual(kinds(snsEvent(classic)), ["ignored"]);
  });

  it("ignores lifecycle actions that lack a part", () => {
    for (const part of [
      "AutoScalingGroupName",
      "LifecycleHookName",
      "EC2InstanceId",
      "LifecycleActionToken",
      "Time",
    ]) {
      assert.deepEqual(kinds(snsEvent({ ...hookBody(), [part]: undefined })), ["ignored"], part);
    }
    for (const Time of ["yesterday", 7]) {
      assert.deepEqual(kinds(snsEvent({ ...hookBody(), Time })), ["ignored"]);
    }
    assert.deepEqual(kinds(snsEvent({ ...hookBody(), LifecycleTransition: "autoscaling:OTHER" })), [
      "ignored",
    ]);
  });

  it("says why it ignores an event", () => {
    const type = "EC2 Command Status-change Notification";
    const reasonOf = (event: unknown) =>
      parseEvent(event).map((trigger) => (trigger.kind === "ignored" ? trigger.reason : trigger.kind));
    const reasons: [reason: string, event: unknown][] = [
      ["the event is not an object", "text"],
      ["the record is not an SNS message", { Records: [null] }],
      ["the record is not an SNS message", { Records: [{ Sns: { Message: 7 } }] }],
      ["the SNS message is not JSON", snsEvent("not JSON")],
      ["the SNS message is not an object", snsEvent("7")],
      ["the event has no detail", { "detail-type": type }],
      ['events of type "Other" are not for this function', { "detail-type": "Other", detail: {} }],
      ["the message is not a lifecycle action", snsEvent({})],
      [
        "the event of Run Command names no command, document or status",
        { "detail-type": type, detail: { "document-name": "document", status: "Success" } },
      ],
      [
        "the event of Run Command names no command, document or status",
        { "detail-type": type, detail: { "command-id": "command", status: "Success" } },
      ],
      [
        "the event of Run Command names no command, document or status",
        { "detail-type": type, detail: { "command-id": "command", "document-name": "document" } },
      ],
      ["the command is Pending, not at its end", commandEvent({ status: "Pending" })],
      [
        "the warning names no instance",
        { "detail-type": "EC2 Spot Instance Interruption Warning", detail: {} },
      ],
      ["the scheduled event has no time", { "detail-type": "Scheduled Event", detail: {} }],
    ];

    for (const [reason, event] of reasons) assert.deepEqual(reasonOf(event), [reason]);
  });

  it("ignores messages that are not for the handler", () => {
    const foreign = [
      undefined,
      null,
      "text",
      7,
      {},
      { Records: [null, {}, { Sns: {} }, { Sns: { Message: 7 } }, { s3: {} }] },
      snsEvent("not JSON", "null", "7", "[]"),
      { "detail-type": "EC2 Command Status-change Notification" },
      { "detail-type": "EC2 Command Status-change Notification", detail: {} },
      { "detail-type": "Scheduled Event", detail: {} },
      { "detail-type": "AWS API Call via CloudTrail", detail: {} },
    ];
    for (const event of foreign) {
      const triggers = parseEvent(event);
      assert.ok(
        triggers.length > 0 && triggers.every(({ kind }) => kind === "ignored"),
        JSON.stringify(event),
      );
    }
  });

  it("never throws, whatever the event", () => {
    const inSns = fc.json().map((body) => snsEvent(body));
    const inDetail = fc.record({ "detail-type": fc.string(), detail: fc.anything(), time: fc.anything() });

    fc.assert(
      fc.property(fc.oneof(fc.anything(), inSns, inDetail), (event) => {
        for (const trigger of parseEvent(event)) assert.ok(trigger.kind);
      }),
    );
  });

  it("understands the nanoseconds that some services write", () => {
    const [trigger] = parseEvent(snsEvent(hookBody({ time: "2026-10-01T09:37:26.251941444Z" })));

    assert.ok(trigger?.kind === "hookAction" && trigger.time === Date.UTC(2026, 9, 1, 9, 37, 26, 251));
  });
});
