import assert from "node:assert/strict";
import { encodeInstructions } from "../../contract";
import type { Context } from "../../handler/context";
import { OutOfTime } from "../../handler/aws/errors";
import { recall } from "../../handler/memory";
import { sweep } from "../../handler/sweep";
import { Course } from "../support/history/course";
import { handlerContext } from "../support/handlerContext";
import type { History } from "../support/history/history";
import { ids, instructionsFor } from "../support/payloads";
import { hookName, sweepWorld, sweptAt } from "../support/sweepWorld";

/** A drain of 50 minutes with a heartbeat every five minutes, on a good day. */
const drain: History = {
  transition: "terminate",
  times: { timeout: 3600, heartbeatTimeout: 900 },
  onFailure: "continue",
  deregistrationDelay: 30,
  cause: "scaleIn",
  hasWarmPool: false,
  script: { takes: 3000, succeeds: true, sessions: 0 },
  agent: { away: [], dies: Infinity, fetch: 1, report: 0, listing: 0, failing: 0, forgets: 0 },
  hold: undefined,
  busy: undefined,
  hookEvents: [0],
  commandEvents: [[0]],
  sweeps: { phase: 10, ticks: [[0]], lost: [], cold: [false] },
  outages: [],
  skews: [0],
  latencies: [0],
  again: 600,
};

describe("a sweep", () => {
  const heartbeats = async (changes: Partial<History>) => {
    const { hook } = await Course.of({ ...drain, ...changes });
    return hook.waits[0]?.heartbeats.map((at) => at / 1000);
  };

  it("sends heartbeats on the first look into each third of the hook's timeout", async () => {
    assert.deepEqual(await heartbeats({}), [310, 610, 910, 1210, 1510, 1810, 2110, 2410, 2710]);
  });

  it("catches up on a heartbeat that fell due while AWS did not answer", async () => {
    const sent = await heartbeats({ outages: [{ from: 290, to: 400 }] });

    assert.deepEqual(sent?.slice(0, 2), [430, 610]);
  });

  it("catches up on a late heartbeat also in a function that remembers nothing", async () => {
    const { sweeps } = drain;
    const lost = [{ from: 290, to: 400 }];
    const cold = [
      ...Array.from({ length: 7 }, () => false),
      true,
      ...Array.from({ length: 60 }, () => false),
    ];
    const sent = await heartbeats({ sweeps: { ...sweeps, lost, cold } });

    assert.deepEqual(sent?.slice(0, 2), [430, 610]);
  });

  it("sends a heartbeat again that AWS refused, and no other", async () => {
    const answers = [false, true, true];
    const tried: number[] = [];
    let now = 0;
    const heartbeat = () => {
      tried.push(now / 1000);
      return answers.shift() ? Promise.resolve(true) : Promise.reject(awsError());
    };
    const context = contextOf(() => now, heartbeat);
    for (now = 60_000; now < 900_000; now += 60_000) await sweep(context);

    assert.deepEqual(tried, [300, 360, 600]);
  });
});

