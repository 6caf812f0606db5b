import assert from "node:assert/strict";
import type { Sent } from "../../handler/aws/refusal";
import { recall } from "../../handler/memory";
import { sweep } from "../../handler/sweep";
import { reconcileInstances } from "../../handler/sweep";
import { ids } from "../support/payloads";
import { hookName, sweepWorld, sweptAt, type Known } from "../support/sweepWorld";

const web = (...instances: readonly string[]) => ({ web: instances.map((id) => ({ id })) });
const key = (instance: string) => ({ group: "web", hook: hookName, instance });
const refused: Sent = {
  kind: "refused",
  instances: ["i-1"],
  whole: false,
  isUnknown: true,
  cause: "no agent",
};
const running = { status: "running", requestedAt: sweptAt - 10_000 } as const;

describe("a look at the instances of a hook", () => {
  it("reads their commands together, hooks and activities once, and machines only of those that are unhealthy", async () => {
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

  it("sees to what needs no further look first", async () => {
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

  it("extends each third of the hook's timeout what takes longer than that", async () => {
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

  it("sends no heartbeat for a part of the timeout in which a sweep needed none", async () => {
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

  it("leaves out what is over, unless instances of the group pass hooks more than once", async () => {
    for (const repeats of [false, true]) {
      const { calls, context } = sweepWorld({ groups: web("i-1"), group: { repeats } });
      recall(context.memory, key("i-1")).isOver = true;
      await sweep(context);

      assert.equal(calls.includes("invocations i-1"), repeats);
    }
  });

  it("counts a command that was sent and is not listed yet, so that no other follows", async () => {
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

  it("goes by what lists say of a command that was sent, once they show it", async () => {
    const listed: { instance: string; id: string; status: "undelivered"; requestedAt: number }[] = [];
    const { clock, context, jobs } = sweepWorld({ groups: web("i-1"), commands: listed });
    await sweep(context);
    listed.push({ instance: "i-1", id: "c9", status: "undelivered", requestedAt: clock.now() });
    await clock.sleep(40_000);
    await sweep(context);

    assert.equal(jobs.length, 2);
  });

  it("puts a command that is not listed yet in its place among the others", async () => {
    const sent = { id: "c0", status: "pending", budget: 150 } as const;
    for (const [sentAgo, listedAgo, says] of [
      [100, 20, "wait: a command came to nothing a moment ago"],
      [20, 100, "wait: the command is on its way to the agent"],
    ] as const) {
      const { context, lines } = sweepWorld({
        groups: web("i-1"),
        commands: [{ instance: "i-1", status: "undelivered", requestedAt: sweptAt - listedAgo * 1000 }],
      });
      recall(context.memory, key("i-1")).sent = { ...sent, requestedAt: sweptAt - sentAgo * 1000 };
      await sweep(context);

      assert.equal(lines.at(-1)?.message, says);
    }
  });

  it("takes back the command that it replaces before it sends another", async () => {
    const { calls, context } = sweepWorld({
      groups: web("i-1"),
      commands: [{ instance: "i-1", status: "pending", requestedAt: sweptAt - 61_000 }],
    });
    await sweep(context);

    assert.deepEqual(calls.slice(-3), ["heartbeat i-1", `cancel ${ids.command} i-1`, "send i-1"]);
  });

  it("sends at once with the time of the activity, and says where the metadata service knows nothing", async () => {
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

  it("says since when the action is by its first command, where it has had one", async () => {
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

describe("instances that SSM refuses in a sweep", () => {
  const refusing = (changes: Known = {}) =>
    sweepWorld({
      groups: web("i-1", "i-2"),
      instructions: { onFailure: "abandon" },
      activities: { "i-1": { startedAt: sweptAt - 30_000 }, "i-2": { startedAt: sweptAt - 30_000 } },
      sends: ({ instances }) =>
        instances.includes("i-1") ? refused : { kind: "sent", commandId: "c9", requestedAt: sweptAt },
      ...changes,
    });

  it("are waited for as long as an agent is, and given up by the policy", async () => {
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

  it("are asked about again from the beginning once SSM has taken a command", async () => {
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

  it("get one heartbeat in a sweep, though one was due before the command and one after its refusal", async () => {
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

  it("are let go at once where they come from the warm pool", async () => {
    const { calls, context } = refusing({
      groups: { web: [{ id: "i-1", lifecycleState: "Warmed:Terminating:Wait" }] },
    });
    await sweep(context);

    assert.equal(calls.at(-1), "complete i-1");
  });
});

describe("how far back a sweep reads commands", () => {
  const after = async (seen: number | undefined, changes: Known = {}) => {
    const queries: (number | undefined)[] = [];
    const { context } = sweepWorld({
      groups: web("i-1"),
      ...changes,
      changes: {
        runCommand: {
          invocations: (query) => {
            queries.push(query.after === undefined ? undefined : (sweptAt - query.after) / 1000);
            return Promise.resolve([]);
          },
        },
      },
    });
    if (seen !== undefined) context.memory.groups.set("web", sweptAt - seen * 1000);
    await sweep(context);
    return queries;
  };

  it("is as long as an action can take, and a last question and its end", async () => {
    const budget = 150;
    const drain = 30;
    const longest = drain + 2 * 180 + budget;

    assert.deepEqual(await after(undefined), [longest + budget + 2 * 120]);
  });

  it("is to where a sweep saw that nothing waited, and the time of a Spot warning and of the drain before", async () => {
    assert.deepEqual(await after(60), [390]);
  });

  it("is so for the instance that needs the most", async () => {
    const queries: number[] = [];
    const { context } = sweepWorld({
      groups: web("i-1", "i-2"),
      changes: {
        runCommand: {
          invocations: ({ after: from = 0 }) => {
            queries.push((sweptAt - from) / 1000);
            return Promise.resolve([]);
          },
        },
      },
    });
    for (const [id, seen] of [
      ["i-1", 500],
      ["i-2", 60],
    ] as const) {
      context.memory.groups.set("web", sweptAt - seen * 1000);
      recall(context.memory, key(id));
    }
    await sweep(context);

    assert.deepEqual(queries, [830]);
  });

  it("finds a command of long ago where the activity is older than that", async () => {
    const { calls, context } = sweepWorld({
      groups: web("i-1"),
      group: { repeats: true },
      activities: { "i-1": { startedAt: sweptAt - 931_000 } },
      changes: {
        runCommand: {
          invocations: ({ after: from, document, instance }) =>
            Promise.resolve(
              from === undefined && document.includes("terminate") && instance === "i-1"
                ? [{ id: "c1", instance, requestedAt: sweptAt - 930_500, status: "succeeded" }]
                : [],
            ),
        },
      },
    });
    await sweep(context);

    assert.equal(calls.at(-1), "complete i-1");
  });

  it("is farther where a clock that is wrong takes the action for older, whatever is remembered of it", async () => {
    const { context, lines } = sweepWorld({
      groups: web("i-1"),
      instructions: { onFailure: "abandon" },
      activities: { "i-1": { startedAt: sweptAt - 1_500_000 } },
      changes: {
        runCommand: {
          invocations: ({ after: from }) =>
            Promise.resolve(
              from === undefined
                ? [{ id: "c1", instance: "i-1", requestedAt: sweptAt - 1_400_000, status: "succeeded" }]
                : [],
            ),
        },
      },
    });
    const own = recall(context.memory, key("i-1"));
    own.activity = { startedAt: sweptAt - 1_500_000, cause: "", retainedBefore: false };
    own.sent = { id: "c1", requestedAt: sweptAt - 1_400_000, status: "pending" };
    await sweep(context);

    assert.equal(lines.at(-1)?.message, "completed with CONTINUE: the script succeeded");
  });

  it("covers what is remembered of the action, so that it is not read again", async () => {
    const { calls, context } = sweepWorld({ groups: web("i-1") });
    const activity = { startedAt: sweptAt - 930_000, cause: "", retainedBefore: false };
    recall(context.memory, key("i-1")).activity = activity;
    await sweep(context);

    assert.equal(calls.includes("activities web"), false);
  });

  it("is all of them, once, where the activity is older than that", async () => {
    const by = (seconds: number) => ({ activities: { "i-1": { startedAt: sweptAt - seconds * 1000 } } });

    assert.deepEqual(await after(undefined, by(930)), [930]);
    assert.deepEqual(await after(undefined, by(931)), [930, undefined]);
    assert.deepEqual(await after(60, by(391)), [390, undefined]);
  });
});

describe("a look that an event asks for", () => {
  const looked = async (known: Known, ended?: string) => {
    const world = sweepWorld(known);
    await reconcileInstances(world.context, "web", hookName, ["i-1"], ended);
    return world;
  };

  it("ends where none of its instances waits", async () => {
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
    const { calls } = await looked({ groups: web("i-1"), ends: { c7: end } }, "c7");
    assert.deepEqual(calls.slice(-2), ["end c7", "complete i-1"]);

    const listed = {
      groups: web("i-1"),
      commands: [{ instance: "i-1", id: "c7", status: "succeeded" }],
    } as const;
    assert.ok(!(await looked(listed, "c7")).calls.includes("end c7"));
  });

  it("counts it once where it is the one that was just sent", async () => {
    const end = { status: "failed", endedAt: sweptAt, output: "" } as const;
    const { calls, context } = sweepWorld({ groups: web("i-1"), ends: { c9: end } });
    await sweep(context);
    await reconcileInstances(context, "web", hookName, ["i-1"], "c9");

    assert.deepEqual(calls.slice(-2), ["end c9", "complete i-1"]);
  });

  it("sends no heartbeat, which sweeps send when one is due", async () => {
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

  it("concerns that hook alone", async () => {
    const world = sweepWorld({ groups: web("i-1") });
    await reconcileInstances(world.context, "web", "another", ["i-1"]);

    assert.deepEqual(world.calls, ["describe i-1", "hooks web"]);
  });

  it("starts what nobody has started", async () => {
    const { jobs } = await looked({ groups: web("i-1") });

    assert.deepEqual(
      jobs.map(({ instances }) => instances),
      [["i-1"]],
    );
  });
});
