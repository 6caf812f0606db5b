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
var plan_exports = {};
__export(plan_exports, {
  deregistrationDelayOf: () => deregistrationDelayOf,
  providerTimeouts: () => providerTimeouts,
  scaleInTime: () => scaleInTime,
  worstCaseLaunch: () => worstCaseLaunch,
  worstCaseScaleIn: () => worstCaseScaleIn
});
module.exports = __toCommonJS(plan_exports);
var import_limits = require("./limits");
var import_schedule = require("./schedule");
function deregistrationDelayOf(plan) {
  return plan.deregistrationDelay ?? import_limits.defaultDeregistrationDelay;
}
function scaleInTime({ deregistrationDelay, wait }) {
  return deregistrationDelay + wait;
}
function worstCaseScaleIn(plan) {
  return scaleInTime({
    deregistrationDelay: deregistrationDelayOf(plan),
    wait: (0, import_schedule.schedule)(plan.terminate).total
  });
}
function worstCaseLaunch(plan) {
  return import_limits.bootAllowance + (plan.launch ? (0, import_schedule.schedule)(plan.launch).total : 0);
}
function providerTimeouts(plan, waitsForCapacity) {
  const capacity = waitsForCapacity ? worstCaseLaunch(plan) : 0;
  return {
    capacity,
    create: capacity + import_limits.bootAllowance,
    update: capacity + deregistrationDelayOf(plan) + import_limits.bootAllowance,
    delete: worstCaseLaunch(plan) + worstCaseScaleIn(plan) + import_limits.shutdownAllowance
  };
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  deregistrationDelayOf,
  providerTimeouts,
  scaleInTime,
  worstCaseLaunch,
  worstCaseScaleIn
});
