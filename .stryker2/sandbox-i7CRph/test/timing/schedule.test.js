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
var import_timing = require("../../timing");
const seconds = (min, max) => import_fast_check.default.integer({ min, max });
describe("schedule", () => {
  it("derives everything from the time that the script may take", () => {
    import_strict.default.deepEqual((0, import_timing.schedule)({ timeout: 120 }), {
      delivery: 30,
      execution: 120,
      budget: 150,
      agentTimeout: 180,
      total: 450,
      heartbeatTimeout: 450,
      globalTimeout: 45e3,
      heartbeatInterval: void 0
    });
  });
  it("adds the wait for sessions to the execution", () => {
    const { budget, execution } = (0, import_timing.schedule)({ timeout: 120, maxWait: 600 });
    import_strict.default.equal(execution, 720);
    import_strict.default.equal(budget, 750);
  });
  it("needs no heartbeats as long as the hook's timeout covers the total", () => {
    import_strict.default.equal((0, import_timing.schedule)({ timeout: 6150 }).heartbeatTimeout, 7200);
    import_strict.default.equal((0, import_timing.schedule)({ timeout: 6150 }).heartbeatInterval, void 0);
  });
  it("heartbeats every third of the longest timeout above that", () => {
    const { heartbeatInterval, heartbeatTimeout } = (0, import_timing.schedule)({ timeout: 6151 });
    import_strict.default.equal(heartbeatTimeout, 7200);
    import_strict.default.equal(heartbeatInterval, 2400);
  });
  it("asks an agent that does not answer for a quarter of the budget, from three sweeps to a quarter of an hour", () => {
    const asked = (timeout) => (0, import_timing.schedule)({ timeout }).agentTimeout;
    import_strict.default.deepEqual(
      [720, 724, 3570, 3600].map((budget) => asked(budget - 30)),
      [180, 181, 892, 900]
    );
    import_strict.default.equal(asked(18e3), 900);
    import_strict.default.equal((0, import_timing.schedule)({ timeout: 90, maxWait: 3480 }).agentTimeout, 900);
  });
  it("asks as long as is given, and keeps that time free", () => {
    const given = (0, import_timing.schedule)({ timeout: 120, agentTimeout: 1e3 });
    import_strict.default.equal(given.agentTimeout, 1e3);
    import_strict.default.equal(given.total, 1e3 + 150 + 120);
    import_strict.default.equal(given.heartbeatTimeout, 1270);
  });
  it("asks no longer than 48 hours leave", () => {
    import_strict.default.equal((0, import_timing.schedule)({ timeout: import_timing.maxExecution - 1 }).agentTimeout, 181);
    import_strict.default.equal((0, import_timing.schedule)({ timeout: import_timing.maxExecution }).agentTimeout, 180);
    import_strict.default.equal((0, import_timing.schedule)({ timeout: import_timing.maxExecution }).total, 172800);
  });
  it("heartbeats where a shorter timeout was asked for", () => {
    import_strict.default.equal((0, import_timing.schedule)({ timeout: 120, heartbeatTimeout: 449 }).heartbeatInterval, 149);
    import_strict.default.equal((0, import_timing.schedule)({ timeout: 120, heartbeatTimeout: 450 }).heartbeatInterval, void 0);
  });
  it("lets the hook's timeout, extended or not, outlast every possible schedule", () => {
    const times = import_fast_check.default.record(
      {
        timeout: seconds(5, import_timing.maxExecution),
        maxWait: seconds(1, import_timing.maxExecution),
        agentTimeout: seconds(180, import_timing.maxAgentTimeout),
        heartbeatTimeout: seconds(300, 7200)
      },
      { requiredKeys: ["timeout"] }
    );
    import_fast_check.default.assert(
      import_fast_check.default.property(times, (terminate) => {
        import_fast_check.default.pre((0, import_timing.check)({ terminate }).length === 0);
        const { globalTimeout, heartbeatInterval, heartbeatTimeout, total } = (0, import_timing.schedule)(terminate);
        import_strict.default.ok(total <= globalTimeout);
        import_strict.default.ok(heartbeatTimeout <= 7200);
        if (heartbeatInterval === void 0) import_strict.default.ok(heartbeatTimeout >= total);
        else import_strict.default.ok(heartbeatInterval >= 100 && heartbeatInterval * 3 <= heartbeatTimeout);
      })
    );
  });
  it("takes a command without a token for one of the same wait, from a Spot warning to the recovery of a lost event", () => {
    import_strict.default.equal((0, import_timing.joinWindow)({ agentTimeout: 200, budget: 150 }, 60), 60 + 200 + 150);
  });
});
