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
var import_timing = require("../../timing");
const possible = { deregistrationDelay: 300, terminate: { timeout: 120 }, launch: { timeout: 300 } };
const found = (plan) => (0, import_timing.check)({ ...possible, ...plan }).map(({ argument }) => argument);
describe("check", () => {
  it("finds nothing wrong with what is possible", () => {
    import_strict.default.deepEqual((0, import_timing.check)(possible), []);
  });
  it("takes both ends of each range and nothing beyond", () => {
    for (const deregistrationDelay of [0, 3600]) import_strict.default.deepEqual(found({ deregistrationDelay }), []);
    for (const deregistrationDelay of [-1, 3601, 1.5, NaN]) {
      import_strict.default.deepEqual(found({ deregistrationDelay }), ["targetGroup.deregistrationDelay"]);
    }
    for (const timeout of [5, import_timing.maxExecution]) import_strict.default.deepEqual(found({ terminate: { timeout } }), []);
    for (const timeout of [4, import_timing.maxExecution + 1]) {
      import_strict.default.deepEqual(found({ terminate: { timeout } }), ["terminate.timeout"]);
    }
    for (const agentTimeout of [180, import_timing.maxAgentTimeout]) {
      import_strict.default.deepEqual(found({ terminate: { timeout: 5, agentTimeout } }), []);
    }
    for (const agentTimeout of [179, import_timing.maxAgentTimeout + 1, 180.5]) {
      import_strict.default.deepEqual(found({ launch: { timeout: 5, agentTimeout } }), ["launch.agentTimeout"]);
    }
    for (const heartbeatTimeout of [300, 7200]) {
      import_strict.default.deepEqual(found({ terminate: { timeout: 120, heartbeatTimeout } }), []);
    }
    for (const heartbeatTimeout of [299, 7201]) {
      import_strict.default.deepEqual(found({ terminate: { timeout: 120, heartbeatTimeout } }), [
        "terminate.heartbeatTimeout"
      ]);
    }
  });
  it("leaves 48 hours for the whole wait, to the second", () => {
    const maxWait = import_timing.maxExecution - 1e3;
    import_strict.default.deepEqual(found({ terminate: { timeout: 1e3, maxWait } }), []);
    import_strict.default.deepEqual(found({ terminate: { timeout: 1001, maxWait } }), [
      "terminate.timeout + terminate.sessions.maxWait"
    ]);
  });
  it("leaves a hundred heartbeat timeouts for the whole wait, to the second", () => {
    const timeout = 100 * 300 - 900 - 150;
    import_strict.default.deepEqual(found({ terminate: { timeout, heartbeatTimeout: 300 } }), []);
    import_strict.default.deepEqual(found({ terminate: { timeout: timeout + 1, heartbeatTimeout: 300 } }), [
      "terminate.heartbeatTimeout"
    ]);
  });
  it("looks at launch as at terminate", () => {
    import_strict.default.deepEqual(found({ launch: { timeout: 4 } }), ["launch.timeout"]);
  });
  it("takes a wait for sessions that leaves room for the shortest script", () => {
    const sessions = (maxWait) => found({ terminate: { timeout: 5, maxWait } });
    for (const maxWait of [1, import_timing.maxExecution - 5]) import_strict.default.deepEqual(sessions(maxWait), []);
    for (const maxWait of [0, import_timing.maxExecution - 4]) {
      import_strict.default.deepEqual(sessions(maxWait), ["terminate.sessions.maxWait"]);
    }
  });
  it("blames a short heartbeat timeout for a wait of 48 hours, but not for a longer one", () => {
    const times = (timeout) => ({ timeout, maxWait: import_timing.maxExecution - 1e3, heartbeatTimeout: 300 });
    import_strict.default.deepEqual(found({ terminate: times(1e3) }), ["terminate.heartbeatTimeout"]);
    import_strict.default.deepEqual(found({ terminate: times(1001) }), ["terminate.timeout + terminate.sessions.maxWait"]);
  });
  it("has a name for every constraint", () => {
    import_strict.default.deepEqual(Object.keys(import_timing.constraints), [
      "deregistrationDelay",
      "timeout",
      "maxWait",
      "agentTimeout",
      "heartbeatTimeout",
      "total",
      "globalTimeout"
    ]);
  });
  it("says what was given, what is allowed and what to do", () => {
    const plan = {
      deregistrationDelay: -1,
      terminate: { timeout: 4, maxWait: 0, heartbeatTimeout: 299 }
    };
    import_strict.default.deepEqual((0, import_timing.check)(plan), [
      {
        argument: "targetGroup.deregistrationDelay",
        value: -1,
        allowed: "a whole number of seconds from 0 to 3600",
        cure: "Give the time that open requests may take to finish; 0 cuts them off."
      },
      {
        argument: "terminate.timeout",
        value: 4,
        allowed: "a whole number of seconds from 5 to 172470",
        cure: "Give the longest time that the script may take; the SSM agent takes less than 5 s for an hour."
      },
      {
        argument: "terminate.sessions.maxWait",
        value: 0,
        allowed: "a whole number of seconds from 1 to 172465",
        cure: "Give how long to wait for sessions before the script starts anyway."
      },
      {
        argument: "terminate.heartbeatTimeout",
        value: 299,
        allowed: "a whole number of seconds from 300 to 7200",
        cure: "Leave it out: it is derived from the timeout."
      }
    ]);
  });
  it("says the same of sums", () => {
    import_strict.default.deepEqual((0, import_timing.check)({ terminate: { timeout: 172470, maxWait: 1 } }), [
      {
        argument: "terminate.timeout + terminate.sessions.maxWait",
        value: 172471,
        allowed: "at most 172470 seconds: Auto Scaling ends every wait after 172800 s, and 330 s of it are kept for delivery and for lost events",
        cure: "Shorten terminate.sessions.maxWait."
      }
    ]);
    import_strict.default.deepEqual((0, import_timing.check)({ terminate: { timeout: 172e3, agentTimeout: 651 } }), [
      {
        argument: "terminate.timeout + terminate.agentTimeout",
        value: 172651,
        allowed: "at most 172650 seconds: Auto Scaling ends every wait after 172800 s, and 150 s of it are kept for delivery and for lost events",
        cure: "Shorten terminate.agentTimeout."
      }
    ]);
    import_strict.default.deepEqual((0, import_timing.check)({ terminate: { timeout: 3e4, heartbeatTimeout: 300 } }), [
      {
        argument: "terminate.heartbeatTimeout",
        value: 300,
        allowed: "at least 311 seconds: Auto Scaling ends a wait after 100 heartbeat timeouts (30000 s), and this one may take 31050 s",
        cure: "Raise it, or leave it out: it is derived from the timeout."
      }
    ]);
  });
});
describe("outside", () => {
  it("leaves out a unit that is empty", () => {
    import_strict.default.deepEqual((0, import_timing.outside)("count", 4, { min: 0, max: 3 }, "", "Give less."), [
      { argument: "count", value: 4, allowed: "a whole number from 0 to 3", cure: "Give less." }
    ]);
  });
});
