"use strict";
var __create = Object.create;
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __getProtoOf = Object.getPrototypeOf;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __copyProps = (to, from, except, desc) => {
  if (from && typeof from === "object" || typeof from === "function") {
    for (let key2 of __getOwnPropNames(from))
      if (!__hasOwnProp.call(to, key2) && key2 !== except)
        __defProp(to, key2, { get: () => from[key2], enumerable: !(desc = __getOwnPropDesc(from, key2)) || desc.enumerable });
  }
  return to;
};
var __toESM = (mod, isNodeMode, target) => (target = mod != null ? __create(__getProtoOf(mod)) : {}, __copyProps(
  // If the importer is in node compatibility mode or this is not an ESM
  // file that has been converted to a CommonJS file using a Babel-
  // compatible transform (i.e. "__esModule" has not been set), then set
  // "default" to the CommonJS "module.exports" for node compatibility.
  isNodeMode || !mod || !mod.__esModule ? __defProp(target, "default", { value: mod, enumerable: true }) : target,
  mod
));
var import_strict = __toESM(require("node:assert/strict"));
var import_memory = require("../../handler/memory");
var import_sweep = require("../../handler/sweep");
var import_sweep2 = require("../../handler/sweep");
var import_payloads = require("../support/payloads");
var import_sweepWorld = require("../support/sweepWorld");
const web = (...instances) => ({ web: instances.map((id) => ({ id })) });
const key = (instance) => ({ group: "web", hook: import_sweepWorld.hookName, instance });
const running = { status: "running", requestedAt: import_sweepWorld.sweptAt - 1e4 };
describe("a look at the instances of a hook", () => {
  it("reads their commands together, hooks and activities once, and machines only of those that are unhealthy", async () => {
    const { calls, context } = (0, import_sweepWorld.sweepWorld)({
      groups: {
        web: [{ id: "i-1" }, { id: "i-2", isHealthy: false }, { id: "i-3", isHealthy: false }, { id: "i-4" }]
      },
      machines: { "i-2": "there", "i-3": "gone" }
    });
    await (0, import_sweep.sweep)(context);
    import_strict.default.deepEqual(calls, [
      `groups ${import_payloads.ids.handler}`,
      "hooks web",
      "invocations all",
      "activities web",
      "machines i-2,i-3",
      "complete i-3",
      "send i-1,i-2,i-4"
    ]);
  });
  it("takes an unhealthy machine for gone that SSM does not list", async () => {
    const { calls, context } = (0, import_sweepWorld.sweepWorld)({ groups: { web: [{ id: "i-1", isHealthy: false }] } });
    await (0, import_sweep.sweep)(context);
    import_strict.default.deepEqual(calls.slice(-2), ["machines i-1", "complete i-1"]);
  });
  it("sees to what needs no further look first", async () => {
    const { calls, context } = (0, import_sweepWorld.sweepWorld)({
      groups: web("i-1", "i-2"),
      commands: [
        { instance: "i-1", status: "ended" },
        { instance: "i-2", status: "succeeded" }
      ],
      ends: { [import_payloads.ids.command]: { status: "succeeded", endedAt: import_sweepWorld.sweptAt, output: "" } }
    });
    await (0, import_sweep.sweep)(context);
    import_strict.default.deepEqual(calls.slice(-3), ["complete i-2", `end ${import_payloads.ids.command}`, "complete i-1"]);
  });
  it("asks once how a command ended, and not again in the next sweep", async () => {
    const { calls, context } = (0, import_sweepWorld.sweepWorld)({
      groups: web("i-1"),
      commands: [{ instance: "i-1", status: "ended" }],
      ends: { [import_payloads.ids.command]: { status: "troubled", endedAt: import_sweepWorld.sweptAt - 1e3, output: "" } }
    });
    await (0, import_sweep.sweep)(context);
    await (0, import_sweep.sweep)(context);
    import_strict.default.equal(calls.filter((call) => call.startsWith("end")).length, 1);
  });
  it("waits where SSM does not show yet how a command ended, or no activity names the instance", async () => {
    const open = (status) => ({ status, endedAt: void 0, output: "" });
    for (const end of [void 0, open("pending"), open("running"), open("ended")]) {
      const { jobs: jobs2, lines: lines2, context: context2 } = (0, import_sweepWorld.sweepWorld)({
        groups: web("i-1"),
        commands: [{ instance: "i-1", status: "ended" }],
        ...end ? { ends: { [import_payloads.ids.command]: end } } : {}
      });
      await (0, import_sweep.sweep)(context2);
      import_strict.default.deepEqual(jobs2, []);
      import_strict.default.equal(lines2.at(-1)?.message, "wait: SSM does not show yet how the command ended");
    }
    const { context, jobs, lines } = (0, import_sweepWorld.sweepWorld)({
      groups: web("i-1"),
      changes: { autoScaling: { activities: () => Promise.resolve(/* @__PURE__ */ new Map()) } }
    });
    await (0, import_sweep.sweep)(context);
    import_strict.default.deepEqual(jobs, []);
    import_strict.default.equal(lines.at(-1)?.message, "wait: no scaling activity names the instance");
  });
  it("extends each third of the hook's timeout what takes longer than that", async () => {
    const { calls, clock, context } = (0, import_sweepWorld.sweepWorld)({
      groups: web("i-1"),
      instructions: { execution: 3600 },
      heartbeatTimeout: 900,
      commands: [{ instance: "i-1", ...running }]
    });
    const beats = [];
    for (let minute = 0; minute < 16; minute += 1) {
      calls.length = 0;
      await (0, import_sweep.sweep)({ ...context, until: clock.now() + 48e3 });
      if (calls.includes("heartbeat i-1")) beats.push(minute);
      await clock.sleep(6e4);
    }
    import_strict.default.deepEqual(beats, [5, 10, 15]);
    import_strict.default.equal((0, import_memory.recall)(context.memory, key("i-1")).extendedAt, import_sweepWorld.sweptAt + 15 * 6e4);
  });
  it("leaves out what is over, unless instances of the group pass hooks more than once", async () => {
    for (const repeats of [false, true]) {
      const { calls, context } = (0, import_sweepWorld.sweepWorld)({ groups: web("i-1"), group: { repeats } });
      (0, import_memory.recall)(context.memory, key("i-1")).isOver = true;
      await (0, import_sweep.sweep)(context);
      import_strict.default.equal(calls.includes("invocations i-1"), repeats);
    }
  });
  it("counts a command that was sent and is not listed yet, so that no other follows", async () => {
    const { calls, clock, context, jobs } = (0, import_sweepWorld.sweepWorld)({ groups: web("i-1") });
    await (0, import_sweep.sweep)(context);
    await clock.sleep(3e4);
    await (0, import_sweep.sweep)(context);
    import_strict.default.equal(jobs.length, 1);
    await clock.sleep(6e4);
    await (0, import_sweep.sweep)({ ...context, until: Infinity });
    import_strict.default.equal(jobs.length, 2);
    import_strict.default.ok(calls.includes("cancel c9 i-1"));
  });
  it("goes by what lists say of a command that was sent, once they show it", async () => {
    const listed = [];
    const { clock, context, jobs } = (0, import_sweepWorld.sweepWorld)({ groups: web("i-1"), commands: listed });
    await (0, import_sweep.sweep)(context);
    listed.push({ instance: "i-1", id: "c9", status: "undelivered", requestedAt: clock.now() });
    await clock.sleep(4e4);
    await (0, import_sweep.sweep)(context);
    import_strict.default.equal(jobs.length, 2);
  });
  it("puts a command that is not listed yet in its place among the others", async () => {
    const sent = { id: "c0", status: "pending", budget: 150 };
    for (const [sentAgo, listedAgo, says] of [
      [100, 20, "wait: a command came to nothing a moment ago"],
      [20, 100, "wait: the command is on its way to the agent"]
    ]) {
      const { context, lines } = (0, import_sweepWorld.sweepWorld)({
        groups: web("i-1"),
        commands: [{ instance: "i-1", status: "undelivered", requestedAt: import_sweepWorld.sweptAt - listedAgo * 1e3 }]
      });
      (0, import_memory.recall)(context.memory, key("i-1")).sent = { ...sent, requestedAt: import_sweepWorld.sweptAt - sentAgo * 1e3 };
      await (0, import_sweep.sweep)(context);
      import_strict.default.equal(lines.at(-1)?.message, says);
    }
  });
  it("takes back the command that it replaces before it sends another", async () => {
    const { calls, context } = (0, import_sweepWorld.sweepWorld)({
      groups: web("i-1"),
      commands: [{ instance: "i-1", status: "pending", requestedAt: import_sweepWorld.sweptAt - 61e3 }]
    });
    await (0, import_sweep.sweep)(context);
    import_strict.default.deepEqual(calls.slice(-3), ["heartbeat i-1", `cancel ${import_payloads.ids.command} i-1`, "send i-1"]);
  });
  it("sends at once with the time of the activity, and says where the metadata service knows nothing", async () => {
    const { context, jobs } = (0, import_sweepWorld.sweepWorld)({
      groups: { web: [{ id: "i-1" }, { id: "i-2", lifecycleState: "ReplacingRootVolume:Wait" }] },
      activities: { "i-1": { startedAt: import_sweepWorld.sweptAt - 4e4 }, "i-2": { startedAt: import_sweepWorld.sweptAt - 5e4 } }
    });
    await (0, import_sweep.sweep)(context);
    import_strict.default.deepEqual(
      jobs.map(({ instances, parameters }) => [instances.join(), parameters.since, parameters.meant]),
      [
        ["i-1", String((import_sweepWorld.sweptAt - 55e3) / 1e3), ""],
        ["i-2", String((import_sweepWorld.sweptAt - 65e3) / 1e3), "yes"]
      ]
    );
  });
  it("says since when the action is by its first command, where it has had one", async () => {
    const { context, jobs } = (0, import_sweepWorld.sweepWorld)({
      groups: web("i-1"),
      commands: [{ instance: "i-1", status: "undelivered", requestedAt: import_sweepWorld.sweptAt - 6e4 }]
    });
    await (0, import_sweep.sweep)(context);
    import_strict.default.equal(jobs[0]?.parameters.since, String((import_sweepWorld.sweptAt - 75e3) / 1e3));
  });
  it("logs for how long an instance has been waiting", async () => {
    const { context, lines } = (0, import_sweepWorld.sweepWorld)({
      groups: web("i-1", "i-2"),
      commands: [{ instance: "i-1", ...running }]
    });
    await (0, import_sweep.sweep)(context);
    import_strict.default.deepEqual(
      lines.filter(({ decision }) => decision).map(({ decision, elapsed, instance }) => [instance, decision, elapsed]),
      [
        ["i-1", "wait", 10],
        ["i-2", "run", 90]
      ]
    );
  });
});
describe("instances that SSM refuses in a sweep", () => {
  const refusing = (changes = {}) => (0, import_sweepWorld.sweepWorld)({
    groups: web("i-1", "i-2"),
    instructions: { onFailure: "abandon" },
    activities: { "i-1": { startedAt: import_sweepWorld.sweptAt - 3e4 }, "i-2": { startedAt: import_sweepWorld.sweptAt - 3e4 } },
    sends: ({ instances }) => instances.includes("i-1") ? { kind: "refused", instances: ["i-1"], whole: false, isUnknown: true, cause: "no agent" } : { kind: "sent", commandId: "c9" },
    ...changes
  });
  it("are waited for as long as an agent is, and given up by the policy", async () => {
    const { calls, clock, context, jobs, lines } = refusing();
    const until = Infinity;
    await (0, import_sweep.sweep)({ ...context, until });
    import_strict.default.deepEqual(
      jobs.map(({ instances }) => instances),
      [["i-1", "i-2"], ["i-2"]]
    );
    import_strict.default.equal((0, import_memory.recall)(context.memory, key("i-1")).refusedSince, import_sweepWorld.sweptAt);
    import_strict.default.equal((0, import_memory.recall)(context.memory, key("i-2")).refusedSince, void 0);
    import_strict.default.ok(lines.some(({ message }) => message === "wait: SSM refuses the command: no agent"));
    await clock.sleep(179e3);
    await (0, import_sweep.sweep)({ ...context, until });
    import_strict.default.ok(!calls.includes("complete i-1"));
    import_strict.default.equal((0, import_memory.recall)(context.memory, key("i-1")).refusedSince, import_sweepWorld.sweptAt);
    await clock.sleep(1e3);
    await (0, import_sweep.sweep)({ ...context, until });
    import_strict.default.ok(calls.includes("complete i-1"));
    import_strict.default.ok(lines.some(({ outcome }) => outcome === "unreachable"));
  });
  it("are asked about again from the beginning once SSM has taken a command", async () => {
    let isRefused = true;
    const { context } = refusing({
      groups: web("i-1"),
      sends: () => isRefused ? { kind: "refused", instances: ["i-1"], whole: false, isUnknown: true, cause: "no agent" } : { kind: "sent", commandId: "c9" }
    });
    await (0, import_sweep.sweep)(context);
    isRefused = false;
    await (0, import_sweep.sweep)(context);
    import_strict.default.equal((0, import_memory.recall)(context.memory, key("i-1")).refusedSince, void 0);
  });
  it("are let go at once where they come from the warm pool", async () => {
    const { calls, context } = refusing({
      groups: { web: [{ id: "i-1", lifecycleState: "Warmed:Terminating:Wait" }] }
    });
    await (0, import_sweep.sweep)(context);
    import_strict.default.equal(calls.at(-1), "complete i-1");
  });
});
describe("how far back a sweep reads commands", () => {
  const after = async (seen, changes = {}) => {
    const queries = [];
    const { context } = (0, import_sweepWorld.sweepWorld)({
      groups: web("i-1"),
      ...changes,
      changes: {
        runCommand: {
          invocations: (query) => {
            queries.push(query.after === void 0 ? void 0 : (import_sweepWorld.sweptAt - query.after) / 1e3);
            return Promise.resolve([]);
          }
        }
      }
    });
    if (seen !== void 0) context.memory.groups.set("web", import_sweepWorld.sweptAt - seen * 1e3);
    await (0, import_sweep.sweep)(context);
    return queries;
  };
  it("is as long as an action can take, and a last question and its end", async () => {
    const budget = 150;
    const longest = 2 * 180 + budget;
    import_strict.default.deepEqual(await after(void 0), [longest + budget + 2 * 120]);
  });
  it("is to where a sweep saw that nothing waited, and the time of a Spot warning before", async () => {
    import_strict.default.deepEqual(await after(60), [360]);
  });
  it("is so for the instance that needs the most", async () => {
    const queries = [];
    const { context } = (0, import_sweepWorld.sweepWorld)({
      groups: web("i-1", "i-2"),
      changes: {
        runCommand: {
          invocations: ({ after: from = 0 }) => {
            queries.push((import_sweepWorld.sweptAt - from) / 1e3);
            return Promise.resolve([]);
          }
        }
      }
    });
    for (const [id, seen] of [
      ["i-1", 500],
      ["i-2", 60]
    ]) {
      context.memory.groups.set("web", import_sweepWorld.sweptAt - seen * 1e3);
      (0, import_memory.recall)(context.memory, key(id));
    }
    await (0, import_sweep.sweep)(context);
    import_strict.default.deepEqual(queries, [800]);
  });
  it("finds a command of long ago where the activity is older than that", async () => {
    const { calls, context } = (0, import_sweepWorld.sweepWorld)({
      groups: web("i-1"),
      group: { repeats: true },
      activities: { "i-1": { startedAt: import_sweepWorld.sweptAt - 901e3 } },
      changes: {
        runCommand: {
          invocations: ({ after: from, document, instance }) => Promise.resolve(
            from === void 0 && document.includes("terminate") && instance === "i-1" ? [{ id: "c1", instance, requestedAt: import_sweepWorld.sweptAt - 900500, status: "succeeded" }] : []
          )
        }
      }
    });
    await (0, import_sweep.sweep)(context);
    import_strict.default.equal(calls.at(-1), "complete i-1");
  });
  it("is all of them, once, where the activity is older than that", async () => {
    const by = (seconds) => ({ activities: { "i-1": { startedAt: import_sweepWorld.sweptAt - seconds * 1e3 } } });
    import_strict.default.deepEqual(await after(void 0, by(900)), [900]);
    import_strict.default.deepEqual(await after(void 0, by(901)), [900, void 0]);
    import_strict.default.deepEqual(await after(60, by(901)), [360]);
  });
});
describe("a look that an event asks for", () => {
  const looked = async (known, ended) => {
    const world = (0, import_sweepWorld.sweepWorld)(known);
    await (0, import_sweep2.reconcileInstances)(world.context, "web", import_sweepWorld.hookName, ["i-1"], ended);
    return world;
  };
  it("ends where none of its instances waits", async () => {
    for (const groups of [{ web: [] }, { web: [{ id: "i-1", lifecycleState: "InService" }] }]) {
      const { calls } = await looked({ groups });
      import_strict.default.deepEqual(calls, ["describe i-1"]);
    }
  });
  it("reads hooks and activity, as it knows no tags, nor whether instances pass hooks more than once", async () => {
    const { calls } = await looked({
      groups: web("i-1"),
      commands: [{ instance: "i-1", status: "succeeded" }]
    });
    import_strict.default.deepEqual(calls, [
      "describe i-1",
      "hooks web",
      "invocations i-1",
      "activities web",
      "complete i-1"
    ]);
  });
  it("counts the command that has ended, though lists do not show it", async () => {
    const end = { status: "failed", endedAt: import_sweepWorld.sweptAt, output: "" };
    const { calls } = await looked({ groups: web("i-1"), ends: { c7: end } }, "c7");
    import_strict.default.deepEqual(calls.slice(-2), ["end c7", "complete i-1"]);
    const listed = {
      groups: web("i-1"),
      commands: [{ instance: "i-1", id: "c7", status: "succeeded" }]
    };
    import_strict.default.ok(!(await looked(listed, "c7")).calls.includes("end c7"));
  });
  it("counts it once where it is the one that was just sent", async () => {
    const end = { status: "failed", endedAt: import_sweepWorld.sweptAt, output: "" };
    const { calls, context } = (0, import_sweepWorld.sweepWorld)({ groups: web("i-1"), ends: { c9: end } });
    await (0, import_sweep.sweep)(context);
    await (0, import_sweep2.reconcileInstances)(context, "web", import_sweepWorld.hookName, ["i-1"], "c9");
    import_strict.default.deepEqual(calls.slice(-2), ["end c9", "complete i-1"]);
  });
  it("sends no heartbeat, which sweeps send when one is due", async () => {
    const { calls, context } = await looked({
      groups: web("i-1"),
      instructions: { execution: 3600 },
      heartbeatTimeout: 900,
      commands: [{ instance: "i-1", status: "running", requestedAt: import_sweepWorld.sweptAt - 31e4 }],
      activities: { "i-1": { startedAt: import_sweepWorld.sweptAt - 4e5 } }
    });
    import_strict.default.ok(!calls.includes("heartbeat i-1"));
    await (0, import_sweep.sweep)(context);
    import_strict.default.ok(calls.includes("heartbeat i-1"));
  });
  it("concerns that hook alone", async () => {
    const world = (0, import_sweepWorld.sweepWorld)({ groups: web("i-1") });
    await (0, import_sweep2.reconcileInstances)(world.context, "web", "another", ["i-1"]);
    import_strict.default.deepEqual(world.calls, ["describe i-1", "hooks web"]);
  });
  it("starts what nobody has started", async () => {
    const { jobs } = await looked({ groups: web("i-1") });
    import_strict.default.deepEqual(
      jobs.map(({ instances }) => instances),
      [["i-1"]]
    );
  });
});
