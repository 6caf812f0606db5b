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
var decide_exports = {};
__export(decide_exports, {
  decide: () => decide,
  gone: () => gone
});
module.exports = __toCommonJS(decide_exports);
var import_ask = require("./ask");
var import_decision = require("./decision");
var import_time = require("./time");
function decide(situation) {
  if (!situation.waiting) return { kind: "wait", reason: "the instance does not wait at this hook any more" };
  if (situation.repeats && situation.activity === void 0 && situation.commands.length > 0) {
    return (0, import_decision.inspect)("activity", "a command may belong to an earlier action");
  }
  const commands = (0, import_time.commandsOfThisAction)(situation);
  const word = commands.findLast(({ status }) => status === "succeeded" || status === "failed");
  if (word !== void 0) return decideByWord(situation, word);
  const gone2 = situation.isHealthy ? void 0 : decideUnhealthy(situation);
  if (gone2 !== void 0) return gone2;
  const open = commands.findLast((one) => (0, import_time.isUnderWay)(situation, one));
  if (open !== void 0) return waitFor(situation, open);
  const ended = commands.findLast(({ status }) => status === "ended");
  if (ended !== void 0) {
    return {
      kind: "inspect",
      fact: "end",
      command: ended.id,
      reason: "whether the script or its agent failed decides what is due"
    };
  }
  return (0, import_ask.ask)(situation);
}
function decideByWord(situation, word) {
  if (word.status === "succeeded") return (0, import_decision.complete)("CONTINUE", "succeeded", "the script succeeded");
  return (0, import_decision.fail)(situation, "failed", "the script failed or ran too long", { failed: word });
}
function decideUnhealthy(situation) {
  const { activity, machine, transition } = situation;
  if (machine === void 0)
    return (0, import_decision.inspect)("machine", "whether the unhealthy machine is gone decides what is due");
  if (machine === "there") return void 0;
  if (machine === "silent") {
    if (activity === void 0)
      return (0, import_decision.inspect)("activity", "since when the machine is unhealthy decides what is due");
    if ((0, import_decision.isUnhealthyByCause)(activity.cause)) return void 0;
  }
  return gone(transition);
}
function gone(transition) {
  const result = transition === "launch" ? "ABANDON" : "CONTINUE";
  return (0, import_decision.complete)(result, "gone", "the machine is gone");
}
function waitFor(situation, open) {
  const reason = open.status === "running" ? "the script is running" : "the command is on its way to the agent";
  return (0, import_time.keepWaiting)(situation, open.requestedAt, (0, import_time.endOfBudget)(situation, open), reason);
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  decide,
  gone
});
