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
var timeline_exports = {};
__export(timeline_exports, {
  describeTimeline: () => describeTimeline,
  timeline: () => timeline
});
module.exports = __toCommonJS(timeline_exports);
var import_limits = require("./limits");
var import_plan = require("./plan");
var import_schedule = require("./schedule");
function timeline(plan) {
  const delay = (0, import_plan.deregistrationDelayOf)(plan);
  const { terminate } = plan;
  const { agentTimeout, budget, heartbeatTimeout, heartbeatInterval, total } = (0, import_schedule.schedule)(terminate);
  const started = delay + agentTimeout;
  const steps = [
    {
      at: 0,
      what: `Terminating: the target group sends no new requests and lets open ones finish for ${delay} s`
    },
    {
      at: delay,
      what: `Terminating:Wait: the hook fires (heartbeat timeout ${heartbeatTimeout} s) and the stop document is sent`
    },
    {
      at: started,
      what: "the stop document is on its way at the latest, even if the hook's event was lost or the SSM agent did not answer"
    }
  ];
  if (heartbeatInterval !== void 0) {
    steps.push({
      at: delay + heartbeatInterval,
      what: `first heartbeat; from here one every ${heartbeatInterval} s until the budget of ${budget} s is over`
    });
  }
  if (terminate.maxWait) {
    steps.push({
      at: started + budget - terminate.timeout,
      what: `sessions have ended or were given up after ${terminate.maxWait} s; the stop script starts`
    });
  }
  steps.push(
    {
      at: started + budget,
      what: `the stop script has ended or was stopped after ${terminate.timeout} s`
    },
    {
      at: delay + total,
      what: `the action is completed, even if the command's event was lost for ${import_limits.completionRecovery} s; EC2 terminates the instance`
    }
  );
  return steps.sort((one, other) => one.at - other.at);
}
function describeTimeline(steps) {
  return steps.map(({ at, what }) => `${at} s ${what}`).join("\n");
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  describeTimeline,
  timeline
});
