import assert from "node:assert/strict";
import type { DocumentParameters } from "../../../contract";
import { commandParameters } from "../../support/payloads";
import { answering, type Answer } from "./answering";

describe("the Run Command client", () => {
  let answer: Answer;
  const { calls, runCommand } = answering((call) => answer(call));

  it("reads a command's status and details, which come with or without blanks", async () => {
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
      ["Cancelled", "Cancelled", "ended"],
    ] as const;
    answer = () => ({
      CommandInvocations: expected.map(([Status, StatusDetails], index) => ({
        CommandId: `c${index}`,
        InstanceId: "i-1",
        RequestedDateTime: new Date(index * 1000),
        Comment: "terminate, 150 s",
        Status,
        StatusDetails,
      })),
    });

    assert.deepEqual(
      (await runCommand().invocations({ document: "d" }))?.map(({ status }) => status),
      expected.map(([, , status]) => status),
    );
  });

  it("sets MaxErrors for a batch, and not for a single instance", async () => {
    answer = () => ({ Command: { CommandId: "c" } });
    const job = (...instances: string[]) => ({
      document: "d",
      instances,
      parameters: commandParameters() as unknown as DocumentParameters,
      delivery: 30,
      budget: 150,
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

  it("puts the budget of a command, and no token, into the comment, which lists show", async () => {
    const parameters = { ...commandParameters(), action: "sealed" } as unknown as DocumentParameters;
    answer = () => ({ Command: { CommandId: "c" } });
    const job = {
      document: "d",
      instances: ["i-1"],
      parameters,
      delivery: 30,
      budget: 330,
      logGroup: undefined,
    };
    await runCommand().send({ ...job, early: false });
    await runCommand().send({ ...job, early: true });
    const comments = calls.map(({ input }) => input["Comment"]);
    assert.deepEqual(comments, ["terminate, 330 s", "terminate, 330 s, before the hook fires"]);

    answer = () => ({
      CommandInvocations: comments.map((Comment) => ({ Comment, Status: "Success" })),
    });
    assert.deepEqual(
      (await runCommand().invocations({ document: "d" }))?.map(({ budget, early }) => [budget, early]),
      [
        [330, false],
        [330, true],
      ],
    );
  });

  it("tells an announcement from the commands of scripts", async () => {
    for (const [Comment, expected] of [
      ["announce, 60 s", [false, true]],
      ["terminate, 60 s", [true, false]],
      ["announce, soon", [false, false]],
    ] as const) {
      answer = () => ({ Commands: [{ Comment, InstanceIds: ["i-1"] }] });
      const { isAnnouncement, isOurs } = (await runCommand().command("c")) ?? {};
      assert.deepEqual([isOurs, isAnnouncement], expected, Comment);
    }
  });

  it("reads how a command stands on each instance from the step that was not skipped", async () => {
    const skipped = { Name: "runMacOS", Status: "Success", ResponseCode: 0, Output: "skipped" };
    const step = (ResponseCode: number) => ({
      Name: "runLinux",
      Status: "Failed",
      StatusDetails: "Failed",
      ResponseCode,
      ResponseStartDateTime: new Date(1_000),
      ResponseFinishDateTime: new Date(2_000),
      Output: "no such queue\n",
    });
    const failed = { Status: "Failed", StatusDetails: "Failed" };
    answer = () => ({
      CommandInvocations: [
        { InstanceId: "i-1", Status: "Success", StatusDetails: "Success", CommandPlugins: [skipped] },
        { InstanceId: "i-2", ...failed, CommandPlugins: [skipped, step(80)] },
        { InstanceId: "i-3", ...failed, CommandPlugins: [step(81), skipped] },
        { InstanceId: "i-4", ...failed, CommandPlugins: [step(1)] },
        { InstanceId: "i-5", Status: "Failed", StatusDetails: "Undeliverable", CommandPlugins: [] },
        { InstanceId: "i-6", Status: "InProgress", StatusDetails: "InProgress", CommandPlugins: [] },
      ],
    });

    assert.deepEqual(
      (await runCommand().results("c")).map(({ instance, output, status }) => [instance, status, output]),
      [
        ["i-1", "succeeded", ""],
        ["i-2", "failed", "no such queue"],
        ["i-3", "notMeant", "no such queue"],
        ["i-4", "troubled", "no such queue"],
        ["i-5", "undelivered", ""],
        ["i-6", "running", ""],
      ],
    );
  });

  it("ignores commands that no handler has sent", async () => {
    const comments = ["", "terminate 465e0162", "by hand", "terminate, 330 s, again", undefined];
    answer = () => ({
      CommandInvocations: comments.map((Comment) => ({ Comment, Status: "Success" })),
      Commands: [{ Comment: "by hand", InstanceIds: ["i-1"] }],
    });

    assert.deepEqual(await runCommand().invocations({ document: "d" }), []);
    assert.equal((await runCommand().command("c"))?.isOurs, false);
    answer = () => ({ Commands: [{ Comment: "launch, 60 s", InstanceIds: ["i-1"] }] });
    assert.equal((await runCommand().command("c"))?.isOurs, true);
  });

  for (const [code, status] of [
    [80, "failed"],
    [81, "notMeant"],
    [0, "troubled"],
    [1, "troubled"],
    [-1, "troubled"],
    [137, "troubled"],
    [undefined, "troubled"],
  ] as const) {
    it(`reads the end of a command with exit code ${String(code)} as ${status}`, async () => {
      answer = ({ input }) =>
        input["PluginName"] === "runLinux"
          ? { Status: "Failed", StatusDetails: "Failed", ResponseCode: code, StandardOutputContent: "" }
          : { Status: "Success" };

      assert.equal((await runCommand().end("c", "i-1"))?.status, status);
    });
  }

  it("says when a cancelled command ended, if an agent had begun the command", async () => {
    const given = {
      Status: "Cancelled",
      StatusDetails: "Cancelled",
      ExecutionEndDateTime: "2026-01-01T00:00:01.000Z",
    };
    answer = () => ({ ...given, ExecutionStartDateTime: "" });
    assert.deepEqual(await runCommand().end("c", "i-1"), {
      status: "cancelled",
      endedAt: undefined,
      output: "",
    });
    answer = () => ({ ...given, ExecutionStartDateTime: "2026-01-01T00:00:00.000Z" });
    assert.equal((await runCommand().end("c", "i-1"))?.endedAt, Date.UTC(2026, 0, 1, 0, 0, 1));
  });

  it("says whether an agent had begun a command that AWS gave up", async () => {
    const given = { Status: "TimedOut", StatusDetails: "Delivery Timed Out", ResponseCode: -1 };
    answer = () => ({ ...given, ExecutionStartDateTime: "" });
    assert.equal((await runCommand().end("c", "i-1"))?.status, "undelivered");
    answer = () => ({ ...given, ExecutionStartDateTime: "2026-01-01T00:00:00.000Z" });
    assert.equal((await runCommand().end("c", "i-1"))?.status, "expired");
  });

  it("says when a command ended, with the tail of both streams of the step that was not skipped", async () => {
    answer = ({ input }) =>
      input["PluginName"] === "runMacOS"
        ? {
            Status: "Failed",
            StatusDetails: "Failed",
            ResponseCode: 80,
            ExecutionStartDateTime: "2026-01-01T00:00:00.000Z",
            ExecutionEndDateTime: "2026-01-01T00:00:01.000Z",
            StandardOutputContent: "no script\n",
            StandardErrorContent: "exit 1\n",
          }
        : { Status: "Success", StatusDetails: "Success", StandardOutputContent: "skip" };

    assert.deepEqual(await runCommand().end("c", "i-1"), {
      status: "failed",
      endedAt: Date.UTC(2026, 0, 1, 0, 0, 1),
      output: "no script\nexit 1",
    });
    assert.equal(calls.length, 3);
    answer = () => ({ Status: "Success", StatusDetails: "Success" });
    assert.equal((await runCommand().end("c", "i-1"))?.status, "troubled");
  });

  it("asks about fifty machines with a call, and counts a machine that SSM does not list as gone", async () => {
    answer = () => ({
      InstanceInformationList: [
        { InstanceId: "i-1", PingStatus: "Online" },
        { InstanceId: "i-2", PingStatus: "ConnectionLost" },
      ],
    });
    const ids = Array.from({ length: 60 }, (_, index) => `i-${index}`);
    const machines = await runCommand().machines(ids);

    assert.deepEqual(
      [machines.get("i-1"), machines.get("i-2"), machines.get("i-3")],
      ["there", "silent", "gone"],
    );
    assert.deepEqual(
      calls.map(({ input }) => (input["Filters"] as { Values: string[] }[])[0]?.Values.length),
      [50, 10],
    );
  });

  it("reads commands to the last page", async () => {
    answer = ({ input }) => {
      const page = Number(input["NextToken"] ?? 0);
      const ours = { Comment: "terminate, 150 s", Status: "Success" };
      const one = { ...ours, CommandId: `c${page}`, InstanceId: `i-${page}` };
      return { CommandInvocations: [one], ...(page < 2 ? { NextToken: String(page + 1) } : {}) };
    };

    const found = await runCommand().invocations({ document: "d", after: 1_500 });
    assert.deepEqual(
      found?.map(({ instance }) => instance),
      ["i-0", "i-1", "i-2"],
    );
    assert.deepEqual(calls[0]?.input["Filters"], [
      { key: "DocumentName", value: "d" },
      { key: "InvokedAfter", value: "1970-01-01T00:00:01Z" },
    ]);
  });

  it("stops reading commands after the wanted number of pages", async () => {
    answer = () => ({ CommandInvocations: [], NextToken: "more" });

    assert.equal(await runCommand().invocations({ document: "d", pages: 3 }), undefined);
    assert.equal(calls.length, 3);
  });
});
