import assert from "node:assert/strict";
import { reconcileInstances, sweep } from "../../../handler/sweep";
import { instructionsFor } from "../../support/payloads";
import { hookName, sweepWorld, sweptAt, type Known } from "../../support/sweepWorld";
import { web } from "./webGroup";

describe("a look that an event asks for", () => {
  const endedNow = { id: "c7", requestedAt: sweptAt - 30_000 };
  const looked = async (known: Known, ended?: typeof endedNow & { readonly document?: string }) => {
    const world = sweepWorld(known);
    await reconcileInstances(world.context, "web", hookName, ["i-1"], ended);
    return world;
  };

  it("ends where no instance waits", async () => {
    for (const groups of [{ web: [] }, { web: [{ id: "i-1", lifecycleState: "InService" }] }]) {
      const { calls } = await looked({ groups });
      assert.deepEqual(calls, ["describe i-1"]);
    }
  });

  it("reads hooks and activity, as it knows no tags, nor whether instances pass hooks more than once", async () => {
    const { calls } = await looked({
      groups: web("i-1"),
      commands: [{ instance: "i-1", status: "succeeded" }],
    });

    assert.deepEqual(calls, [
      "describe i-1",
      "hooks web",
      "invocations i-1",
      "activities web",
      "complete i-1",
    ]);
  });

  it("counts the command that has ended, though lists do not show it", async () => {
    const end = { status: "failed", endedAt: sweptAt, output: "" } as const;
    const { calls } = await looked({ groups: web("i-1"), ends: { c7: end } }, endedNow);
    assert.deepEqual(calls.slice(-2), ["end c7", "complete i-1"]);

    const listed = {
      groups: web("i-1"),
      commands: [{ instance: "i-1", id: "c7", status: "succeeded" }],
    } as const;
    assert.ok(!(await looked(listed, endedNow)).calls.includes("end c7"));
  });

  it("does not count the end of an announcement, but of the stop document beside it", async () => {
    const { document } = instructionsFor("terminate");
    const announce = { document: `${document}-announce`, execution: 30 };
    const end = { status: "failed", endedAt: sweptAt, output: "" } as const;
    const known = { groups: web("i-1"), instructions: { announce }, ends: { c7: end } };
    const lastCallsAfter = async (ended: string) =>
      (await looked(known, { ...endedNow, document: ended })).calls.slice(-2);

    assert.deepEqual(await lastCallsAfter(announce.document), ["activities web", "send i-1"]);
    assert.deepEqual(await lastCallsAfter(document), ["end c7", "complete i-1"]);
  });

  it("counts no ended command of an earlier action, though its event comes late", async () => {
    const known = {
      groups: web("i-1"),
      ends: { c7: { status: "succeeded", endedAt: sweptAt, output: "" } },
    } as const;
    const { calls } = await looked(known, { ...endedNow, requestedAt: sweptAt - 100_000 });

    assert.ok(!calls.includes("end c7"));
    assert.ok(!calls.includes("complete i-1"));
  });

  it("counts the ended command once where it is the command that was just sent", async () => {
    const end = { status: "failed", endedAt: sweptAt, output: "" } as const;
    const { calls, context } = sweepWorld({ groups: web("i-1"), ends: { c9: end } });
    await sweep(context);
    await reconcileInstances(context, "web", hookName, ["i-1"], { id: "c9", requestedAt: sweptAt });

    assert.deepEqual(calls.slice(-2), ["end c9", "complete i-1"]);
  });

  it("sends no heartbeat, as sweeps send the heartbeats that are due", async () => {
    const { calls, context } = await looked({
      groups: web("i-1"),
      instructions: { execution: 3600 },
      heartbeatTimeout: 900,
      commands: [{ instance: "i-1", status: "running", requestedAt: sweptAt - 310_000 }],
      activities: { "i-1": { startedAt: sweptAt - 400_000 } },
    });

    assert.ok(!calls.includes("heartbeat i-1"));
    await sweep(context);
    assert.ok(calls.includes("heartbeat i-1"));
  });

  it("concerns the hook of the event alone", async () => {
    const world = sweepWorld({ groups: web("i-1") });
    await reconcileInstances(world.context, "web", "another", ["i-1"]);

    assert.deepEqual(world.calls, ["describe i-1", "hooks web"]);
  });

  it("starts a script that was not started", async () => {
    const { jobs } = await looked({ groups: web("i-1") });

    assert.deepEqual(
      jobs.map(({ instances }) => instances),
      [["i-1"]],
    );
  });
});
