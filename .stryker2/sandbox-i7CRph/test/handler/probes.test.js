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
var import_probe = require("../../handler/probe");
var import_sweep = require("../../handler/sweep");
var import_timeline = require("../support/history/timeline");
var import_sweepWorld = require("../support/sweepWorld");
async function swept(instances, takes, isBusy, known = {}) {
  const timeline = new import_timeline.Timeline();
  const groups = { web: Array.from({ length: instances }, (_, index) => ({ id: `i-${index}` })) };
  const asked = [];
  const sentAt = [];
  let running = 0;
  let most = 0;
  const world = (0, import_sweepWorld.sweepWorld)({
    groups,
    instructions: { maxWait: 600, execution: 720 },
    heartbeatTimeout: 1050,
    ...known,
    sends: () => {
      sentAt.push(timeline.now);
      return { kind: "sent", commandId: "c9" };
    }
  });
  const context = {
    ...world.context,
    isBusy: async ({ instanceId }) => {
      asked.push({ id: instanceId, at: timeline.now });
      most = Math.max(most, running += 1);
      await timeline.sleep(takes);
      running -= 1;
      return isBusy(instanceId);
    },
    clock: {
      now: () => import_sweepWorld.sweptAt + timeline.now,
      sleep: (milliseconds) => timeline.sleep(milliseconds),
      within: (milliseconds, promise) => Promise.race([promise, timeline.sleep(milliseconds).then(() => void 0)])
    },
    until: known.changes?.until ?? world.context.until
  };
  const play = async () => {
    let isOver = false;
    void (0, import_sweep.sweep)(context).then(() => {
      isOver = true;
    });
    await new Promise(setImmediate);
    await timeline.play(() => isOver);
    await new Promise(setImmediate);
    import_strict.default.ok(isOver);
  };
  await play();
  return { ...world, context, asked, sentAt, most, play, timeline };
}
describe("the probe", () => {
  it("is asked about twenty instances side by side, and scripts start as answers come", async () => {
    const { asked, jobs, most, sentAt } = await swept(60, 2e3, () => false);
    import_strict.default.equal(most, 20);
    import_strict.default.deepEqual(
      asked.map(({ at }) => at),
      [...Array(20).fill(0), ...Array(20).fill(2e3), ...Array(20).fill(4e3)]
    );
    import_strict.default.deepEqual(sentAt, [5e3, 6e3]);
    import_strict.default.deepEqual(
      jobs.map(({ instances }) => instances.length),
      [40, 20]
    );
  });
  it("holds a script up where it says busy, and only there", async () => {
    const { jobs, lines } = await swept(3, 10, (id) => id === "i-1");
    import_strict.default.deepEqual(
      jobs.map(({ instances }) => instances),
      [["i-0", "i-2"]]
    );
    import_strict.default.deepEqual(
      lines.map(({ instance, message }) => [instance, message.replace(/^sent.*/, "sent")]),
      [
        ["i-0", "run: the instance waits and no command is on its way"],
        ["i-1", "wait: the instance is busy"],
        ["i-2", "run: the instance waits and no command is on its way"],
        [void 0, "sent"]
      ]
    );
    import_strict.default.equal(jobs[0]?.parameters.sessionWait, "510");
  });
  it("takes no more than 15 s of a sweep, which says how many it leaves; the next begins with these", async () => {
    const { asked, context, lines, play } = await swept(80, 7500, () => true);
    import_strict.default.equal(asked.length, 40);
    import_strict.default.ok(asked.every(({ at }) => at < 15e3));
    const says = "isBusy takes too long: 40 instances are asked by the next sweep";
    import_strict.default.deepEqual(lines.at(-1), { level: "warn", message: says });
    asked.length = 0;
    Object.assign(context, { until: context.until + 6e5 });
    await play();
    import_strict.default.deepEqual(
      asked.map(({ id }) => id),
      Array.from({ length: 40 }, (_, index) => `i-${index + 40}`)
    );
  });
  it("is not asked once the time of the invocation is over", async () => {
    const { asked } = await swept(80, 4e3, () => true, { changes: { until: import_sweepWorld.sweptAt + 6e3 } });
    import_strict.default.equal(asked.length, 40);
  });
  it("has those started with the first answers that it is not asked about", async () => {
    const { sentAt } = await swept(3, 8e3, () => true, {
      // The time in which the probe may hold it up is over.
      activities: { "i-1": { startedAt: import_sweepWorld.sweptAt - 64e4 } }
    });
    import_strict.default.deepEqual(sentAt, [8e3]);
  });
});
describe("an answer of the probe", () => {
  const ask = (isBusy, within) => {
    const { context, lines } = (0, import_sweepWorld.sweepWorld)();
    const clock = { now: () => 0, sleep: () => Promise.resolve(), within: within ?? context.clock.within };
    const subject = {
      group: "web",
      hook: "graceful-terminate-sns",
      instance: "i-1",
      transition: "terminate",
      token: void 0
    };
    return { lines, answer: (0, import_probe.probe)({ ...context, isBusy, clock }, subject) };
  };
  it("is whether what the user says is true", async () => {
    for (const [said, expected] of [
      [true, true],
      [false, false],
      [0, false],
      ["yes", true]
    ])
      import_strict.default.equal(await ask(() => Promise.resolve(said)).answer, expected);
    import_strict.default.equal(await ask(void 0).answer, false);
  });
  it("is busy where the callback fails, before or after it has promised something, or takes 10 s", async () => {
    const late = (milliseconds) => {
      import_strict.default.equal(milliseconds, 1e4);
      return Promise.resolve(void 0);
    };
    for (const [{ answer, lines }, error] of [
      [ask(() => Promise.reject(new Error("later"))), "Error: later"],
      [
        ask(() => {
          throw new Error("at once");
        }),
        "Error: at once"
      ],
      [ask(() => new Promise(() => void 0), late), "Error: no answer within 10 s"]
    ]) {
      import_strict.default.equal(await answer, true);
      import_strict.default.deepEqual(lines, [
        {
          level: "warn",
          message: "isBusy failed and counts as busy",
          group: "web",
          hook: "graceful-terminate-sns",
          instance: "i-1",
          error
        }
      ]);
    }
  });
});
