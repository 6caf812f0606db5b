import assert from "node:assert/strict";
import type { Sent } from "../../../handler/aws/refusal";
import { recall } from "../../../handler/memory";
import { sweep } from "../../../handler/sweep";
import { sweepWorld, sweptAt, type Known } from "../../support/sweepWorld";
import { key, web } from "./webGroup";

describe("instances that SSM refuses in a sweep", () => {
  const refused: Sent = {
    kind: "refused",
    instances: ["i-1"],
    whole: false,
    isUnknown: true,
    cause: "no agent",
  };
  const refusing = (changes: Known = {}) =>
    sweepWorld({
      groups: web("i-1", "i-2"),
      instructions: { onFailure: "abandon" },
      activities: { "i-1": { startedAt: sweptAt - 30_000 }, "i-2": { startedAt: sweptAt - 30_000 } },
      sends: ({ instances }) =>
        instances.includes("i-1") ? refused : { kind: "sent", commandId: "c9", requestedAt: sweptAt },
      ...changes,
    });

  it("get the failure policy once the agent timeout is over", async () => {
    const { calls, clock, context, jobs, lines } = refusing();
    const until = Infinity;
    await sweep({ ...context, until });
    assert.deepEqual(
      jobs.map(({ instances }) => instances),
      [["i-1", "i-2"], ["i-2"]],
    );
    assert.equal(recall(context.memory, key("i-1")).refusedSince, sweptAt);
    assert.equal(recall(context.memory, key("i-2")).refusedSince, undefined);
    assert.deepEqual(
      lines
        .filter(({ message }) => message === "wait: SSM refuses the command: no agent")
        .map(({ instance }) => instance),
      ["i-1"],
    );

    await clock.sleep(179_000);
    await sweep({ ...context, until });
    assert.ok(!calls.includes("complete i-1"));
    assert.equal(recall(context.memory, key("i-1")).refusedSince, sweptAt);
    await clock.sleep(1_000);
    await sweep({ ...context, until });
    assert.ok(calls.includes("complete i-1"));
    assert.ok(lines.some(({ outcome }) => outcome === "unreachable"));
  });

  it("get the whole agent timeout again once SSM has taken a command", async () => {
    let isRefused = true;
    const { context } = refusing({
      groups: web("i-1"),
      sends: () => (isRefused ? refused : { kind: "sent", commandId: "c9", requestedAt: sweptAt }),
    });
    await sweep(context);
    isRefused = false;
    await sweep(context);

    assert.equal(recall(context.memory, key("i-1")).refusedSince, undefined);
  });

  it("get one heartbeat in a sweep, though a heartbeat was due before the command and another after its refusal", async () => {
    const { calls, context } = refusing({
      instructions: { execution: 3600 },
      heartbeatTimeout: 300,
      activities: { "i-1": { startedAt: sweptAt - 150_000 }, "i-2": { startedAt: sweptAt - 150_000 } },
    });
    await sweep(context);

    assert.deepEqual(calls.filter((call) => call.startsWith("heartbeat")).sort(), [
      "heartbeat i-1",
      "heartbeat i-2",
    ]);
  });

  it("get no heartbeat for a part of the timeout in which an earlier sweep needed none", async () => {
    const began = sweptAt - 400_000;
    const commands: NonNullable<Known["commands"]>[number][] = [
      { instance: "i-1", id: "c1", status: "cancelled", requestedAt: began, endedAt: sweptAt - 60_000 },
    ];
    const { calls, clock, context } = sweepWorld({
      groups: web("i-1"),
      instructions: { execution: 3600 },
      heartbeatTimeout: 1200,
      activities: { "i-1": { startedAt: began } },
      commands,
      sends: () => {
        if (commands.length > 1) return refused;
        const sent = { requestedAt: sweptAt, endedAt: sweptAt + 1_000 };
        commands.push({ instance: "i-1", id: "c2", status: "cancelled", ...sent });
        return { kind: "sent", commandId: "c2", requestedAt: sweptAt };
      },
    });
    for (let minute = 0; minute < 2; minute += 1) {
      await sweep({ ...context, until: clock.now() + 48_000 });
      await clock.sleep(60_000);
    }

    assert.deepEqual(
      calls.filter((call) => /^(send|heartbeat) /.test(call)),
      ["send i-1", "send i-1"],
    );
  });

  it("are completed at once where they come from the warm pool", async () => {
    const { calls, context } = refusing({
      groups: { web: [{ id: "i-1", lifecycleState: "Warmed:Terminating:Wait" }] },
    });
    await sweep(context);

    assert.equal(calls.at(-1), "complete i-1");
  });
});