describe("a sweep of many instances", () => {
  it("looks at every group, though AWS fails for one group and the handler itself for another", async () => {
    const { calls, context, lines } = sweepWorld({
      groups: { one: [{ id: "i-1" }], two: [{ id: "i-2" }], three: [{ id: "i-3" }] },
      commands: [{ instance: "i-3", status: "succeeded" }],
      fails: { "hooks one": awsError(), "hooks two": new TypeError("no") },
    });
    await sweep(context);

    assert.ok(calls.includes("complete i-3"));
    assert.deepEqual(
      lines
        .filter(({ level }) => level === "error")
        .map(({ error, group, message }) => [group, message, error]),
      [
        ["one", "a call to AWS failed; the next sweep tries again", "Throttling: Rate exceeded"],
        ["two", "the handler itself failed; the next sweep tries again", "TypeError: no"],
      ],
    );
  });

  it("handles every instance of a group, though another instance fails", async () => {
    const { calls, context, jobs, lines } = sweepWorld({
      groups: { web: [{ id: "i-1" }, { id: "i-2" }, { id: "i-3" }, { id: "i-4" }] },
      commands: [
        { instance: "i-1", status: "succeeded" },
        { instance: "i-2", status: "succeeded" },
        { instance: "i-3", status: "succeeded" },
      ],
      fails: { "complete i-1": new TypeError("no"), "complete i-2": awsError() },
    });
    await sweep(context);

    assert.ok(calls.includes("complete i-3"));
    assert.deepEqual(
      jobs.map(({ instances }) => instances),
      [["i-4"]],
    );
    assert.deepEqual(
      lines.filter(({ level }) => level === "error").map(({ instance }) => instance),
      ["i-1", "i-2"],
    );
  });

  it("starts no script whose action could not be extended", async () => {
    const groups = { web: [{ id: "i-1" }, { id: "i-2" }] };
    const activities = { "i-1": { startedAt: sweptAt - 330_000 }, "i-2": { startedAt: sweptAt - 330_000 } };
    const given = { groups, activities, fails: { "heartbeat i-1": awsError() } };
    const { calls, context, jobs } = sweepWorld(given);
    await sweep(context);

    assert.ok(calls.includes("heartbeat i-1") && calls.includes("heartbeat i-2"));
    assert.deepEqual(
      jobs.map(({ instances }) => instances),
      [["i-2"]],
    );
  });

  it("makes one call where no instance waits, and remembers that no command was sent before", async () => {
    const { calls, context } = sweepWorld({ groups: { web: [{ id: "i-1", lifecycleState: "InService" }] } });
    await sweep(context);

    assert.deepEqual(calls, [`groups ${ids.handler}`]);
    assert.equal(context.memory.groups.get("web"), sweptAt);
    assert.equal(context.memory.next, undefined);
  });

  it("looks at a group where some instances wait and others serve", async () => {
    const { calls, context } = sweepWorld({
      groups: { web: [{ id: "i-1", lifecycleState: "InService" }, { id: "i-2" }] },
      commands: [{ instance: "i-2", status: "succeeded" }],
    });
    await sweep(context);

    assert.equal(calls.at(-1), "complete i-2");
  });

  it("forgets the actions of instances that do not wait any more, and no other action", async () => {
    const { context } = sweepWorld({
      groups: { web: [{ id: "i-1" }, { id: "i-2", lifecycleState: "Terminating:Proceed" }] },
    });
    const key = (group: string, instance: string) => ({ group, hook: hookName, instance });
    for (const [group, instance] of [
      ["web", "i-1"],
      ["web", "i-2"],
      ["web", "i-3"],
      ["gone", "i-1"],
    ] as const)
      recall(context.memory, key(group, instance));
    await sweep(context);

    assert.deepEqual([...context.memory.actions.keys()], [`web ${hookName} i-1`]);
  });

  it("goes on where the last sweep stopped when its time was over", async () => {
    const groups = Object.fromEntries(
      Array.from({ length: 50 }, (_, index) => [`g${index}`, [{ id: `i-${index}` }]]),
    );
    const { calls, clock, context, lines } = sweepWorld({
      groups,
      commands: Array.from({ length: 50 }, (_, index) => ({ instance: `i-${index}` })),
    });
    const { hooks } = context.autoScaling;
    const slow = {
      ...context,
      autoScaling: {
        ...context.autoScaling,
        hooks: async (group: string) => {
          await clock.sleep(1_000);
          return hooks(group);
        },
      },
    };
    await sweep({ ...slow, until: sweptAt + 50_000 });
    const looked = () => calls.filter((call) => call.startsWith("hooks")).length;

    // Each group takes a second, and no group is looked at once more than 60 % of the time is over.
    assert.equal(looked(), 31);
    assert.equal(context.memory.next, "g31");
    assert.equal(
      lines.at(-1)?.message,
      "the time of this sweep is over; the next one goes on with 19 of 50 groups",
    );
    assert.equal(lines.at(-1)?.level, "warn");
    assert.equal(context.memory.groups.has("g31"), false);
    calls.length = 0;
    context.memory.hooks.clear();
    await sweep({ ...context, until: clock.now() + 48_000 });
    const looks = calls.filter((call) => call.startsWith("hooks"));
    assert.equal(looks[0], "hooks g31");
    assert.deepEqual([looks.length, new Set(looks).size], [50, 50]);
    assert.equal(context.memory.next, undefined);
  });

  it("leaves a group whose call did not begin in time to the next sweep, without an error", async () => {
    const { context, lines } = sweepWorld({
      groups: { one: [{ id: "i-1" }], two: [{ id: "i-2" }] },
      commands: [{ instance: "i-2" }],
      fails: { "hooks one": new OutOfTime() },
    });
    await sweep(context);

    assert.deepEqual(
      lines.filter(({ level }) => level === "error"),
      [],
    );
    assert.equal(context.memory.next, "one");
  });
});

/** AWS's answer to too many calls. */
function awsError(): Error {
  return Object.assign(new Error("Rate exceeded"), { name: "Throttling", $metadata: {}, $fault: "client" });
}

/** A group with one instance, which has been running its script since instant 0. */
function contextOf(now: () => number, heartbeat: () => Promise<boolean>): Context {
  const instructions = instructionsFor("terminate", { execution: 3600 });
  const instances = [
    { id: ids.instance, lifecycleState: "Terminating:Wait", isHealthy: true, isProtected: false },
  ];
  const hook = {
    name: "graceful-terminate-sns",
    lifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING",
    heartbeatTimeout: 900,
    metadata: encodeInstructions(instructions),
  };
  return handlerContext({
    now,
    autoScaling: {
      groups: () =>
        Promise.resolve([
          {
            name: ids.group,
            instances,
            hasUnreadPool: false,
            repeats: false,
            busy: undefined,
            revisions: [],
          },
        ]),
      hooks: () => Promise.resolve([hook]),
      heartbeat,
    },
    runCommand: {
      invocations: () =>
        Promise.resolve([{ id: "c", instance: ids.instance, requestedAt: 0, status: "running" }]),
    },
  });
}
