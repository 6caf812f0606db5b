"use strict";
var __create = Object.create;
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __getProtoOf = Object.getPrototypeOf;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __copyProps = (to, from, except, desc) => {
  if (from && typeof from === "object" || typeof from === "function") {
    for (let key of __getOwnPropNames(from))
      if (!__hasOwnProp.call(to, key) && key !== except)
        __defProp(to, key, { get: () => from[key], enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable });
  }
  return to;
};
var __toESM = (mod, isNodeMode, target) => (target = mod != null ? __create(__getProtoOf(mod)) : {}, __copyProps(
  // If the importer is in node compatibility mode or this is not an ESM
  // file that has been converted to a CommonJS file using a Babel-
  // compatible transform (i.e. "__esModule" has not been set), then set
  // "default" to the CommonJS "module.exports" for node compatibility.
  isNodeMode || !mod || !mod.__esModule ? __defProp(target, "default", { value: mod, enumerable: true }) : target,
  mod
));
var import_strict = __toESM(require("node:assert/strict"));
var import_fast_check = __toESM(require("fast-check"));
var import_events = require("../../handler/events");
var import_payloads = require("../support/payloads");
const kinds = (event) => (0, import_events.parseEvent)(event).map(({ kind }) => kind);
describe("parseEvent", () => {
  it("reads a lifecycle action from an SNS message", () => {
    import_strict.default.deepEqual((0, import_events.parseEvent)((0, import_payloads.snsEvent)((0, import_payloads.hookBody)())), [
      {
        kind: "hookAction",
        group: import_payloads.ids.group,
        hook: "graceful-terminate-sns",
        transition: "terminate",
        instance: import_payloads.ids.instance,
        token: import_payloads.ids.token,
        time: Date.UTC(2024, 2, 23, 3, 26, 43, 904),
        origin: "AutoScalingGroup",
        metadata: (0, import_payloads.hookBody)()["NotificationMetadata"]
      }
    ]);
  });
  it("reads the same from EventBridge, whose events have a time of their own", () => {
    const [trigger] = (0, import_events.parseEvent)((0, import_payloads.lifecycleEvent)({ ...(0, import_payloads.hookBody)(), Time: void 0 }, "2024-03-23T03:26:44Z"));
    import_strict.default.equal(trigger?.kind, "hookAction");
    import_strict.default.ok("time" in trigger && trigger.time === Date.UTC(2024, 2, 23, 3, 26, 44));
  });
  it("reads a launch from EventBridge", () => {
    const launch = Object.assign({}, (0, import_payloads.lifecycleEvent)((0, import_payloads.hookBody)({ transition: "launch" })), {
      "detail-type": "EC2 Instance-launch Lifecycle Action"
    });
    import_strict.default.deepEqual(kinds(launch), ["hookAction"]);
  });
  it("leaves out metadata, origin and parameters that are no text", () => {
    const [action] = (0, import_events.parseEvent)((0, import_payloads.snsEvent)({ ...(0, import_payloads.hookBody)(), NotificationMetadata: 7, Origin: 8 }));
    import_strict.default.ok(action?.kind === "hookAction" && action.metadata === void 0 && action.origin === void 0);
    import_strict.default.deepEqual((0, import_events.parseParameters)({ group: ["web"], token: [7], hook: "stop" }), {
      group: "web",
      hook: "stop"
    });
  });
  it("reads every record of an event", () => {
    import_strict.default.deepEqual(kinds((0, import_payloads.snsEvent)((0, import_payloads.hookBody)(), import_payloads.testNotification, (0, import_payloads.hookBody)({ transition: "launch" }))), [
      "hookAction",
      "ignored",
      "hookAction"
    ]);
  });
  it("reads a launch", () => {
    const [trigger] = (0, import_events.parseEvent)((0, import_payloads.snsEvent)((0, import_payloads.hookBody)({ transition: "launch" })));
    import_strict.default.ok(trigger?.kind === "hookAction" && trigger.transition === "launch");
  });
  it("reads the end of a command with its parameters", () => {
    import_strict.default.deepEqual((0, import_events.parseEvent)((0, import_payloads.commandEvent)({ status: "Failed" })), [
      {
        kind: "commandEnded",
        commandId: import_payloads.ids.command,
        document: (0, import_payloads.instructionsFor)("terminate").document,
        status: "Failed",
        parameters: (0, import_payloads.commandParameters)()
      }
    ]);
  });
  it("reads the end of a command whose event lacks the parameters", () => {
    const [trigger] = (0, import_events.parseEvent)((0, import_payloads.commandEvent)({ parameters: void 0 }));
    import_strict.default.ok(trigger?.kind === "commandEnded" && trigger.parameters === void 0);
  });
  it("reads the warning of a Spot instance", () => {
    const warning = {
      version: "0",
      "detail-type": "EC2 Spot Instance Interruption Warning",
      source: "aws.ec2",
      time: "2024-03-23T03:26:43Z",
      resources: ["arn:aws:ec2:us-east-2b:instance/i-0b662ef9931388ba0"],
      detail: { "instance-id": "i-0b662ef9931388ba0", "instance-action": "terminate" }
    };
    import_strict.default.deepEqual((0, import_events.parseEvent)(warning), [{ kind: "spotWarning", instance: "i-0b662ef9931388ba0" }]);
    import_strict.default.deepEqual(kinds({ ...warning, detail: {} }), ["ignored"]);
  });
  it("reads the tick of the sweep", () => {
    import_strict.default.deepEqual((0, import_events.parseEvent)((0, import_payloads.sweepEvent)()), [{ kind: "sweep", time: Date.UTC(2024, 2, 23, 3, 27) }]);
  });
  it("ignores Auto Scaling's test notification in both of its forms", () => {
    const inTransition = {
      ...import_payloads.testNotification,
      Event: void 0,
      LifecycleTransition: "autoscaling:TEST_NOTIFICATION"
    };
    for (const body of [import_payloads.testNotification, inTransition]) {
      import_strict.default.deepEqual((0, import_events.parseEvent)((0, import_payloads.snsEvent)(body)), [
        { kind: "ignored", reason: "test notification of Auto Scaling" }
      ]);
    }
  });
  it("ignores commands that have not ended", () => {
    for (const status of ["Pending", "InProgress", "Delayed", "Cancelling"]) {
      import_strict.default.deepEqual(kinds((0, import_payloads.commandEvent)({ status })), ["ignored"], status);
    }
  });
  it("ignores notifications of instances that passed no hook", () => {
    const classic = {
      ...import_payloads.testNotification,
      Event: "autoscaling:EC2_INSTANCE_TERMINATE",
      EC2InstanceId: import_payloads.ids.instance
    };
    import_strict.default.deepEqual(kinds((0, import_payloads.snsEvent)(classic)), ["ignored"]);
  });
  it("ignores lifecycle actions that lack a part", () => {
    for (const part of [
      "AutoScalingGroupName",
      "LifecycleHookName",
      "EC2InstanceId",
      "LifecycleActionToken",
      "Time"
    ]) {
      import_strict.default.deepEqual(kinds((0, import_payloads.snsEvent)({ ...(0, import_payloads.hookBody)(), [part]: void 0 })), ["ignored"], part);
    }
    for (const Time of ["yesterday", 7]) {
      import_strict.default.deepEqual(kinds((0, import_payloads.snsEvent)({ ...(0, import_payloads.hookBody)(), Time })), ["ignored"]);
    }
    import_strict.default.deepEqual(kinds((0, import_payloads.snsEvent)({ ...(0, import_payloads.hookBody)(), LifecycleTransition: "autoscaling:OTHER" })), [
      "ignored"
    ]);
  });
  it("says why it ignores something", () => {
    const type = "EC2 Command Status-change Notification";
    const reasonOf = (event) => (0, import_events.parseEvent)(event).map((trigger) => trigger.kind === "ignored" ? trigger.reason : trigger.kind);
    const reasons = [
      ["the event is not an object", "text"],
      ["the record is not an SNS message", { Records: [null] }],
      ["the record is not an SNS message", { Records: [{ Sns: { Message: 7 } }] }],
      ["the SNS message is not JSON", (0, import_payloads.snsEvent)("not JSON")],
      ["the SNS message is not an object", (0, import_payloads.snsEvent)("7")],
      ["the event has no detail", { "detail-type": type }],
      ['events of type "Other" are not for this function', { "detail-type": "Other", detail: {} }],
      ["the message is not a lifecycle action", (0, import_payloads.snsEvent)({})],
      [
        "the event of Run Command names no command, document or status",
        { "detail-type": type, detail: { "document-name": "document", status: "Success" } }
      ],
      [
        "the event of Run Command names no command, document or status",
        { "detail-type": type, detail: { "command-id": "command", status: "Success" } }
      ],
      [
        "the event of Run Command names no command, document or status",
        { "detail-type": type, detail: { "command-id": "command", "document-name": "document" } }
      ],
      ["the command is Pending, not at its end", (0, import_payloads.commandEvent)({ status: "Pending" })],
      [
        "the warning names no instance",
        { "detail-type": "EC2 Spot Instance Interruption Warning", detail: {} }
      ],
      ["the scheduled event has no time", { "detail-type": "Scheduled Event", detail: {} }]
    ];
    for (const [reason, event] of reasons) import_strict.default.deepEqual(reasonOf(event), [reason]);
  });
  it("ignores what is nobody's message", () => {
    const foreign = [
      void 0,
      null,
      "text",
      7,
      {},
      { Records: [null, {}, { Sns: {} }, { Sns: { Message: 7 } }, { s3: {} }] },
      (0, import_payloads.snsEvent)("not JSON", "null", "7", "[]"),
      { "detail-type": "EC2 Command Status-change Notification" },
      { "detail-type": "EC2 Command Status-change Notification", detail: {} },
      { "detail-type": "Scheduled Event", detail: {} },
      { "detail-type": "AWS API Call via CloudTrail", detail: {} }
    ];
    for (const event of foreign) {
      const triggers = (0, import_events.parseEvent)(event);
      import_strict.default.ok(
        triggers.length > 0 && triggers.every(({ kind }) => kind === "ignored"),
        JSON.stringify(event)
      );
    }
  });
  it("never throws, whatever it is given", () => {
    const inSns = import_fast_check.default.json().map((body) => (0, import_payloads.snsEvent)(body));
    const inDetail = import_fast_check.default.record({ "detail-type": import_fast_check.default.string(), detail: import_fast_check.default.anything(), time: import_fast_check.default.anything() });
    import_fast_check.default.assert(
      import_fast_check.default.property(import_fast_check.default.oneof(import_fast_check.default.anything(), inSns, inDetail), (event) => {
        for (const trigger of (0, import_events.parseEvent)(event)) import_strict.default.ok(trigger.kind);
      })
    );
  });
  it("understands the nanoseconds that some services write", () => {
    const [trigger] = (0, import_events.parseEvent)((0, import_payloads.snsEvent)((0, import_payloads.hookBody)({ time: "2026-10-01T09:37:26.251941444Z" })));
    import_strict.default.ok(trigger?.kind === "hookAction" && trigger.time === Date.UTC(2026, 9, 1, 9, 37, 26, 251));
  });
});
