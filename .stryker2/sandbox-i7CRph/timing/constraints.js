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
var constraints_exports = {};
__export(constraints_exports, {
  check: () => check,
  constraints: () => constraints,
  maxAgentTimeout: () => maxAgentTimeout,
  maxExecution: () => maxExecution
});
module.exports = __toCommonJS(constraints_exports);
var import_limits = require("./limits");
var import_schedule = require("./schedule");
var import_violation = require("./violation");
const maxExecution = import_limits.maxGlobalTimeout - import_limits.startRecovery - import_limits.completionRecovery - import_limits.delivery;
const maxAgentTimeout = import_limits.maxGlobalTimeout - import_limits.completionRecovery - import_limits.delivery - import_limits.minTimeout;
const ranges = {
  deregistrationDelay: (plan) => (0, import_violation.outside)(
    "targetGroup.deregistrationDelay",
    plan.deregistrationDelay,
    import_limits.deregistrationDelayRange,
    "seconds",
    "Give the time that open requests may take to finish; 0 cuts them off."
  ),
  timeout: eachTransition(
    (path, { timeout }) => (0, import_violation.outside)(
      `${path}.timeout`,
      timeout,
      { min: import_limits.minTimeout, max: maxExecution },
      "seconds",
      "Give the longest time that the script may take; the SSM agent takes less than 5 s for an hour."
    )
  ),
  maxWait: eachTransition(
    (path, { maxWait }) => (0, import_violation.outside)(
      `${path}.sessions.maxWait`,
      maxWait,
      { min: 1, max: maxExecution - import_limits.minTimeout },
      "seconds",
      "Give how long to wait for sessions before the script starts anyway."
    )
  ),
  agentTimeout: eachTransition(
    (path, { agentTimeout }) => (0, import_violation.outside)(
      `${path}.agentTimeout`,
      agentTimeout,
      { min: import_limits.startRecovery, max: maxAgentTimeout },
      "seconds",
      "Give how long an SSM agent that does not answer is asked, or leave it out: it is derived from the timeout."
    )
  ),
  heartbeatTimeout: eachTransition(
    (path, { heartbeatTimeout }) => (0, import_violation.outside)(
      `${path}.heartbeatTimeout`,
      heartbeatTimeout,
      { min: import_limits.minHeartbeatTimeout, max: import_limits.maxHeartbeatTimeout },
      "seconds",
      "Leave it out: it is derived from the timeout."
    )
  )
};
const sums = {
  total: eachTransition((path, times) => {
    const { total } = (0, import_schedule.schedule)(times);
    if (total <= import_limits.maxGlobalTimeout) return [];
    const { agentTimeout, maxWait, timeout } = times;
    const given = Object.entries({ timeout, "sessions.maxWait": maxWait, agentTimeout }).filter(isGiven);
    const sum = given.reduce((before, [, value]) => before + value, 0);
    const kept = total - sum;
    return [
      {
        argument: given.map(([argument]) => `${path}.${argument}`).join(" + "),
        value: sum,
        allowed: `at most ${import_limits.maxGlobalTimeout - kept} seconds: Auto Scaling ends every wait after ${import_limits.maxGlobalTimeout} s, and ${kept} s of it are kept for delivery and for lost events`,
        cure: `Shorten ${path}.${maxWait === void 0 ? "agentTimeout" : "sessions.maxWait"}.`
      }
    ];
  }),
  globalTimeout: eachTransition((path, times) => {
    const { total, heartbeatTimeout } = (0, import_schedule.schedule)(times);
    const needed = Math.ceil(total / import_limits.maxHeartbeatTimeouts);
    if (needed <= heartbeatTimeout || total > import_limits.maxGlobalTimeout) return [];
    return [
      {
        argument: `${path}.heartbeatTimeout`,
        value: heartbeatTimeout,
        allowed: `at least ${needed} seconds: Auto Scaling ends a wait after ${import_limits.maxHeartbeatTimeouts} heartbeat timeouts (${import_limits.maxHeartbeatTimeouts * heartbeatTimeout} s), and this one may take ${total} s`,
        cure: "Raise it, or leave it out: it is derived from the timeout."
      }
    ];
  })
};
const constraints = { ...ranges, ...sums };
function check(plan) {
  const find = (some) => Object.values(some).flatMap((one) => one(plan));
  const found = find(ranges);
  return found.length > 0 ? found : find(sums);
}
function isGiven(entry) {
  return entry[1] !== void 0;
}
function eachTransition(find) {
  return (plan) => [
    ...find("terminate", plan.terminate),
    ...plan.launch ? find("launch", plan.launch) : []
  ];
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  check,
  constraints,
  maxAgentTimeout,
  maxExecution
});
