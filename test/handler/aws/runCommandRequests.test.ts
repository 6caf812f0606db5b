import assert from "node:assert/strict";
import type { DocumentParameters } from "../../../contract";
import { commandParameters } from "../../support/payloads";
import { at, error, world } from "./fakeClient";

describe("the Run Command client", () => {
  const job = {
    document: "d",
    instances: ["i-1"],
    parameters: commandParameters() as unknown as DocumentParameters,
    delivery: 30,
    budget: 150,
    early: false,
    logGroup: undefined,
  };

  it("sends a document to instances", async () => {
    const { requests, runCommand } = world(
      { Command: { CommandId: "c", RequestedDateTime: new Date(7_000) } },
      {},
    );
    assert.deepEqual(await runCommand.send(job), { kind: "sent", commandId: "c", requestedAt: 7_000 });
    assert.deepEqual(await runCommand.send({ ...job, instances: ["i-1", "i-2"], logGroup: "logs" }), {
      kind: "sent",
      commandId: "",
      requestedAt: 0,
    });
    const parameters = Object.entries(commandParameters()).map(([name, value]) => [name, [value]]);
    const input = {
      DocumentName: "d",
      InstanceIds: ["i-1"],
      Parameters: Object.fromEntries(parameters) as object,
      TimeoutSeconds: 30,
      Comment: "terminate, 150 s",
    };

    assert.deepEqual(requests, [
      { kind: "send", name: "SendCommandCommand", input },
      {
        kind: "send",
        name: "SendCommandCommand",
        input: {
          ...input,
          InstanceIds: ["i-1", "i-2"],
          MaxErrors: "100%",
          CloudWatchOutputConfig: { CloudWatchLogGroupName: "logs", CloudWatchOutputEnabled: true },
        },
      },
    ]);
  });

  it("sends an announcement as a call of another kind, with a comment that earlier versions take for a stranger's", async () => {
    const { requests, runCommand } = world({});
    const parameters = { group: "web", groupBase64: "d2Vi", hook: "h", sent: "1", since: "" };
    await runCommand.announce({
      document: "d",
      instances: ["i-1", "i-2"],
      parameters,
      delivery: 30,
      budget: 60,
      logGroup: undefined,
    });

    const input = {
      DocumentName: "d",
      InstanceIds: ["i-1", "i-2"],
      Parameters: Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, [value]])),
      TimeoutSeconds: 30,
      MaxErrors: "100%",
      Comment: "announce, 60 s",
    };
    assert.deepEqual(requests, [{ kind: "ask", name: "SendCommandCommand", input }]);
    assert.doesNotMatch(input.Comment, /^(?:launch|terminate), (\d{1,7}) s/);
  });

  it("lists how a command stands on each of its instances", async () => {
    const { requests, runCommand } = world({});
    assert.deepEqual(await runCommand.results("c"), []);

    const input = { CommandId: "c", Details: true, MaxResults: 50 };
    assert.deepEqual(requests, [{ kind: "read", name: "ListCommandInvocationsCommand", input }]);
  });

  it("reads a result that names no instance, and a step without times", async () => {
    const one = { Status: "Failed", StatusDetails: "Failed" };
    const step = { Status: "Failed", ResponseCode: 80, Output: "no queue" };
    const { runCommand } = world({ CommandInvocations: [{ ...one, CommandPlugins: [step] }] });

    assert.deepEqual(await runCommand.results("c"), [
      { instance: "", status: "failed", endedAt: undefined, output: "no queue" },
    ]);
  });

  it("cancels a command", async () => {
    const { requests, runCommand } = world({});
    await runCommand.cancel("c", "i-1");

    const input = { CommandId: "c", InstanceIds: ["i-1"] };
    assert.deepEqual(requests, [{ kind: "cancel", name: "CancelCommandCommand", input }]);
  });

  it("lists commands, oldest first, whatever order the pages have", async () => {
    const one = { Comment: "terminate, 150 s", Status: "Success" };
    const { requests, runCommand } = world(
      {
        CommandInvocations: [
          { ...one, CommandId: "c2", InstanceId: "i-1", RequestedDateTime: at(9) },
          { ...one, CommandId: "c1", InstanceId: "i-1", RequestedDateTime: at(8) },
        ],
        NextToken: "1",
      },
      { CommandInvocations: [one], NextToken: "2" },
      {},
    );
    const found = await runCommand.invocations({ document: "d", instance: "i-1" });
    const said = { status: "succeeded", budget: 150, early: false };

    assert.deepEqual(found, [
      { id: "", instance: "", requestedAt: 0, ...said },
      { id: "c1", instance: "i-1", requestedAt: 8_000, ...said },
      { id: "c2", instance: "i-1", requestedAt: 9_000, ...said },
    ]);
    const input = { Filters: [{ key: "DocumentName", value: "d" }], MaxResults: 50, InstanceId: "i-1" };
    assert.deepEqual(
      requests,
      [{}, { NextToken: "1" }, { NextToken: "2" }].map((more) => ({
        kind: "read",
        name: "ListCommandInvocationsCommand",
        input: { ...input, ...more },
      })),
    );
  });

  it("lists the commands of all instances where no instance is named", async () => {
    const { requests, runCommand } = world({});
    await runCommand.invocations({ document: "d" });

    const input = { Filters: [{ key: "DocumentName", value: "d" }], MaxResults: 50 };
    assert.deepEqual(requests, [{ kind: "read", name: "ListCommandInvocationsCommand", input }]);
  });

  it("reads how a command ended, step by step, unless SSM does not show the command", async () => {
    const { requests, runCommand } = world({ Status: "Success" }, { Status: "InProgress" });
    assert.deepEqual(await runCommand.end("c", "i-1"), { status: "running", endedAt: undefined, output: "" });
    assert.deepEqual(
      requests,
      ["runLinux", "runWindows"].map((PluginName) => ({
        kind: "read",
        name: "GetCommandInvocationCommand",
        input: { CommandId: "c", InstanceId: "i-1", PluginName },
      })),
    );

    assert.equal(await world(error("InvocationDoesNotExist", 400)).runCommand.end("c", "i-1"), undefined);
    // A role that may not ask learns nothing about the script.
    assert.equal((await world(error("AccessDenied", 400)).runCommand.end("c", "i-1"))?.status, "troubled");
    await assert.rejects(world(error("InternalServerError", 400)).runCommand.end("c", "i-1"), {
      name: "InternalServerError",
    });
    assert.deepEqual(await world({ Status: "Success" }).runCommand.end("c", "i-1"), {
      status: "troubled",
      endedAt: undefined,
      output: "",
    });
    const long = { Status: "Failed", StandardOutputContent: `${"x".repeat(2_500)}\n` };
    assert.equal((await world(long).runCommand.end("c", "i-1"))?.output.length, 2_000);
  });

  it("finds a command by its id", async () => {
    const command = {
      Parameters: { group: ["web"] },
      InstanceIds: ["i-1"],
      RequestedDateTime: new Date(1_000),
      Comment: "launch, 60 s",
    };
    const { requests, runCommand } = world({ Commands: [command] }, { Commands: [{}] }, { Commands: [] }, {});

    assert.deepEqual(await runCommand.command("c"), {
      parameters: { group: "web" },
      instances: ["i-1"],
      requestedAt: 1_000,
      isOurs: true,
      isAnnouncement: false,
    });
    assert.deepEqual(await runCommand.command("c"), {
      parameters: undefined,
      instances: [],
      requestedAt: 0,
      isOurs: false,
      isAnnouncement: false,
    });
    assert.equal(await runCommand.command("c"), undefined);
    assert.equal(await runCommand.command("c"), undefined);
    assert.deepEqual(requests[0], { kind: "read", name: "ListCommandsCommand", input: { CommandId: "c" } });
    assert.equal(await world(error("InvalidCommandId", 400)).runCommand.command("c"), undefined);
  });

  it("looks up machines, and counts every machine as running if the role may not ask", async () => {
    const { requests, runCommand } = world({ InstanceInformationList: [{}, { InstanceId: "i-1" }] });
    assert.deepEqual(
      [...(await runCommand.machines(["i-1", "i-2"]))],
      [
        ["i-1", "silent"],
        ["i-2", "gone"],
      ],
    );
    const input = { Filters: [{ Key: "InstanceIds", Values: ["i-1", "i-2"] }], MaxResults: 50 };
    assert.deepEqual(requests, [{ kind: "read", name: "DescribeInstanceInformationCommand", input }]);
    const ids = Array.from({ length: 50 }, (_, index) => `i-${index}`);
    const fifty = world({});
    await fifty.runCommand.machines(ids);
    assert.equal(fifty.requests.length, 1);

    for (const name of ["AccessDenied", "AccessDeniedException"]) {
      const denied = world(error(name, 400)).runCommand;
      assert.deepEqual([...(await denied.machines(["i-1"]))], [["i-1", "there"]]);
    }
    await assert.rejects(world(error("InternalFailure", 500)).runCommand.machines(["i-1"]));
  });
});
