import assert from "node:assert/strict";
import { encodeInstructions, decodeInstructions } from "../../contract";
import { changed, isHook, withDeliveries, withIncidents } from "../../simulator";
import {
  abandons,
  anHour,
  bed,
  completedAfter,
  count,
  endsBeforeItsMachine,
  open,
  outcomes,
  results,
  tells,
  scriptEnds,
  starts,
  takes,
  usually,
} from "./outcomes";

describe("the handler, where the agent is in trouble", function () {
  this.timeout(120_000);
  afterEach(() => bed.close());

  for (const failsWith of [-1, 1, 127]) {
    it(`sends a command again that the agent fails at once with code ${failsWith}: the script runs once, CONTINUE`, async () => {
      await open({
        args: abandons,
        behaviour: (usual) =>
          changed(usual, {
            handling: ({ earlier }) => ({ ...usually, failsWith: earlier === 0 ? failsWith : undefined }),
          }),
      });
      await bed.scaleIn(1);
      await bed.pass(400);

      assert.equal(starts().length, 1);
      assert.deepEqual(results(), ["call CONTINUE"]);
      assert.deepEqual(outcomes(), ["succeeded"]);
      endsBeforeItsMachine();
    });
  }

  it("applies the failure policy to an agent that fails every command, and logs the reason", async () => {
    await open({
      args: abandons,
      behaviour: (usual) => changed(usual, { handling: () => ({ ...usually, failsWith: 1 }) }),
    });
    await bed.scaleIn(1);
    await bed.pass(900);

    assert.deepEqual(results(), ["call ABANDON"]);
    assert.deepEqual(outcomes(), ["unreachable"]);
    assert.ok(tells("agentFails"));
    assert.ok(completedAfter() >= 180 && completedAfter() < 180 + 120, `after ${completedAfter()} s`);
  });

  it("lets the first command go on where a second command fails in the agent", async () => {
    await open({
      args: abandons,
      behaviour: (usual) =>
        changed(
          withDeliveries(usual, isHook, ([first = 0]) => [first, first + 2_000]),
          { handling: ({ earlier }) => ({ ...usually, failsWith: earlier === 0 ? undefined : 1 }) },
        ),
      scriptSeconds: 90,
    });
    await bed.scaleIn(1);
    await bed.pass(400);

    assert.equal(count("SendCommand"), 2);
    assert.deepEqual(results(), ["call CONTINUE"]);
    assert.deepEqual(
      scriptEnds().map(({ code }) => code),
      [0],
    );
    endsBeforeItsMachine();
  });

  it("learns from the guard that the script ended with 0 where the agent never reported", async () => {
    await open({
      args: abandons,
      behaviour: (usual) =>
        changed(usual, {
          handling: ({ earlier }) => ({ ...usually, isReported: earlier > 0 }),
        }),
    });
    await bed.scaleIn(1);
    await bed.pass(900);

    assert.equal(starts().length, 1);
    assert.deepEqual(results(), ["call CONTINUE"]);
    assert.deepEqual(outcomes(), ["succeeded"]);
  });

  it("learns from the guard that the script failed where the agent never reported", async () => {
    await open({
      args: abandons,
      behaviour: (usual) =>
        changed(takes(usual, 20, 3), {
          handling: ({ earlier }) => ({ ...usually, isReported: earlier > 0 }),
        }),
    });
    await bed.scaleIn(1);
    await bed.pass(900);

    assert.equal(starts().length, 1);
    assert.deepEqual(results(), ["call ABANDON"]);
    assert.deepEqual(outcomes(), ["failed"]);
  });

  it("asks an agent that takes no command for four minutes of an hour's budget, and its script runs", async () => {
    await open({
      args: anHour,
      behaviour: (usual) => withIncidents(usual, { kind: "agentBusy", from: -1_000, to: 240_000 }),
    });
    await bed.scaleIn(1);
    await bed.pass(900);

    assert.equal(starts().length, 1);
    assert.deepEqual(results(), ["call CONTINUE"]);
  });

  it("asks an agent for as long as agentTimeout says", async () => {
    await open({
      args: { terminate: { script: "stop", timeout: 60, agentTimeout: 600, onFailure: "abandon" } },
      behaviour: (usual) => withIncidents(usual, { kind: "agentBusy", from: -1_000, to: 420_000 }),
    });
    await bed.scaleIn(1);
    await bed.pass(1200);

    assert.equal(starts().length, 1);
    assert.deepEqual(results(), ["call CONTINUE"]);
  });

  it("sends a command again that somebody cancels before the script began", async () => {
    await open({
      args: abandons,
      behaviour: (usual) =>
        changed(withIncidents(usual, { kind: "agentAway", from: -1_000, to: 20_000 }), {
          cancelledAfter: ({ earlier }) => (earlier === 0 ? 5_000 : undefined),
        }),
    });
    await bed.scaleIn(1);
    await bed.pass(400);

    assert.equal(starts().length, 1);
    assert.ok(tells("cancelledBefore"));
    assert.deepEqual(results(), ["call CONTINUE"]);
  });

  it("joins a running script whose command somebody cancels", async () => {
    await open({
      args: abandons,
      behaviour: (usual) =>
        changed(takes(usual, 90), {
          cancelledAfter: ({ earlier }) => (earlier === 0 ? 30_000 : undefined),
        }),
    });
    await bed.scaleIn(1);
    await bed.pass(400);

    assert.equal(starts().length, 1);
    assert.deepEqual(results(), ["call CONTINUE"]);
    endsBeforeItsMachine();
  });

  it("asks once more where somebody cancels the command after half an hour, however long the script has run", async () => {
    await open({
      args: anHour,
      behaviour: (usual) =>
        changed(takes(usual, 3000), {
          cancelledAfter: ({ earlier }) => (earlier === 0 ? 1800_000 : undefined),
        }),
    });
    await bed.scaleIn(1);
    await bed.pass(3600);

    assert.equal(starts().length, 1);
    assert.deepEqual(results(), ["call CONTINUE"]);
    endsBeforeItsMachine();
  });

  it("names the cancellation where somebody cancels every command", async () => {
    await open({
      args: abandons,
      behaviour: (usual) =>
        changed(withIncidents(usual, { kind: "agentAway", from: -1_000, to: 1e9 }), {
          cancelledAfter: () => 2_000,
        }),
    });
    await bed.scaleIn(1);
    await bed.pass(900);

    assert.ok(tells("cancelled"));
    assert.deepEqual(results(), ["call ABANDON"]);
  });

  it("does not say that a script overran whose step began minutes late", async () => {
    await open({
      args: abandons,
      behaviour: (usual) =>
        changed(takes(usual, 100), { handling: () => ({ ...usually, startsAfter: 100_000 }) }),
    });
    await bed.scaleIn(1);
    await bed.pass(900);

    assert.equal(starts().length, 1);
    assert.deepEqual(
      scriptEnds().map(({ code }) => code),
      [0],
    );
    assert.deepEqual(results(), ["call CONTINUE"]);
    endsBeforeItsMachine();
  });

  it("gives a running script the budget that it was sent with, even if a deployment changes the hook", async () => {
    await open({
      args: { terminate: { script: "stop", timeout: 900, onFailure: "abandon" } },
      behaviour: (usual) => takes(usual, 600),
    });
    await bed.scaleIn(1);
    await bed.pass(30);
    const [hook] = bed.group.hooks.values();
    const instructions = decodeInstructions(hook?.notificationMetadata);
    assert.ok(hook && instructions);
    bed.simulator.autoScaling.putHook(bed.group, {
      ...hook,
      notificationMetadata: encodeInstructions({ ...instructions, execution: 10 }),
    });
    bed.group.tags = { ...bed.group.tags, ["graceful-asg:hooks"]: "terminate=00000000" };
    await bed.pass(900);

    assert.deepEqual(
      scriptEnds().map(({ code }) => code),
      [0],
    );
    assert.deepEqual(results(), ["call CONTINUE"]);
    endsBeforeItsMachine();
  });
});
