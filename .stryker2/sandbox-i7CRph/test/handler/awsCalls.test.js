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
var import_client_auto_scaling = require("@aws-sdk/client-auto-scaling");
var import_client_ssm = require("@aws-sdk/client-ssm");
var import_autoScaling = require("../../handler/aws/autoScaling");
var import_runCommand = require("../../handler/aws/runCommand");
var import_payloads = require("../support/payloads");
var import_wire = require("../../rehearsal/wire");
describe("what AWS answers", () => {
  let server;
  let answer;
  let calls;
  before(async () => {
    server = await (0, import_wire.startWireServer)((call) => {
      calls.push(call);
      return { output: answer(call) };
    });
  });
  beforeEach(() => {
    calls = [];
  });
  after(() => server.close());
  const settings = () => ({
    region: "us-east-1",
    endpoint: server.url,
    credentials: { accessKeyId: "a", secretAccessKey: "b" }
  });
  const make = (_, send) => send();
  const runCommand = () => (0, import_runCommand.createRunCommand)(new import_client_ssm.SSMClient(settings()), make);
  const autoScaling = () => (0, import_autoScaling.createAutoScaling)(new import_client_auto_scaling.AutoScalingClient(settings()), make);
  it("about a command is read by status and details, which come with or without blanks", async () => {
    const expected = [
      ["Pending", "Pending", "pending"],
      ["Delayed", "Delayed", "pending"],
      ["InProgress", "InProgress", "running"],
      ["Cancelling", "Cancelling", "running"],
      ["Success", "Success", "succeeded"],
      ["Failed", "Failed", "ended"],
      ["TimedOut", "ExecutionTimedOut", "ended"],
      ["TimedOut", "Execution Timed Out", "ended"],
      ["TimedOut", "DeliveryTimedOut", "ended"],
      ["TimedOut", "Delivery Timed Out", "ended"],
      ["Failed", "Undeliverable", "undelivered"],
      ["Failed", "Terminated", "undelivered"],
      ["Failed", "InvalidPlatform", "undelivered"],
      ["Failed", "Invalid Platform", "undelivered"],
      ["Failed", "AccessDenied", "undelivered"],
      ["Failed", "Access Denied", "undelivered"],
      ["Cancelled", "Cancelled", "ended"]
    ];
    answer = () => ({
      CommandInvocations: expected.map(([Status, StatusDetails], index) => ({
        CommandId: `c${index}`,
        InstanceId: "i-1",
        RequestedDateTime: new Date(index * 1e3),
        Comment: "terminate, 150 s",
        Status,
        StatusDetails
      }))
    });
    import_strict.default.deepEqual(
      (await runCommand().invocations({ document: "d" }))?.map(({ status }) => status),
      expected.map(([, , status]) => status)
    );
  });
  it("about a batch is asked with errors allowed, of one instance without", async () => {
    answer = () => ({ Command: { CommandId: "c" } });
    const job = (...instances) => ({
      document: "d",
      instances,
      parameters: (0, import_payloads.commandParameters)(),
      delivery: 30,
      budget: 150,
      early: false,
      logGroup: void 0
    });
    await runCommand().send(job("i-1"));
    await runCommand().send(job("i-1", "i-2"));
    import_strict.default.deepEqual(
      calls.map(({ input }) => input["MaxErrors"]),
      [void 0, "100%"]
    );
  });
  it("about a command names its budget and no token, where lists show it", async () => {
    const parameters = { ...(0, import_payloads.commandParameters)(), action: "sealed" };
    answer = () => ({ Command: { CommandId: "c" } });
    const job = {
      document: "d",
      instances: ["i-1"],
      parameters,
      delivery: 30,
      budget: 330,
      logGroup: void 0
    };
    await runCommand().send({ ...job, early: false });
    await runCommand().send({ ...job, early: true });
    const comments = calls.map(({ input }) => input["Comment"]);
    import_strict.default.deepEqual(comments, ["terminate, 330 s", "terminate, 330 s, before the hook fires"]);
    answer = () => ({
      CommandInvocations: comments.map((Comment) => ({ Comment, Status: "Success" }))
    });
    import_strict.default.deepEqual(
      (await runCommand().invocations({ document: "d" }))?.map(({ budget, early }) => [budget, early]),
      [
        [330, false],
        [330, true]
      ]
    );
  });
  it("about commands that no handler has sent counts for nothing", async () => {
    const comments = ["", "terminate 465e0162", "by hand", "terminate, 330 s, again", void 0];
    answer = () => ({
      CommandInvocations: comments.map((Comment) => ({ Comment, Status: "Success" })),
      Commands: [{ Comment: "by hand", InstanceIds: ["i-1"] }]
    });
    import_strict.default.deepEqual(await runCommand().invocations({ document: "d" }), []);
    import_strict.default.equal((await runCommand().command("c"))?.isOurs, false);
    answer = () => ({ Commands: [{ Comment: "launch, 60 s", InstanceIds: ["i-1"] }] });
    import_strict.default.equal((await runCommand().command("c"))?.isOurs, true);
  });
  for (const [code, status] of [
    [80, "failed"],
    [81, "notMeant"],
    [0, "succeeded"],
    [1, "troubled"],
    [-1, "troubled"],
    [137, "troubled"],
    [void 0, "troubled"]
  ]) {
    it(`about the end of a command with exit code ${String(code)} is that it is ${status}`, async () => {
      answer = ({ input }) => input["PluginName"] === "runLinux" ? { Status: "Failed", StatusDetails: "Failed", ResponseCode: code, StandardOutputContent: "" } : { Status: "Success" };
      import_strict.default.equal((await runCommand().end("c", "i-1"))?.status, status);
    });
  }
  it("about a command that somebody cancelled is when it ended, if an agent had begun it", async () => {
    const given = {
      Status: "Cancelled",
      StatusDetails: "Cancelled",
      ExecutionEndDateTime: "2026-01-01T00:00:01.000Z"
    };
    answer = () => ({ ...given, ExecutionStartDateTime: "" });
    import_strict.default.deepEqual(await runCommand().end("c", "i-1"), {
      status: "cancelled",
      endedAt: void 0,
      output: ""
    });
    answer = () => ({ ...given, ExecutionStartDateTime: "2026-01-01T00:00:00.000Z" });
    import_strict.default.equal((await runCommand().end("c", "i-1"))?.endedAt, Date.UTC(2026, 0, 1, 0, 0, 1));
  });
  it("about a command that AWS gave up is whether an agent had begun it", async () => {
    const given = { Status: "TimedOut", StatusDetails: "Delivery Timed Out", ResponseCode: -1 };
    answer = () => ({ ...given, ExecutionStartDateTime: "" });
    import_strict.default.equal((await runCommand().end("c", "i-1"))?.status, "undelivered");
    answer = () => ({ ...given, ExecutionStartDateTime: "2026-01-01T00:00:00.000Z" });
    import_strict.default.equal((await runCommand().end("c", "i-1"))?.status, "expired");
  });
  it("about the end of a command is when it was, and the tail of both streams, of the step that was not skipped", async () => {
    answer = ({ input }) => input["PluginName"] === "runMacOS" ? {
      Status: "Failed",
      StatusDetails: "Failed",
      ResponseCode: 80,
      ExecutionStartDateTime: "2026-01-01T00:00:00.000Z",
      ExecutionEndDateTime: "2026-01-01T00:00:01.000Z",
      StandardOutputContent: "no script\n",
      StandardErrorContent: "exit 1\n"
    } : { Status: "Success", StatusDetails: "Success", StandardOutputContent: "skip" };
    import_strict.default.deepEqual(await runCommand().end("c", "i-1"), {
      status: "failed",
      endedAt: Date.UTC(2026, 0, 1, 0, 0, 1),
      output: "no script\nexit 1"
    });
    import_strict.default.equal(calls.length, 3);
    answer = () => ({ Status: "Success", StatusDetails: "Success" });
    import_strict.default.equal((await runCommand().end("c", "i-1"))?.status, "troubled");
  });
  it("about machines is asked for fifty at a time; what SSM does not list is gone", async () => {
    answer = () => ({
      InstanceInformationList: [
        { InstanceId: "i-1", PingStatus: "Online" },
        { InstanceId: "i-2", PingStatus: "ConnectionLost" }
      ]
    });
    const ids = Array.from({ length: 60 }, (_, index) => `i-${index}`);
    const machines = await runCommand().machines(ids);
    import_strict.default.deepEqual(
      [machines.get("i-1"), machines.get("i-2"), machines.get("i-3")],
      ["there", "silent", "gone"]
    );
    import_strict.default.deepEqual(
      calls.map(({ input }) => input["Filters"][0]?.Values.length),
      [50, 10]
    );
  });
  it("about commands is read to the last page", async () => {
    answer = ({ input }) => {
      const page = Number(input["NextToken"] ?? 0);
      const ours = { Comment: "terminate, 150 s", Status: "Success" };
      const one = { ...ours, CommandId: `c${page}`, InstanceId: `i-${page}` };
      return { CommandInvocations: [one], ...page < 2 ? { NextToken: String(page + 1) } : {} };
    };
    const found = await runCommand().invocations({ document: "d", after: 1500 });
    import_strict.default.deepEqual(
      found?.map(({ instance }) => instance),
      ["i-0", "i-1", "i-2"]
    );
    import_strict.default.deepEqual(calls[0]?.input["Filters"], [
      { key: "DocumentName", value: "d" },
      { key: "InvokedAfter", value: "1970-01-01T00:00:01Z" }
    ]);
  });
  it("about commands is not read beyond as many pages as are wanted", async () => {
    answer = () => ({ CommandInvocations: [], NextToken: "more" });
    import_strict.default.equal(await runCommand().invocations({ document: "d", pages: 3 }), void 0);
    import_strict.default.equal(calls.length, 3);
  });
  it("about groups is read to the last page", async () => {
    answer = ({ input }) => {
      const page = Number(input["NextToken"] ?? 0);
      const one = { AutoScalingGroupName: `g${page}`, Instances: [] };
      return { AutoScalingGroups: [one], ...page < 2 ? { NextToken: String(page + 1) } : {} };
    };
    import_strict.default.deepEqual(
      (await autoScaling().groups("h")).map(({ name }) => name),
      ["g0", "g1", "g2"]
    );
  });
  it("about instances is asked for fifty at a time", async () => {
    answer = ({ input }) => ({
      AutoScalingInstances: input["InstanceIds"].map((InstanceId) => ({
        InstanceId,
        AutoScalingGroupName: "web",
        LifecycleState: "InService"
      }))
    });
    const ids = Array.from({ length: 120 }, (_, index) => `i-${index}`);
    import_strict.default.equal((await autoScaling().describe(ids)).size, 120);
    import_strict.default.equal(calls.length, 3);
  });
  it("about activities is read until all are found, and to the end where the history counts", async () => {
    answer = ({ input }) => {
      const page = Number(input["NextToken"] ?? 0);
      const description = (verb) => `${verb} EC2 instance: i-0000000000000000${page}`;
      const running = { ActivityId: "a", Description: description("Terminating"), StartTime: new Date(page) };
      const cancelled = {
        ...running,
        Description: "Terminating EC2 instance: i-00000000000000000",
        EndTime: /* @__PURE__ */ new Date(9),
        StatusCode: "Cancelled"
      };
      const launch = { ...cancelled, Description: "Launching a new EC2 instance: i-00000000000000001" };
      return {
        Activities: page < 2 ? [running, launch] : [cancelled],
        ...page < 2 ? { NextToken: String(page + 1) } : {}
      };
    };
    const ids = ["i-00000000000000000", "i-00000000000000001"];
    const retained = (found) => ids.map((id) => found.get(id)?.retainedBefore);
    import_strict.default.deepEqual(retained(await autoScaling().activities("web", "terminate", ids, false)), [
      false,
      false
    ]);
    import_strict.default.equal(calls.length, 2);
    import_strict.default.deepEqual(retained(await autoScaling().activities("web", "terminate", ids, true)), [true, false]);
    import_strict.default.equal(calls.length, 2 + 3);
  });
});
