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
var import_fast_check = __toESM(require("fast-check"));
var import_send = require("../../handler/send");
var import_handlerContext = require("../support/handlerContext");
var import_payloads = require("../support/payloads");
const hook = {
  group: "web",
  name: "graceful-terminate-sns",
  transition: "terminate",
  heartbeatTimeout: 450,
  instructions: (0, import_payloads.instructionsFor)("terminate", { maxWait: 60 })
};
const now = 90999;
function ssm(refuses, telling, changes = {}) {
  const jobs = [];
  const sent = [];
  let looks = 0;
  const send = (job) => {
    jobs.push(job);
    const refused = job.instances.filter((id) => refuses.has(id));
    if (refused.length > 0) {
      return Promise.resolve({
        kind: "refused",
        instances: telling === "names" ? refused : [],
        whole: false,
        isUnknown: telling === "unknown",
        cause: "no agent"
      });
    }
    sent.push(...job.instances);
    return Promise.resolve({ kind: "sent", commandId: `c${jobs.length}` });
  };
  const machines = (ids) => {
    looks += 1;
    return Promise.resolve(new Map(ids.map((id) => [id, refuses.has(id) ? "gone" : "there"])));
  };
  const context = (0, import_handlerContext.handlerContext)({ now: () => now, runCommand: { send, machines }, ...changes });
  return { context, jobs, sent, looks: () => looks };
}
const runsOf = (ids) => ids.map((instance) => ({ instance, token: void 0, since: 0 }));
describe("sendDocument", () => {
  const instances = import_fast_check.default.uniqueArray(
    import_fast_check.default.integer({ min: 0, max: 999 }).map((number) => `i-${String(number).padStart(17, "0")}`),
    { maxLength: 130, size: "max" }
  );
  const tellings = import_fast_check.default.constantFrom("names", "unknown", "nothing");
  it("sends to every instance once, but those that SSM refuses, and returns these", async () => {
    await import_fast_check.default.assert(
      import_fast_check.default.asyncProperty(instances, tellings, import_fast_check.default.nat(4), async (ids, telling, every) => {
        const refuses = new Set(ids.filter((_, index) => every > 0 && index % (7 * every) === 3));
        const { context, sent } = ssm(refuses, telling);
        const refused = await (0, import_send.sendDocument)(context, hook, runsOf(ids));
        import_strict.default.deepEqual([...refused.keys()].sort(), [...refuses].sort());
        import_strict.default.deepEqual(sent.sort(), ids.filter((id) => !refuses.has(id)).sort());
      })
    );
  });
  it("asks SSM once for the agents of a batch that it refuses without a name, instead of trying each", async () => {
    const ids = Array.from({ length: 50 }, (_, index) => `i-${index}`);
    const { context, jobs, looks } = ssm(new Set(ids.filter((_, index) => index % 2 === 0)), "unknown");
    const refused = await (0, import_send.sendDocument)(context, hook, runsOf(ids));
    import_strict.default.equal(refused.size, 25);
    import_strict.default.deepEqual([jobs.length, looks()], [2, 1]);
  });
  it("does not split a batch that is refused as a whole", async () => {
    const ids = Array.from({ length: 50 }, (_, index) => `i-${index}`);
    let calls = 0;
    const send = () => {
      calls += 1;
      const cause = "the document is gone";
      return Promise.resolve({ kind: "refused", instances: [], whole: true, isUnknown: false, cause });
    };
    const { context } = ssm(/* @__PURE__ */ new Set(), "names", { runCommand: { send } });
    const refused = await (0, import_send.sendDocument)(context, hook, runsOf(ids));
    import_strict.default.equal(calls, 1);
    import_strict.default.deepEqual([...new Set(refused.values())], ["the document is gone"]);
    import_strict.default.equal(refused.size, 50);
  });
  it("sends to fifty with a call, and to no more", async () => {
    const { context, jobs } = ssm(/* @__PURE__ */ new Set(), "names");
    await (0, import_send.sendDocument)(context, hook, runsOf(Array.from({ length: 120 }, (_, index) => `i-${index}`)));
    import_strict.default.equal(import_send.sentAtOnce, 50);
    import_strict.default.deepEqual(
      jobs.map((job) => job.instances.length),
      [50, 50, 20]
    );
  });
  it("gives a batch neither instance nor action, and a single instance the sealed token", async () => {
    const { context, jobs } = ssm(/* @__PURE__ */ new Set(), "names");
    await (0, import_send.sendDocument)(context, hook, runsOf(["i-1", "i-2"]));
    await (0, import_send.sendDocument)(context, hook, [{ instance: "i-1", token: "secret", since: 6e4 }]);
    const [batch, single] = jobs.map(({ parameters }) => parameters);
    import_strict.default.deepEqual([batch?.action, batch?.instance], ["", ""]);
    import_strict.default.equal(single?.instance, "i-1");
    import_strict.default.ok(single.action !== "" && !JSON.stringify(single).includes("secret"));
    const place = { group: hook.group, hook: hook.name, instance: "i-1" };
    import_strict.default.equal(context.seal.open(single.action, place), "secret");
  });
  it("says when it sends, and since when the action began, in seconds of its own clock", async () => {
    const { context, jobs } = ssm(/* @__PURE__ */ new Set(), "names");
    const run = { instance: "i-1", token: void 0, since: 0 };
    await (0, import_send.sendDocument)(context, hook, [{ ...run, actionSince: 60700 }]);
    await (0, import_send.sendDocument)(context, hook, [
      { ...run, actionSince: 60700 },
      { ...run, instance: "i-2" }
    ]);
    import_strict.default.deepEqual(
      jobs.map(({ parameters: { sent, since } }) => [sent, since]),
      [
        ["90", "45"],
        ["90", ""]
      ]
    );
  });
  it("leaves sessions what the probe has left of their time, and all of it where there is none", async () => {
    const isBusy = () => Promise.resolve(false);
    const waits = async (since, changes) => {
      const { context, jobs } = ssm(/* @__PURE__ */ new Set(), "names", changes);
      await (0, import_send.sendDocument)(context, hook, [{ instance: "i-1", token: void 0, since }]);
      return jobs[0]?.parameters.sessionWait;
    };
    import_strict.default.equal(await waits(5e4, {}), "");
    import_strict.default.equal(await waits(5e4, { isBusy }), "20");
    import_strict.default.equal(await waits(1e4, { isBusy }), "0");
  });
  it("sends apart to instances whose metadata service does not tell that they are on their way", async () => {
    const { context, jobs } = ssm(/* @__PURE__ */ new Set(), "names");
    const [one, other] = runsOf(["i-1", "i-2"]);
    import_strict.default.ok(one && other);
    await (0, import_send.sendDocument)(context, hook, [one, { ...other, isUntold: true }]);
    import_strict.default.deepEqual(
      jobs.map(({ instances: ids, parameters: { meant } }) => [ids.join(), meant]),
      [
        ["i-1", ""],
        ["i-2", "yes"]
      ]
    );
  });
});
