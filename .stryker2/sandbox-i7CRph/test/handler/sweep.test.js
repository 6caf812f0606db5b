"use strict";
var __create = Object.create;
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __getProtoOf = Object.getPrototypeOf;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __copyProps = (to, from, except, desc) => {
  if (from && typeof from === "object" || typeof from === "function") {
    for (let key of __getOwnPropNames(from))
      if (!__hasOwnProp.call(to, key) && key !== except)
        __defProp(to, key, { get: () => from[key], enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable });
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
var import_contract = require("../../contract");
var import_errors = require("../../handler/aws/errors");
var import_memory = require("../../handler/memory");
var import_sweep = require("../../handler/sweep");
var import_course = require("../support/history/course");
var import_handlerContext = require("../support/handlerContext");
var import_payloads = require("../support/payloads");
var import_sweepWorld = require("../support/sweepWorld");
const drain = {
  transition: "terminate",
  times: { timeout: 3600, heartbeatTimeout: 900 },
  onFailure: "continue",
  deregistrationDelay: 30,
  cause: "scaleIn",
  hasWarmPool: false,
  script: { takes: 3e3, succeeds: true, sessions: 0 },
  agent: { away: [], dies: Infinity, fetch: 1, report: 0, listing: 0, failing: 0, forgets: 0 },
  busy: void 0,
  hookEvents: [0],
  commandEvents: [[0]],
  sweeps: { phase: 10, ticks: [[0]], lost: [], cold: [false] },
  outages: [],
  skews: [0],
  latencies: [0],
  again: 600
};
describe("a sweep", () => {
  const heartbeats = async (changes) => {
    const { hook } = await import_course.Course.of({ ...drain, ...changes });
    return hook.waits[0]?.heartbeats.map((at) => at / 1e3);
  };
  it("sends heartbeats on the first look into each third of the hook's timeout", async () => {
    import_strict.default.deepEqual(await heartbeats({}), [310, 610, 910, 1210, 1510, 1810, 2110, 2410, 2710]);
  });
  it("catches up on a heartbeat that fell due while AWS did not answer", async () => {
    const sent = await heartbeats({ outages: [{ from: 290, to: 400 }] });
    import_strict.default.deepEqual(sent?.slice(0, 2), [430, 610]);
  });
  it("catches up on it also in a function that remembers nothing", async () => {
    const { sweeps } = drain;
    const lost = [{ from: 290, to: 400 }];
    const cold = [
      ...Array.from({ length: 7 }, () => false),
      true,
      ...Array.from({ length: 60 }, () => false)
    ];
    const sent = await heartbeats({ sweeps: { ...sweeps, lost, cold } });
    import_strict.default.deepEqual(sent?.slice(0, 2), [430, 610]);
  });
  it("sends a heartbeat again that AWS refused, and no other", async () => {
    const answers = [false, true, true];
    const tried = [];
    let now = 0;
    const heartbeat = () => {
      tried.push(now / 1e3);
      return answers.shift() ? Promise.resolve(true) : Promise.reject(awsError());
    };
    const context = contextOf(() => now, heartbeat);
    for (now = 6e4; now < 9e5; now += 6e4) await (0, import_sweep.sweep)(context);
    import_strict.default.deepEqual(tried, [300, 360, 600]);
  });
});
describe("a sweep of many", () => {
  it("looks at every group, though AWS fails one and the handler itself another", async () => {
    const { calls, context, lines } = (0, import_sweepWorld.sweepWorld)({
      groups: { one: [{ id: "i-1" }], two: [{ id: "i-2" }], three: [{ id: "i-3" }] },
      commands: [{ instance: "i-3", status: "succeeded" }],
      fails: { "hooks one": awsError(), "hooks two": new TypeError("no") }
    });
    await (0, import_sweep.sweep)(context);
    import_strict.default.ok(calls.includes("complete i-3"));
    import_strict.default.deepEqual(
      lines.filter(({ level }) => level === "error").map(({ error, group, message }) => [group, message, error]),
      [
        ["one", "a call to AWS failed; the next sweep tries again", "Throttling: Rate exceeded"],
        ["two", "the handler itself failed; the next sweep tries again", "TypeError: no"]
      ]
    );
  });
  it("sees to every instance of a group, whatever befalls another", async () => {
    const { calls, context, jobs, lines } = (0, import_sweepWorld.sweepWorld)({
      groups: { web: [{ id: "i-1" }, { id: "i-2" }, { id: "i-3" }, { id: "i-4" }] },
      commands: [
        { instance: "i-1", status: "succeeded" },
        { instance: "i-2", status: "succeeded" },
        { instance: "i-3", status: "succeeded" }
      ],
      fails: { "complete i-1": new TypeError("no"), "complete i-2": awsError() }
    });
    await (0, import_sweep.sweep)(context);
    import_strict.default.ok(calls.includes("complete i-3"));
    import_strict.default.deepEqual(
      jobs.map(({ instances }) => instances),
      [["i-4"]]
    );
    import_strict.default.deepEqual(
      lines.filter(({ level }) => level === "error").map(({ instance }) => instance),
      ["i-1", "i-2"]
    );
  });
  it("starts no script whose action could not be extended", async () => {
    const groups = { web: [{ id: "i-1" }, { id: "i-2" }] };
    const activities = { "i-1": { startedAt: import_sweepWorld.sweptAt - 33e4 }, "i-2": { startedAt: import_sweepWorld.sweptAt - 33e4 } };
    const given = { groups, activities, fails: { "heartbeat i-1": awsError() } };
    const { calls, context, jobs } = (0, import_sweepWorld.sweepWorld)(given);
    await (0, import_sweep.sweep)(context);
    import_strict.default.ok(calls.includes("heartbeat i-1") && calls.includes("heartbeat i-2"));
    import_strict.default.deepEqual(
      jobs.map(({ instances }) => instances),
      [["i-2"]]
    );
  });
  it("makes one call where nothing waits, and knows from then on that nothing was sent before", async () => {
    const { calls, context } = (0, import_sweepWorld.sweepWorld)({ groups: { web: [{ id: "i-1", lifecycleState: "InService" }] } });
    await (0, import_sweep.sweep)(context);
    import_strict.default.deepEqual(calls, [`groups ${import_payloads.ids.handler}`]);
    import_strict.default.equal(context.memory.groups.get("web"), import_sweepWorld.sweptAt);
    import_strict.default.equal(context.memory.next, void 0);
  });
  it("looks at a group of which some wait and others serve", async () => {
    const { calls, context } = (0, import_sweepWorld.sweepWorld)({
      groups: { web: [{ id: "i-1", lifecycleState: "InService" }, { id: "i-2" }] },
      commands: [{ instance: "i-2", status: "succeeded" }]
    });
    await (0, import_sweep.sweep)(context);
    import_strict.default.equal(calls.at(-1), "complete i-2");
  });
  it("forgets what does not wait any more, and nothing else", async () => {
    const { context } = (0, import_sweepWorld.sweepWorld)({
      groups: { web: [{ id: "i-1" }, { id: "i-2", lifecycleState: "Terminating:Proceed" }] }
    });
    const key = (group, instance) => ({ group, hook: import_sweepWorld.hookName, instance });
    for (const [group, instance] of [
      ["web", "i-1"],
      ["web", "i-2"],
      ["web", "i-3"],
      ["gone", "i-1"]
    ])
      (0, import_memory.recall)(context.memory, key(group, instance));
    await (0, import_sweep.sweep)(context);
    import_strict.default.deepEqual([...context.memory.actions.keys()], [`web ${import_sweepWorld.hookName} i-1`]);
  });
  it("goes on where the last one stopped when its time is over", async () => {
    const groups = Object.fromEntries(
      Array.from({ length: 50 }, (_, index) => [`g${index}`, [{ id: `i-${index}` }]])
    );
    const { calls, clock, context, lines } = (0, import_sweepWorld.sweepWorld)({
      groups,
      commands: Array.from({ length: 50 }, (_, index) => ({ instance: `i-${index}` }))
    });
    const { hooks } = context.autoScaling;
    const slow = {
      ...context,
      autoScaling: {
        ...context.autoScaling,
        hooks: async (group) => {
          await clock.sleep(1e3);
          return hooks(group);
        }
      }
    };
    await (0, import_sweep.sweep)({ ...slow, until: import_sweepWorld.sweptAt + 5e4 });
    const looked = () => calls.filter((call) => call.startsWith("hooks")).length;
    import_strict.default.equal(looked(), 31);
    import_strict.default.equal(context.memory.next, "g31");
    import_strict.default.equal(
      lines.at(-1)?.message,
      "the time of this sweep is over; the next one goes on with 19 of 50 groups"
    );
    import_strict.default.equal(lines.at(-1)?.level, "warn");
    import_strict.default.equal(context.memory.groups.has("g31"), false);
    calls.length = 0;
    context.memory.hooks.clear();
    await (0, import_sweep.sweep)({ ...context, until: clock.now() + 48e3 });
    const looks = calls.filter((call) => call.startsWith("hooks"));
    import_strict.default.equal(looks[0], "hooks g31");
    import_strict.default.deepEqual([looks.length, new Set(looks).size], [50, 50]);
    import_strict.default.equal(context.memory.next, void 0);
  });
  it("takes a group for one that is late whose call did not begin in time, without an error", async () => {
    const { context, lines } = (0, import_sweepWorld.sweepWorld)({
      groups: { one: [{ id: "i-1" }], two: [{ id: "i-2" }] },
      commands: [{ instance: "i-2" }],
      fails: { "hooks one": new import_errors.OutOfTime() }
    });
    await (0, import_sweep.sweep)(context);
    import_strict.default.deepEqual(
      lines.filter(({ level }) => level === "error"),
      []
    );
    import_strict.default.equal(context.memory.next, "one");
  });
});
function awsError() {
  return Object.assign(new Error("Rate exceeded"), { name: "Throttling", $metadata: {}, $fault: "client" });
}
function contextOf(now, heartbeat) {
  const instructions = (0, import_payloads.instructionsFor)("terminate", { execution: 3600 });
  const instances = [{ id: import_payloads.ids.instance, lifecycleState: "Terminating:Wait", isHealthy: true }];
  const hook = {
    name: "graceful-terminate-sns",
    lifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING",
    heartbeatTimeout: 900,
    metadata: (0, import_contract.encodeInstructions)(instructions)
  };
  return (0, import_handlerContext.handlerContext)({
    now,
    autoScaling: {
      groups: () => Promise.resolve([{ name: import_payloads.ids.group, instances, repeats: false, revisions: [] }]),
      hooks: () => Promise.resolve([hook]),
      heartbeat
    },
    runCommand: {
      invocations: () => Promise.resolve([{ id: "c", instance: import_payloads.ids.instance, requestedAt: 0, status: "running" }])
    }
  });
}
