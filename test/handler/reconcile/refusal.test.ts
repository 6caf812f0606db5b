import assert from "node:assert/strict";
import { recall } from "../../../handler/memory";
import { sweep } from "../../../handler/sweep";
import { sweepWorld, sweptAt, type Known } from "../../support/sweepWorld";
import { key, web } from "./webGroup";

describe("instances that SSM refuses in a sweep", () => {
  const refusing = (changes: Known = {}) =>
    sweepWorld({
      groups: web("i-1", "i-2"),
      instructions: { onFailure: "abandon" },
      activities: { "i-1": { startedAt: sweptAt - 30_000 }, "i-2": { startedAt: sweptAt - 30_000 } },
      sends: ({ instances }) =>
        instances.includes("i-1")
          ? { kind: "refused", instances: ["i-1"], whole: false, isUnknown: true, cause: "no agent" }
          : { kind: "sent", commandId: "c9", requestedAt: sweptAt },
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
      sends: () =>
        isRefused
          ? { kind: "refused", instances: ["i-1"], whole: false, isUnknown: true, cause: "no agent" }
          : { kind: "sent", commandId: "c9", requestedAt: sweptAt },
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

  it("are completed at once where they come from the warm pool", async () => {
    const { calls, context } = refusing({
      groups: { web: [{ id: "i-1", lifecycleState: "Warmed:Terminating:Wait" }] },
    });
    await sweep(context);

    assert.equal(calls.at(-1), "complete i-1");
  });
});
