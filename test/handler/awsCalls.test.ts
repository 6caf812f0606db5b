import assert from "node:assert/strict";
import { AutoScalingClient } from "@aws-sdk/client-auto-scaling";
import { SSMClient } from "@aws-sdk/client-ssm";
import { createAutoScaling } from "../../handler/aws/autoScaling";
import { createRunCommand } from "../../handler/aws/runCommand";
import type { DocumentParameters } from "../../contract";
import { commandParameters } from "../support/payloads";
import { startWireServer, type Call, type WireServer } from "../../rehearsal/wire";

describe("what AWS answers", () => {
  let server: WireServer;
  let answer: (call: Call) => Readonly<Record<string, unknown>>;
  let calls: Call[];
  before(async () => {
    server = await startWireServer((call) => {
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
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
  });
  const runCommand = () => createRunCommand(new SSMClient(settings()));
  const autoScaling = () => createAutoScaling(new AutoScalingClient(settings()));

  it("about a command is read by status and details, which come with or without blanks", async () => {
    const expected = [
      ["Pending", "Pending", "pending"],
      ["Delayed", "Delayed", "pending"],
      ["InProgress", "InProgress", "running"],
      ["Cancelling", "Cancelling", "running"],
      ["Success", "Success", "succeeded"],
      ["Failed", "Failed", "failed"],
      ["TimedOut", "ExecutionTimedOut", "failed"],
      ["TimedOut", "Execution Timed Out", "failed"],
      ["TimedOut", "DeliveryTimedOut", "undelivered"],
      ["TimedOut", "Delivery Timed Out", "undelivered"],
      ["Failed", "Undeliverable", "undelivered"],
      ["Failed", "Terminated", "undelivered"],
      ["Failed", "InvalidPlatform", "undelivered"],
      ["Failed", "Invalid Platform", "undelivered"],
      ["Failed", "AccessDenied", "undelivered"],
      ["Failed", "Access Denied", "undelivered"],
      ["Cancelled", "Cancelled", "cancelled"],
    ] as const;
    answer = () => ({
      CommandInvocations: expected.map(([Status, StatusDetails], index) => ({
        CommandId: `c${index}`,
        InstanceId: "i-1",
        RequestedDateTime: new Date(index * 1000),
        Status,
        StatusDetails,
      })),
    });

    assert.deepEqual(
      (await runCommand().invocations({ document: "d" })).map(({ status }) => status),
      expected.map(([, , status]) => status),
    );
  });

  it("about a batch is asked with errors allowed, of one instance without", async () => {
    answer = () => ({ Command: { CommandId: "c" } });
    const job = (...instances: string[]) => ({
      document: "d",
      instances,
      parameters: commandParameters() as unknown as DocumentParameters,
      delivery: 30,
      early: false,
      logGroup: undefined,
    });
    await runCommand().send(job("i-1"));
    await runCommand().send(job("i-1", "i-2"));

    assert.deepEqual(
      calls.map(({ input }) => input["MaxErrors"]),
      [undefined, "100%"],
    );
  });

  it("about the end of a command is the tail of both streams, of the step that was not skipped", async () => {
    const ended = (Status: string, output: string, error = "") => ({
      Status,
      StatusDetails: "Failed",
      StandardOutputContent: output,
      StandardErrorContent: error,
    });
    answer = ({ input }) =>
      input["PluginName"] === "runMacOS"
        ? ended("Failed", "no script\n", "exit 1\n")
        : ended("Success", "skip");

    assert.deepEqual(await runCommand().result("c", "i-1"), {
      status: "failed",
      output: "no script\nexit 1",
    });
    answer = () => ended("Success", "skip");
    assert.deepEqual(await runCommand().result("c", "i-1"), { status: "succeeded", output: "" });
    assert.equal(calls.length, 3 + 3);
  });

  it("about commands is read to the last page", async () => {
    answer = ({ input }) => {
      const page = Number(input["NextToken"] ?? 0);
      const one = { CommandId: `c${page}`, InstanceId: `i-${page}`, Status: "Success" };
      return { CommandInvocations: [one], ...(page < 2 ? { NextToken: String(page + 1) } : {}) };
    };

    const found = await runCommand().invocations({ document: "d", after: 1_500 });
    assert.deepEqual(
      found.map(({ instance }) => instance),
      ["i-0", "i-1", "i-2"],
    );
    assert.deepEqual(calls[0]?.input["Filters"], [
      { key: "DocumentName", value: "d" },
      { key: "InvokedAfter", value: "1970-01-01T00:00:01Z" },
    ]);
  });

  it("about groups is read to the last page", async () => {
    answer = ({ input }) => {
      const page = Number(input["NextToken"] ?? 0);
      const one = { AutoScalingGroupName: `g${page}`, Instances: [] };
      return { AutoScalingGroups: [one], ...(page < 2 ? { NextToken: String(page + 1) } : {}) };
    };

    assert.deepEqual(
      (await autoScaling().groups("h")).map(({ name }) => name),
      ["g0", "g1", "g2"],
    );
  });

  it("about instances is asked for fifty at a time", async () => {
    answer = ({ input }) => ({
      AutoScalingInstances: (input["InstanceIds"] as string[]).map((InstanceId) => ({
        InstanceId,
        AutoScalingGroupName: "web",
        LifecycleState: "InService",
      })),
    });
    const ids = Array.from({ length: 120 }, (_, index) => `i-${index}`);

    assert.equal((await autoScaling().describe(ids)).size, 120);
    assert.equal(calls.length, 3);
  });

  it("about activities is read until all are found, and to the end where the history counts", async () => {
    answer = ({ input }) => {
      const page = Number(input["NextToken"] ?? 0);
      const description = (verb: string) => `${verb} EC2 instance: i-0000000000000000${page}`;
      const running = { ActivityId: "a", Description: description("Terminating"), StartTime: new Date(page) };
      const cancelled = {
        ...running,
        Description: "Terminating EC2 instance: i-00000000000000000",
        EndTime: new Date(9),
        StatusCode: "Cancelled",
      };
      const launch = { ...cancelled, Description: "Launching a new EC2 instance: i-00000000000000001" };
      return {
        Activities: page < 2 ? [running, launch] : [cancelled],
        ...(page < 2 ? { NextToken: String(page + 1) } : {}),
      };
    };
    const ids = ["i-00000000000000000", "i-00000000000000001"];
    const retained = (found: ReadonlyMap<string, { retainedBefore: boolean }>) =>
      ids.map((id) => found.get(id)?.retainedBefore);

    assert.deepEqual(retained(await autoScaling().activities("web", "terminate", ids, false)), [
      false,
      false,
    ]);
    assert.equal(calls.length, 2);
    assert.deepEqual(retained(await autoScaling().activities("web", "terminate", ids, true)), [true, false]);
    assert.equal(calls.length, 2 + 3);
  });
});
