import assert from "node:assert/strict";
import { at, error, world } from "./fakeClient";

describe("the client of busy checks", () => {
  it("asks instances, and goes on with the others where the check fails on one", async () => {
    const { busyChecks, requests } = world({ Command: { CommandId: "c", RequestedDateTime: at(7) } });

    assert.deepEqual(await busyChecks.send("d", ["i-1", "i-2"]), {
      kind: "sent",
      commandId: "c",
      requestedAt: 7_000,
    });
    assert.deepEqual(requests, [
      {
        kind: "ask",
        name: "SendCommandCommand",
        input: {
          DocumentName: "d",
          InstanceIds: ["i-1", "i-2"],
          TimeoutSeconds: 30,
          MaxErrors: "100%",
          Comment: "busy?",
        },
      },
    ]);
  });

  it("takes an answer that says nothing of the command", async () => {
    for (const answer of [{}, { Command: {} }])
      assert.deepEqual(await world(answer).busyChecks.send("d", ["i-1"]), {
        kind: "sent",
        commandId: "",
        requestedAt: 0,
      });
  });

  it("says which instance SSM refuses", async () => {
    const refusal = Object.assign(error("InvalidInstanceId", 400), { message: "i-2 is not there" });
    const sent = await world(refusal).busyChecks.send("d", ["i-1", "i-2"]);

    assert.ok(sent.kind === "refused");
    assert.deepEqual(sent.instances, ["i-2"]);
  });

  it("lists the checks of a document since an instant, newest first, whatever order the pages have", async () => {
    const { busyChecks, requests } = world(
      {
        Commands: [
          { CommandId: "c2", RequestedDateTime: at(8) },
          { CommandId: "c1", RequestedDateTime: at(7) },
        ],
        NextToken: "1",
      },
      { Commands: [{}, { CommandId: "c3", RequestedDateTime: at(9) }], NextToken: "2" },
      {},
    );

    assert.deepEqual(await busyChecks.sent("d", 1_500), [
      { id: "c3", sentAt: 9_000 },
      { id: "c2", sentAt: 8_000 },
      { id: "c1", sentAt: 7_000 },
      { id: "", sentAt: 0 },
    ]);
    const input = {
      Filters: [
        { key: "DocumentName", value: "d" },
        { key: "InvokedAfter", value: "1970-01-01T00:00:01Z" },
      ],
      MaxResults: 50,
    };
    assert.deepEqual(
      requests,
      [{}, { NextToken: "1" }, { NextToken: "2" }].map((more) => ({
        kind: "read",
        name: "ListCommandsCommand",
        input: { ...input, ...more },
      })),
    );
  });

  it("reads ten pages of checks at most", async () => {
    const { busyChecks, requests } = world({ Commands: [{ CommandId: "c" }], NextToken: "more" });

    assert.equal((await busyChecks.sent("d", 0)).length, 10);
    assert.equal(requests.length, 10);
  });

  it("reads the results of a check with all their steps", async () => {
    const { busyChecks, requests } = world({});

    assert.deepEqual(await busyChecks.results("c"), []);
    const input = { CommandId: "c", Details: true, MaxResults: 50 };
    assert.deepEqual(requests, [{ kind: "read", name: "ListCommandInvocationsCommand", input }]);
  });
});

describe("the result of a busy check", () => {
  const busy = { Output: "some lines\ngraceful-asg: busy\n" };
  const idle = { Output: "graceful-asg: idle\n" };
  const resultOf = async (invocation: object) => {
    const [result] = await world({ CommandInvocations: [invocation] }).busyChecks.results("c");
    return result;
  };

  it("is what the step of the platform writes", async () => {
    for (const [CommandPlugins, answer] of [
      [[busy], "busy"],
      [[idle], "idle"],
      [[{}, { Output: "skipped" }, busy], "busy"],
    ] as const)
      assert.deepEqual(await resultOf({ InstanceId: "i-1", Status: "Success", CommandPlugins }), {
        instance: "i-1",
        answer,
        isOver: true,
      });
  });

  it("is nothing where no step says it", async () => {
    for (const steps of [{}, { CommandPlugins: [{}, { Output: "hello" }] }])
      assert.deepEqual(await resultOf({ Status: "Success", ...steps }), {
        instance: "",
        answer: undefined,
        isOver: true,
      });
  });

  it("is nothing where the check failed", async () => {
    assert.deepEqual(await resultOf({ InstanceId: "i-1", Status: "Failed", CommandPlugins: [busy] }), {
      instance: "i-1",
      answer: undefined,
      isOver: true,
    });
  });

  for (const Status of ["Pending", "InProgress", "Delayed"])
    it(`may still come with the status ${Status}`, async () => {
      assert.deepEqual(await resultOf({ InstanceId: "i-1", Status }), {
        instance: "i-1",
        answer: undefined,
        isOver: false,
      });
    });
});
