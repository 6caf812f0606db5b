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
var import_autoScaling = require("../../handler/aws/autoScaling");
var import_runCommand = require("../../handler/aws/runCommand");
var import_payloads = require("../support/payloads");
function world(...answers) {
  const requests = [];
  let kind;
  const make = (given, send2) => {
    kind = given;
    return send2();
  };
  const send = (command) => {
    import_strict.default.ok(kind);
    requests.push({ kind, name: command.constructor.name, input: command.input });
    const answer = answers[Math.min(requests.length, answers.length) - 1] ?? {};
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  const client = { send };
  return {
    requests,
    autoScaling: (0, import_autoScaling.createAutoScaling)(client, make),
    runCommand: (0, import_runCommand.createRunCommand)(client, make)
  };
}
const error = (name, httpStatusCode) => Object.assign(new Error(name), { name, $metadata: { httpStatusCode } });
const at = (seconds) => new Date(seconds * 1e3);
describe("what Auto Scaling is asked, and what it says", () => {
  it("are the groups with the handler's tag, with all that a sweep has to know of them", async () => {
    const tags = [
      { Key: "graceful-asg:hooks", Value: "launch=1 terminate=2" },
      { Key: "graceful-asg:hooks:abc", Value: "terminate=3" },
      { Key: "graceful-asg:hooksOfOthers", Value: "terminate=4" },
      { Key: "Name", Value: "web" },
      {}
    ];
    const instance = { InstanceId: "i-1", LifecycleState: "InService", HealthStatus: "Healthy" };
    const { autoScaling, requests } = world(
      {
        AutoScalingGroups: [{ AutoScalingGroupName: "g0", Tags: tags, Instances: [instance] }],
        NextToken: "1"
      },
      {
        AutoScalingGroups: [{ AutoScalingGroupName: "g1" }, { Instances: [{ HealthStatus: "UNHEALTHY" }] }],
        NextToken: "2"
      },
      {}
    );
    import_strict.default.deepEqual(await autoScaling.groups("h"), [
      {
        name: "g0",
        instances: [{ id: "i-1", lifecycleState: "InService", isHealthy: true }],
        repeats: false,
        revisions: ["launch=1", "terminate=2", "terminate=3"]
      },
      { name: "g1", instances: [], repeats: false, revisions: [] },
      {
        name: "",
        instances: [{ id: "", lifecycleState: "", isHealthy: false }],
        repeats: false,
        revisions: []
      }
    ]);
    const Filters = [{ Name: "tag-value", Values: ["h"] }];
    import_strict.default.deepEqual(
      requests,
      [void 0, "1", "2"].map((NextToken) => ({
        kind: "read",
        name: "DescribeAutoScalingGroupsCommand",
        input: { Filters, MaxRecords: 100, NextToken }
      }))
    );
  });
  it("says of which groups instances may pass a hook twice", async () => {
    const overrides = (...images) => ({
      MixedInstancesPolicy: { LaunchTemplate: { Overrides: images.map((ImageId) => ({ ImageId })) } }
    });
    for (const [group, repeats] of [
      [{}, false],
      [{ WarmPoolConfiguration: {} }, true],
      [{ InstanceLifecyclePolicy: {} }, false],
      [{ InstanceLifecyclePolicy: { RetentionTriggers: { TerminateHookAbandon: "terminate" } } }, false],
      [{ InstanceLifecyclePolicy: { RetentionTriggers: { TerminateHookAbandon: "retain" } } }, true],
      [{ MixedInstancesPolicy: {} }, false],
      [overrides(), false],
      [overrides(void 0), false],
      [overrides(void 0, "ami-1"), true]
    ]) {
      const [found] = await world({ AutoScalingGroups: [group] }).autoScaling.groups("h");
      import_strict.default.equal(found?.repeats, repeats, JSON.stringify(group));
    }
  });
  it("are instances, fifty at a time; one that is in no group is not among them", async () => {
    const whole = { InstanceId: "i-1", AutoScalingGroupName: "g", LifecycleState: "InService" };
    const { autoScaling, requests } = world(
      { AutoScalingInstances: [{ ...whole, HealthStatus: "UNHEALTHY" }] },
      { AutoScalingInstances: [{}, { ...whole, InstanceId: void 0 }, { ...whole, InstanceId: "i-2" }] },
      { AutoScalingInstances: [{ ...whole, InstanceId: "i-3", LifecycleState: void 0 }] },
      { AutoScalingInstances: [{ ...whole, InstanceId: "i-4", AutoScalingGroupName: void 0 }] },
      {}
    );
    const ids = Array.from({ length: 250 }, (_, index) => `i-${index}`);
    const found = await autoScaling.describe(ids);
    import_strict.default.deepEqual(
      [...found],
      [
        ["i-1", { group: "g", lifecycleState: "InService", isHealthy: false }],
        ["i-2", { group: "g", lifecycleState: "InService", isHealthy: true }]
      ]
    );
    import_strict.default.deepEqual(
      requests,
      [0, 50, 100, 150, 200].map((from) => ({
        kind: "read",
        name: "DescribeAutoScalingInstancesCommand",
        input: { InstanceIds: ids.slice(from, from + 50) }
      }))
    );
    import_strict.default.equal((await autoScaling.describe([])).size, 0);
  });
  it("are the hooks of a group", async () => {
    const hook = {
      LifecycleHookName: "h",
      LifecycleTransition: "t",
      HeartbeatTimeout: 300,
      NotificationMetadata: "m"
    };
    const { autoScaling, requests } = world({ LifecycleHooks: [hook, {}] }, {});
    import_strict.default.deepEqual(await autoScaling.hooks("web"), [
      { name: "h", lifecycleTransition: "t", heartbeatTimeout: 300, metadata: "m" },
      { name: "", lifecycleTransition: "", heartbeatTimeout: 0, metadata: void 0 }
    ]);
    const input = { AutoScalingGroupName: "web" };
    import_strict.default.deepEqual(requests, [{ kind: "read", name: "DescribeLifecycleHooksCommand", input }]);
    import_strict.default.deepEqual(await autoScaling.hooks("web"), []);
  });
  it("are activities: those under way, of the transition, of the instances", async () => {
    const [one, other] = ["i-0000000000000001", "i-0000000000000002"];
    const terminating = (id, more = {}) => ({
      Description: `Terminating EC2 instance: ${id}`,
      Cause: "scale in",
      StartTime: at(7),
      ...more
    });
    const answers = [
      {
        Activities: [
          {},
          terminating("i-0000000000000003"),
          terminating(one),
          { ...terminating(other), Description: `Launching a new EC2 instance: ${other}` },
          terminating(other, { EndTime: at(9), StatusCode: "Successful" })
        ],
        NextToken: "1"
      },
      { NextToken: "2" },
      {
        Activities: [
          terminating(one, { EndTime: at(9), StatusCode: "Cancelled" }),
          { ...terminating(other), StartTime: void 0, Cause: void 0 }
        ]
      }
    ];
    const { autoScaling, requests } = world(...answers);
    import_strict.default.deepEqual(
      [...await autoScaling.activities("web", "terminate", [one, other], true)],
      [
        [one, { startedAt: 7e3, cause: "scale in", retainedBefore: true }],
        [other, { startedAt: 0, cause: "", retainedBefore: false }]
      ]
    );
    import_strict.default.deepEqual(
      requests,
      [void 0, "1", "2"].map((NextToken) => ({
        kind: "read",
        name: "DescribeScalingActivitiesCommand",
        input: { AutoScalingGroupName: "web", MaxRecords: 100, NextToken }
      }))
    );
    const launches = await world(...answers).autoScaling.activities("web", "launch", [one, other], false);
    import_strict.default.deepEqual([...launches.keys()], [other]);
    const endless = world({ NextToken: "more" });
    await endless.autoScaling.activities("web", "launch", [one], true);
    import_strict.default.equal(endless.requests.length, 50);
  });
  it("are the end and the extension of an action, with its token where that is known", async () => {
    const action = { group: "g", hook: "h", instance: "i-1", token: "t" };
    const named = { AutoScalingGroupName: "g", LifecycleHookName: "h", InstanceId: "i-1" };
    const { autoScaling, requests } = world({});
    import_strict.default.equal(await autoScaling.complete(action, "ABANDON"), true);
    import_strict.default.equal(await autoScaling.heartbeat({ ...action, token: void 0 }), true);
    import_strict.default.deepEqual(requests, [
      {
        kind: "complete",
        name: "CompleteLifecycleActionCommand",
        input: { ...named, LifecycleActionToken: "t", LifecycleActionResult: "ABANDON" }
      },
      { kind: "heartbeat", name: "RecordLifecycleActionHeartbeatCommand", input: named }
    ]);
  });
  it("says that there is no action, or that something is wrong", async () => {
    const action = { group: "g", hook: "h", instance: "i-1", token: void 0 };
    const none = world(error("ValidationError", 400)).autoScaling;
    import_strict.default.equal(await none.complete(action, "CONTINUE"), false);
    import_strict.default.equal(await none.heartbeat(action), false);
    const denied = world(error("AccessDenied", 403)).autoScaling;
    await import_strict.default.rejects(denied.complete(action, "CONTINUE"), { name: "AccessDenied" });
  });
  it("says by no action that a try which it did not answer was what ended it", async () => {
    const action = { group: "g", hook: "h", instance: "i-1", token: void 0 };
    for (const [first, expected] of [
      [error("TimeoutError"), true],
      [error("InternalFailure", 500), false]
    ]) {
      const answers = [first, error("ValidationError", 400)];
      const client = {
        send: () => Promise.reject(answers.shift() ?? new Error("not to be called"))
      };
      const twice = (_, send) => send().catch(send);
      const autoScaling = (0, import_autoScaling.createAutoScaling)(client, twice);
      import_strict.default.equal(await autoScaling.complete(action, "CONTINUE"), expected);
    }
  });
});
describe("what Run Command is asked, and what it says", () => {
  const job = {
    document: "d",
    instances: ["i-1"],
    parameters: (0, import_payloads.commandParameters)(),
    delivery: 30,
    budget: 150,
    early: false,
    logGroup: void 0
  };
  it("is to run a document", async () => {
    const { requests, runCommand } = world({ Command: { CommandId: "c" } }, {});
    import_strict.default.deepEqual(await runCommand.send(job), { kind: "sent", commandId: "c" });
    import_strict.default.deepEqual(await runCommand.send({ ...job, instances: ["i-1", "i-2"], logGroup: "logs" }), {
      kind: "sent",
      commandId: ""
    });
    const parameters = Object.entries((0, import_payloads.commandParameters)()).map(([name, value]) => [name, [value]]);
    const input = {
      DocumentName: "d",
      InstanceIds: ["i-1"],
      Parameters: Object.fromEntries(parameters),
      TimeoutSeconds: 30,
      Comment: "terminate, 150 s"
    };
    import_strict.default.deepEqual(requests, [
      { kind: "send", name: "SendCommandCommand", input },
      {
        kind: "send",
        name: "SendCommandCommand",
        input: {
          ...input,
          InstanceIds: ["i-1", "i-2"],
          MaxErrors: "100%",
          CloudWatchOutputConfig: { CloudWatchLogGroupName: "logs", CloudWatchOutputEnabled: true }
        }
      }
    ]);
  });
  it("is to take a command back", async () => {
    const { requests, runCommand } = world({});
    await runCommand.cancel("c", "i-1");
    const input = { CommandId: "c", InstanceIds: ["i-1"] };
    import_strict.default.deepEqual(requests, [{ kind: "cancel", name: "CancelCommandCommand", input }]);
  });
  it("are commands, oldest first, whatever order their pages have", async () => {
    const one = { Comment: "terminate, 150 s", Status: "Success" };
    const { requests, runCommand } = world(
      {
        CommandInvocations: [
          { ...one, CommandId: "c2", InstanceId: "i-1", RequestedDateTime: at(9) },
          { ...one, CommandId: "c1", InstanceId: "i-1", RequestedDateTime: at(8) }
        ],
        NextToken: "1"
      },
      { CommandInvocations: [one], NextToken: "2" },
      {}
    );
    const found = await runCommand.invocations({ document: "d", instance: "i-1" });
    const said = { status: "succeeded", budget: 150, early: false };
    import_strict.default.deepEqual(found, [
      { id: "", instance: "", requestedAt: 0, ...said },
      { id: "c1", instance: "i-1", requestedAt: 8e3, ...said },
      { id: "c2", instance: "i-1", requestedAt: 9e3, ...said }
    ]);
    const input = { Filters: [{ key: "DocumentName", value: "d" }], MaxResults: 50, InstanceId: "i-1" };
    import_strict.default.deepEqual(
      requests,
      [{}, { NextToken: "1" }, { NextToken: "2" }].map((more) => ({
        kind: "read",
        name: "ListCommandInvocationsCommand",
        input: { ...input, ...more }
      }))
    );
  });
  it("is how a command ended, step by step, unless SSM does not show it", async () => {
    const { requests, runCommand } = world({ Status: "Success" }, { Status: "InProgress" });
    import_strict.default.deepEqual(await runCommand.end("c", "i-1"), { status: "running", endedAt: void 0, output: "" });
    import_strict.default.deepEqual(
      requests,
      ["runLinux", "runWindows"].map((PluginName) => ({
        kind: "read",
        name: "GetCommandInvocationCommand",
        input: { CommandId: "c", InstanceId: "i-1", PluginName }
      }))
    );
    import_strict.default.equal(await world(error("InvocationDoesNotExist", 400)).runCommand.end("c", "i-1"), void 0);
    await import_strict.default.rejects(world(error("AccessDenied", 400)).runCommand.end("c", "i-1"), {
      name: "AccessDenied"
    });
    import_strict.default.deepEqual(await world({ Status: "Success" }).runCommand.end("c", "i-1"), {
      status: "troubled",
      endedAt: void 0,
      output: ""
    });
    const long = { Status: "Failed", StandardOutputContent: `${"x".repeat(2500)}
` };
    import_strict.default.equal((await world(long).runCommand.end("c", "i-1"))?.output.length, 2e3);
  });
  it("is a command by its id", async () => {
    const command = { Parameters: { group: ["web"] }, InstanceIds: ["i-1"], Comment: "launch, 60 s" };
    const { requests, runCommand } = world({ Commands: [command] }, { Commands: [{}] }, { Commands: [] }, {});
    import_strict.default.deepEqual(await runCommand.command("c"), {
      parameters: { group: "web" },
      instances: ["i-1"],
      isOurs: true
    });
    import_strict.default.deepEqual(await runCommand.command("c"), { parameters: void 0, instances: [], isOurs: false });
    import_strict.default.equal(await runCommand.command("c"), void 0);
    import_strict.default.equal(await runCommand.command("c"), void 0);
    import_strict.default.deepEqual(requests[0], { kind: "read", name: "ListCommandsCommand", input: { CommandId: "c" } });
    import_strict.default.equal(await world(error("InvalidCommandId", 400)).runCommand.command("c"), void 0);
  });
  it("are machines; who may not ask takes every one for there", async () => {
    const { requests, runCommand } = world({ InstanceInformationList: [{}, { InstanceId: "i-1" }] });
    import_strict.default.deepEqual(
      [...await runCommand.machines(["i-1", "i-2"])],
      [
        ["i-1", "silent"],
        ["i-2", "gone"]
      ]
    );
    const input = { Filters: [{ Key: "InstanceIds", Values: ["i-1", "i-2"] }], MaxResults: 50 };
    import_strict.default.deepEqual(requests, [{ kind: "read", name: "DescribeInstanceInformationCommand", input }]);
    const ids = Array.from({ length: 50 }, (_, index) => `i-${index}`);
    const fifty = world({});
    await fifty.runCommand.machines(ids);
    import_strict.default.equal(fifty.requests.length, 1);
    for (const name of ["AccessDenied", "AccessDeniedException"]) {
      const denied = world(error(name, 400)).runCommand;
      import_strict.default.deepEqual([...await denied.machines(["i-1"])], [["i-1", "there"]]);
    }
    await import_strict.default.rejects(world(error("InternalFailure", 500)).runCommand.machines(["i-1"]));
  });
});
