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
var schedule_exports = {};
__export(schedule_exports, {
  globalTimeout: () => globalTimeout,
  heartbeatInterval: () => heartbeatInterval,
  joinWindow: () => joinWindow,
  schedule: () => schedule
});
module.exports = __toCommonJS(schedule_exports);
var import_limits = require("./limits");
function schedule(times) {
  const execution = (times.maxWait ?? 0) + times.timeout;
  const budget = import_limits.delivery + execution;
  const agentTimeout = times.agentTimeout ?? defaultAgentTimeout(budget);
  const total = totalOf(budget, agentTimeout);
  const heartbeatTimeout = times.heartbeatTimeout ?? Math.min(total, import_limits.maxHeartbeatTimeout);
  return {
    delivery: import_limits.delivery,
    execution,
    budget,
    agentTimeout,
    total,
    heartbeatTimeout,
    globalTimeout: globalTimeout(heartbeatTimeout),
    heartbeatInterval: heartbeatInterval(heartbeatTimeout, budget, agentTimeout)
  };
}
function globalTimeout(heartbeatTimeout) {
  return Math.min(import_limits.maxGlobalTimeout, import_limits.maxHeartbeatTimeouts * heartbeatTimeout);
}
function heartbeatInterval(heartbeatTimeout, budget, agentTimeout) {
  return heartbeatTimeout < totalOf(budget, agentTimeout) ? Math.floor(heartbeatTimeout / 3) : void 0;
}
function joinWindow({ agentTimeout, budget }, deregistrationDelay) {
  return deregistrationDelay + agentTimeout + budget;
}
function defaultAgentTimeout(budget) {
  const room = import_limits.maxGlobalTimeout - import_limits.completionRecovery - budget;
  return Math.max(import_limits.startRecovery, Math.min(import_limits.maxDefaultAgentTimeout, Math.floor(budget / 4), room));
}
function totalOf(budget, agentTimeout) {
  return agentTimeout + budget + import_limits.completionRecovery;
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  globalTimeout,
  heartbeatInterval,
  joinWindow,
  schedule
});
