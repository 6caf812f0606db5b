"use strict";
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
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
var __toCommonJS = (mod) => __copyProps(__defProp({}, "__esModule", { value: true }), mod);
var decision_exports = {};
__export(decision_exports, {
  complete: () => complete,
  fail: () => fail,
  inspect: () => inspect,
  isGood: () => isGood,
  isNotRunning: () => isNotRunning,
  isUnhealthyByCause: () => isUnhealthyByCause,
  neverServed: () => neverServed
});
module.exports = __toCommonJS(decision_exports);
var import_contract = require("../../contract");
function isGood(outcome) {
  return outcome === "succeeded" || outcome === "skipped" || outcome === "gone";
}
function complete(result, outcome, reason, { cancels, failed } = {}) {
  return { kind: "complete", result, outcome, reason, cancels, failed };
}
function fail(situation, outcome, reason, named) {
  const { activity, instructions, transition } = situation;
  const { onFailure } = instructions;
  if (onFailure === "retain" && transition === "terminate") {
    if (activity === void 0) {
      return inspect("activity", "whether the instance was retained before decides what is due");
    }
    const but = neverServed(activity.cause) ? "never served" : activity.retainedBefore ? "was retained before" : void 0;
    if (but !== void 0)
      return complete("CONTINUE", outcome, `${reason}, but the instance ${but}: continue`, named);
  }
  return complete((0, import_contract.resultOf)(onFailure), outcome, `${reason}: ${onFailure}`, named);
}
function inspect(fact, reason) {
  return { kind: "inspect", fact, reason };
}
function neverServed(cause) {
  return cause.includes("in response to a launch failure");
}
function isNotRunning(cause) {
  return cause.includes("health check indicating it has been terminated or stopped");
}
function isUnhealthyByCause(cause) {
  return /health.check/i.test(cause);
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  complete,
  fail,
  inspect,
  isGood,
  isNotRunning,
  isUnhealthyByCause,
  neverServed
});
