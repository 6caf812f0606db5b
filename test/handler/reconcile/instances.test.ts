import assert from "node:assert/strict";
import { recall } from "../../../handler/memory";
import { sweep } from "../../../handler/sweep";
import { ids } from "../../support/payloads";
import { sweepWorld, sweptAt } from "../../support/sweepWorld";
import { key, web } from "./webGroup";

describe("a look at the instances of a hook", () => {
  const running = { status: "running", requestedAt: sweptAt - 10_000 } as const;

  it("reads the commands together, hooks and activities once, and machines only of unhealthy instances", async () => {
    const { calls, context } = sweepWorld({
      groups: {
        web: [{ id: "i-1" }, { id: "i-2", isHealthy: false }, { id: "i-3", isHealthy: false }, { id: "i-4" }],
      },
      machines: { "i-2": "there", "i-3": "gone" },
    });
    await sweep(context);

    assert.deepEqual(calls, [
      `groups ${ids.handler}`,
      "hooks web",
      "invocations all",
      "activities web",
      "machines i-2,i-3",
      "complete i-3",
      "send i-1,i-2,i-4",
    ]);
  });

  it("takes an unhealthy machine for gone that SSM does not list", async () => {
    const { calls, context } = sweepWorld({ groups: { web: [{ id: "i-1", isHealthy: false }] } });
    await sweep(context);

    assert.deepEqual(calls.slice(-2), ["machines i-1", "complete i-1"]);
  });

  it("first handles the instances that need no further call", async () => {
    const { calls, context } = sweepWorld({
      groups: web("i-1", "i-2"),
      commands: [
        { instance: "i-1", status: "ended" },
        { instance: "i-2", status: "succeeded" },
      ],
      ends: { [ids.command]: { status: "succeeded", endedAt: sweptAt, output: "" } },
    });
    await sweep(context);

    assert.deepEqual(calls.slice(-3), ["complete i-2", `end ${ids.command}`, "complete i-1"]);
  });

  it("asks once how a command ended, and not again in the next sweep", async () => {
    const { calls, context } = sweepWorld({
      groups: web("i-1"),
      commands: [{ instance: "i-1", status: "ended" }],
      ends: { [ids.command]: { status: "troubled", endedAt: sweptAt - 1_000, output: "" } },
    });
    await sweep(context);
    await sweep(context);

    assert.equal(calls.filter((call) => call.startsWith("end")).length, 1);
  });

  it("waits where SSM does not show yet how a command ended, or no activity names the instance", async () => {
    const open = (status: "pending" | "running" | "ended") => ({ status, endedAt: undefined, output: "" });
    for (const end of [undefined, open("pending"), open("running"), open("ended")]) {
      const { jobs, lines, context } = sweepWorld({
        groups: web("i-1"),
        commands: [{ instance: "i-1", status: "ended" }],
        ...(end ? { ends: { [ids.command]: end } } : {}),
      });
      await sweep(context);
      assert.deepEqual(jobs, []);
      assert.equal(lines.at(-1)?.message, "wait: SSM does not show yet how the command ended");
    }
    const { context, jobs, lines } = sweepWorld({
      groups: web("i-1"),
      changes: { autoScaling: { activities: () => Promise.resolve(new Map()) } },
    });
    await sweep(context);
    assert.deepEqual(jobs, []);
    assert.equal(lines.at(-1)?.message, "wait: no scaling activity names the instance");
  });

  it("extends an action in each third of the hook's timeout where the script may take longer", async () => {
    const { calls, clock, context } = sweepWorld({
      groups: web("i-1"),
      instructions: { execution: 3600 },
      heartbeatTimeout: 900,
      commands: [{ instance: "i-1", ...running }],
    });
    const beats: number[] = [];
    for (let minute = 0; minute < 16; minute += 1) {
      calls.length = 0;
      await sweep({ ...context, until: clock.now() + 48_000 });
      if (calls.includes("heartbeat i-1")) beats.push(minute);
      await clock.sleep(60_000);
    }

    assert.deepEqual(beats, [5, 10, 15]);
    assert.equal(recall(context.memory, key("i-1")).extendedAt, sweptAt + 15 * 60_000);
  });

  it("leaves out an action that is over, unless instances of the group pass hooks more than once", async () => {
    for (const repeats of [false, true]) {
      const { calls, context } = sweepWorld({ groups: web("i-1"), group: { repeats } });
      recall(context.memory, key("i-1")).isOver = true;
      await sweep(context);

      assert.equal(calls.includes("invocations i-1"), repeats);
    }
  });

  it("counts a command that was sent and is not listed yet, so that no second command follows", async () => {
    const { calls, clock, context, jobs } = sweepWorld({ groups: web("i-1") });
    await sweep(context);
    await clock.sleep(30_000);
    await sweep(context);
    assert.equal(jobs.length, 1);

    await clock.sleep(60_000);
    await sweep({ ...context, until: Infinity });
    assert.equal(jobs.length, 2);
    assert.ok(calls.includes("cancel c9 i-1"));
  });

  it("goes by the list once the list shows a command that was sent", async () => {
    const listed: { instance: string; id: string; status: "undelivered"; requestedAt: number }[] = [];
    const { clock, context, jobs } = sweepWorld({ groups: web("i-1"), commands: listed });
    await sweep(context);
    listed.push({ instance: "i-1", id: "c9", status: "undelivered", requestedAt: clock.now() });
    await clock.sleep(40_000);
    await sweep(context);

    assert.equal(jobs.length, 2);
  });

  it("puts a command that is not listed yet in its place among the listed commands", async () => {
    const sent = { id: "c0", status: "pending", budget: 150 } as const;
    for (const [sentAgo, listedAgo, code] of [
      [100, 20, "endedJustNow"],
      [20, 100, "pending"],
    ] as const) {
      const { context, lines } = sweepWorld({
        groups: web("i-1"),
        commands: [{ instance: "i-1", status: "undelivered", requestedAt: sweptAt - listedAgo * 1000 }],
      });
      recall(context.memory, key("i-1")).sent = { ...sent, requestedAt: sweptAt - sentAgo * 1000 };
      await sweep(context);

      assert.equal(lines.at(-1)?.code, code);
    }
  });

  it("cancels the command that it replaces before it sends another command", async () => {
    const { calls, context } = sweepWorld({
      groups: web("i-1"),
      commands: [{ instance: "i-1", status: "pending", requestedAt: sweptAt - 61_000 }],
    });
    await sweep(context);

    assert.deepEqual(calls.slice(-3), ["heartbeat i-1", `cancel ${ids.command} i-1`, "send i-1"]);
  });

  it("sends the time of the activity with a command, and says where the metadata service knows nothing", async () => {
    const { context, jobs } = sweepWorld({
      groups: { web: [{ id: "i-1" }, { id: "i-2", lifecycleState: "ReplacingRootVolume:Wait" }] },
      activities: { "i-1": { startedAt: sweptAt - 40_000 }, "i-2": { startedAt: sweptAt - 50_000 } },
    });
    await sweep(context);

    assert.deepEqual(
      jobs.map(({ instances, parameters }) => [instances.join(), parameters.since, parameters.meant]),
      [
        ["i-1", String((sweptAt - 55_000) / 1000), ""],
        ["i-2", String((sweptAt - 65_000) / 1000), "yes"],
      ],
    );
  });

  it("sends the time of the action's first command where there was a command before", async () => {
    const { context, jobs } = sweepWorld({
      groups: web("i-1"),
      commands: [{ instance: "i-1", status: "undelivered", requestedAt: sweptAt - 60_000 }],
    });
    await sweep(context);

    assert.equal(jobs[0]?.parameters.since, String((sweptAt - 75_000) / 1000));
  });

  it("logs for how long an instance has been waiting", async () => {
    const { context, lines } = sweepWorld({
      groups: web("i-1", "i-2"),
      commands: [{ instance: "i-1", ...running }],
    });
    await sweep(context);

    assert.deepEqual(
      lines
        .filter(({ decision }) => decision)
        .map(({ decision, elapsed, instance }) => [instance, decision, elapsed]),
      [
        ["i-1", "wait", 10],
        ["i-2", "run", 60],
      ],
    );
  });
});
