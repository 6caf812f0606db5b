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
var deliberate_exports = {};
__export(deliberate_exports, {
  deliberate: () => deliberate,
  isOpenEnd: () => isOpenEnd
});
module.exports = __toCommonJS(deliberate_exports);
var import_decide = require("./decide");
async function deliberate(situation, facts, memory) {
  let known = withEnds(situation, memory.ends);
  for (; ; ) {
    const decision = (0, import_decide.decide)(known);
    if (decision.kind !== "inspect") return { decision, situation: known };
    switch (decision.fact) {
      case "busy":
        return { decision: { ...decision, fact: "busy" }, situation: known };
      case "machine":
        known = { ...known, machine: await facts.machine() };
        break;
      case "activity": {
        const activity = await facts.activity();
        if (activity === void 0) return waitBecause("no scaling activity names the instance", known);
        const isComplete = activity.startedAt >= known.listedSince;
        const commands = isComplete ? known.commands : await facts.history();
        known = withEnds({ ...known, activity, commands, listedSince: activity.startedAt }, memory.ends);
        break;
      }
      case "end": {
        const end = await facts.end(decision.command);
        if (end === void 0 || isOpenEnd(end)) {
          return waitBecause("SSM does not show yet how the command ended", known);
        }
        memory.ends.set(decision.command, end);
        known = withEnds(known, memory.ends);
      }
    }
  }
}
function isOpenEnd({ status }) {
  return status === "pending" || status === "running" || status === "ended";
}
function withEnds(situation, ends) {
  if (ends.size === 0) return situation;
  const commands = situation.commands.map((one) => {
    const end = one.status === "ended" ? ends.get(one.id) : void 0;
    return end === void 0 ? one : { ...one, ...end };
  });
  return { ...situation, commands };
}
function waitBecause(reason, situation) {
  return { decision: { kind: "wait", reason }, situation };
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  deliberate,
  isOpenEnd
});
