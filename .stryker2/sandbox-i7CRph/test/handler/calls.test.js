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
var import_calls = require("../../handler/aws/calls");
var import_errors = require("../../handler/aws/errors");
var import_pace = require("../../handler/aws/pace");
var import_timeline = require("../support/history/timeline");
const throttled = () => Object.assign(new Error("Rate exceeded"), { name: "Throttling", $metadata: { httpStatusCode: 400 } });
const failure = (httpStatusCode) => Object.assign(new Error("failure"), { name: "InternalFailure", $metadata: { httpStatusCode } });
const patient = {
  read: Infinity,
  send: 0,
  cancel: 0,
  complete: 4e4,
  heartbeat: Infinity
};
function service(timeline, rate) {
  let tokens = rate;
  let filledAt = 0;
  const taken = [];
  const send = async () => {
    await timeline.sleep(100);
    tokens = Math.min(rate, tokens + (timeline.now - filledAt) / 1e3 * rate);
    filledAt = timeline.now;
    if (tokens < 1) throw throttled();
    tokens -= 1;
    taken.push(timeline.now);
  };
  return { send, taken };
}
function evenPaces() {
  const even = () => new import_pace.Pace(() => 0.5);
  return { read: even(), send: even(), cancel: even(), complete: even(), heartbeat: even() };
}
describe("calls", () => {
  const setUp = (until = 6e5, patience = patient) => {
    const timeline = new import_timeline.Timeline();
    const clock = {
      now: () => timeline.now,
      sleep: (milliseconds) => timeline.sleep(milliseconds),
      within: (_, promise) => promise
    };
    return { timeline, make: (0, import_calls.createCalls)(clock, evenPaces(), { until, patience }) };
  };
  const settled = async (timeline, calls) => {
    let results;
    void Promise.allSettled(calls).then((all) => {
      results = all;
    });
    await new Promise(setImmediate);
    await timeline.play(() => results !== void 0);
    await new Promise(setImmediate);
    import_strict.default.ok(results);
    return results;
  };
  it("run side by side, twenty at most", async () => {
    const { make, timeline } = setUp();
    let running = 0;
    let most = 0;
    const send = async () => {
      most = Math.max(most, running += 1);
      await timeline.sleep(100);
      running -= 1;
    };
    await settled(
      timeline,
      Array.from({ length: 100 }, () => make("read", send))
    );
    import_strict.default.equal(most, 20);
    import_strict.default.equal(timeline.now, 500);
  });
  it("find the pace that AWS takes: a hundred at two a second take little more than fifty seconds", async () => {
    const { make, timeline } = setUp();
    const { send, taken } = service(timeline, 2);
    const results = await settled(
      timeline,
      Array.from({ length: 100 }, () => make("heartbeat", send))
    );
    import_strict.default.ok(results.every(({ status }) => status === "fulfilled"));
    import_strict.default.ok((taken.at(-1) ?? 0) < 8e4, `took ${taken.at(-1)} ms`);
  });
  it("of one kind do not slow those of another down", async () => {
    const { make, timeline } = setUp();
    const { send } = service(timeline, 1);
    let readAt = 0;
    const heartbeats = Array.from({ length: 30 }, () => make("heartbeat", send));
    const read = make("read", () => Promise.resolve()).then(() => {
      readAt = timeline.now;
    });
    await settled(timeline, [...heartbeats, read]);
    import_strict.default.ok(readAt < 1e3, `read after ${readAt} ms`);
  });
  it("give up at once on what an event leaves to the sweep, and wait for the rest as long as it is worth", async () => {
    const { make, timeline } = setUp();
    let tries = 0;
    const refuse = () => {
      tries += 1;
      return Promise.reject(throttled());
    };
    const [sent] = await settled(timeline, [make("send", refuse)]);
    import_strict.default.equal(tries, 1);
    import_strict.default.equal(sent?.status, "rejected");
    const [completed] = await settled(timeline, [make("complete", refuse)]);
    import_strict.default.equal(completed?.status, "rejected");
    import_strict.default.ok(timeline.now >= 4e4 && timeline.now < 45e3, `gave up after ${timeline.now} ms`);
  });
  it("are tried three times where AWS fails or does not answer, once where it refuses", async () => {
    for (const [error, expected] of [
      [failure(500), 3],
      [Object.assign(new Error("reset"), { code: "ECONNRESET" }), 3],
      [Object.assign(new Error("late"), { name: "TimeoutError" }), 3],
      [failure(400), 1]
    ]) {
      const { make, timeline } = setUp();
      let tries = 0;
      const [result] = await settled(timeline, [
        make("read", () => {
          tries += 1;
          return Promise.reject(error);
        })
      ]);
      import_strict.default.equal(tries, expected, error.message);
      import_strict.default.equal(result?.status, "rejected");
    }
  });
  it("do not begin once the time of the invocation is over, waiting turns included", async () => {
    const { make, timeline } = setUp(1e4);
    const { send, taken } = service(timeline, 2);
    const results = await settled(
      timeline,
      Array.from({ length: 100 }, () => make("heartbeat", send))
    );
    import_strict.default.ok(taken.length > 10 && taken.every((at) => at <= 10100));
    for (const result of results)
      if (result.status === "rejected") import_strict.default.ok((0, import_errors.isOutOfTime)(result.reason), String(result.reason));
  });
});
describe("a pace", () => {
  const turns = async (pace, count) => {
    let now = 100;
    const clock = {
      now: () => now,
      sleep: (milliseconds) => {
        now += milliseconds;
        return Promise.resolve();
      },
      within: (_, promise) => promise
    };
    const at = [];
    for (let index = 0; index < count; index += 1) {
      await pace.turn(clock, 1e6);
      at.push(now);
    }
    return at;
  };
  it("slows down once for all calls that were under way when AWS throttled the first", async () => {
    const pace = new import_pace.Pace(() => 0.5);
    await turns(pace, 1);
    for (let index = 0; index < 20; index += 1) pace.throttled(0, 100);
    import_strict.default.deepEqual(await turns(pace, 3), [200, 300, 400]);
  });
  it("grows its pauses up to two seconds, and forgets them as AWS takes calls", async () => {
    const pace = new import_pace.Pace(() => 0.5);
    for (let at = 100; at < 20100; at += 1e3) pace.throttled(at, at);
    const [first = 0, second] = await turns(pace, 2);
    import_strict.default.equal(second, first + 2e3);
    for (let index = 0; index < 100; index += 1) pace.taken();
    import_strict.default.deepEqual(await turns(pace, 3), [100, 100, 100]);
  });
});
