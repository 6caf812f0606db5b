"use strict";
var __create = Object.create;
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __getProtoOf = Object.getPrototypeOf;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __export = (target, all) => {
  for (var name in all)
    __defProp(target, name, { get: all[name], enumerable: true });
};
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
var __toCommonJS = (mod) => __copyProps(__defProp({}, "__esModule", { value: true }), mod);
var history_exports = {};
__export(history_exports, {
  causes: () => causes,
  histories: () => histories,
  orderly: () => orderly,
  rightClock: () => rightClock
});
module.exports = __toCommonJS(history_exports);
var import_fast_check = __toESM(require("fast-check"));
var import_contract = require("../../../contract");
var import_timing = require("../../../timing");
const causes = {
  scaleIn: "At 2026-01-01T00:00:00Z an instance was taken out of service in response to a difference.",
  launchFailure: "At 2026-01-01T00:00:00Z an instance was taken out of service in response to a launch failure.",
  stopped: "At 2026-01-01T00:00:00Z an instance was taken out of service in response to an EC2 health check indicating it has been terminated or stopped."
};
const histories = timesOfAnyLength().chain((times) => {
  const { budget, total } = (0, import_timing.schedule)(times);
  const within = (length) => seconds(0, Math.ceil(length));
  const span = import_fast_check.default.tuple(within(1.5 * total), within(total)).map(([from, long]) => ({ from, to: from + long }));
  const absence = import_fast_check.default.tuple(span, import_fast_check.default.boolean()).map(([{ from, to }, refused]) => ({ from, to, refused }));
  return import_fast_check.default.record({
    transition: import_fast_check.default.constantFrom("terminate", "launch"),
    times: import_fast_check.default.constant(times),
    onFailure: import_fast_check.default.constantFrom(...Object.values(import_contract.OnFailure)),
    deregistrationDelay: import_fast_check.default.constantFrom(0, 30, 300),
    cause: rarely("scaleIn", import_fast_check.default.constantFrom("launchFailure", "stopped")),
    hasWarmPool: import_fast_check.default.boolean(),
    script: import_fast_check.default.record({
      takes: within(1.2 * times.timeout),
      succeeds: import_fast_check.default.boolean(),
      sessions: within((times.maxWait ?? 0) * 1.2)
    }),
    agent: import_fast_check.default.record({
      away: rarely([], import_fast_check.default.array(absence, { minLength: 1, maxLength: 2 })),
      dies: rarely(Infinity, within(total)),
      fetch: seconds(1, 30),
      report: seconds(0, 3),
      listing: seconds(0, 2),
      failing: rarely(0, seconds(1, 2)),
      forgets: rarely(0, seconds(1, 2))
    }),
    busy: times.maxWait === void 0 ? import_fast_check.default.constant(void 0) : import_fast_check.default.option(within(1.2 * times.maxWait), none),
    hookEvents: import_fast_check.default.array(rarely(0, within(1.2 * budget)), { maxLength: 3 }),
    commandEvents: import_fast_check.default.array(import_fast_check.default.array(rarely(0, within(budget)), { maxLength: 2 }), someOf),
    sweeps: import_fast_check.default.record({
      phase: seconds(0, 59),
      ticks: import_fast_check.default.array(rarely([0], import_fast_check.default.array(seconds(0, 59), { maxLength: 2 })), someOf),
      lost: import_fast_check.default.array(span, { maxLength: 1 }),
      cold: import_fast_check.default.array(import_fast_check.default.boolean(), someOf)
    }),
    outages: import_fast_check.default.array(span, { maxLength: 2 }),
    skews: import_fast_check.default.array(rarely(0, seconds(-7200, 7200)), someOf),
    latencies: import_fast_check.default.array(rarely(0, seconds(0, 3)), someOf),
    again: seconds(310, 3600)
  }).map(possible);
});
const rightClock = histories.map((history) => ({
  ...history,
  skews: history.skews.map((skew) => skew % 10)
}));
const orderly = histories.map((history) => {
  const { cold, phase, ticks } = history.sweeps;
  const punctual = ticks.flatMap(
    (copies) => copies.length > 0 ? [copies.map((late) => late % 3)] : [[], [0]]
  );
  return { ...history, outages: [], skews: [0], sweeps: { cold, phase, ticks: punctual, lost: [] } };
});
function timesOfAnyLength() {
  return import_fast_check.default.oneof(
    { weight: 4, arbitrary: import_fast_check.default.record({ timeout: seconds(5, 600) }) },
    { weight: 2, arbitrary: import_fast_check.default.record({ timeout: seconds(5, 300), maxWait: seconds(1, 900) }) },
    { weight: 2, arbitrary: import_fast_check.default.record({ timeout: seconds(5, 3e3), heartbeatTimeout: seconds(300, 900) }) },
    { weight: 1, arbitrary: import_fast_check.default.record({ timeout: seconds(6e3, 2e4) }) }
  );
}
function possible(history) {
  if (history.transition === "terminate") return history;
  const { maxWait: _, ...times } = history.times;
  const onFailure = history.onFailure === "retain" ? "abandon" : history.onFailure;
  return { ...history, times, onFailure, busy: void 0, cause: "scaleIn", deregistrationDelay: 0 };
}
function seconds(min, max) {
  return import_fast_check.default.integer({ min, max });
}
function rarely(usual, other) {
  return import_fast_check.default.oneof({ weight: 4, arbitrary: import_fast_check.default.constant(usual) }, { weight: 1, arbitrary: other });
}
const someOf = { minLength: 1, maxLength: 5 };
const none = { nil: void 0 };
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  causes,
  histories,
  orderly,
  rightClock
});
