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
var servedHook_exports = {};
__export(servedHook_exports, {
  instructionsFor: () => instructionsFor,
  isFromWarmPool: () => isFromWarmPool,
  isUntold: () => isUntold,
  isWaiting: () => isWaiting,
  mayRetain: () => mayRetain,
  servedHooks: () => servedHooks,
  transitionsOf: () => transitionsOf
});
module.exports = __toCommonJS(servedHook_exports);
var import_contract = require("../contract");
function servedHooks(handler, group, hooks, log) {
  return hooks.flatMap(({ heartbeatTimeout, lifecycleTransition, metadata, name }) => {
    const instructions = instructionsFor(handler, { group, hook: name, metadata }, log);
    const transition = transitionOf(lifecycleTransition);
    if (instructions === void 0 || transition === void 0) return [];
    return [{ group, name, transition, heartbeatTimeout, instructions }];
  });
}
function instructionsFor(handler, {
  group,
  hook,
  metadata
}, log) {
  const reading = (0, import_contract.readInstructions)(metadata);
  switch (reading.kind) {
    case "instructions":
      return reading.instructions.handler === handler ? reading.instructions : void 0;
    case "malformed":
      if (reading.handler === handler) {
        log.error({
          message: `the metadata of the hook cannot be followed: ${reading.problem}`,
          group,
          hook
        });
      }
      return void 0;
    case "foreign":
      return void 0;
  }
}
function mayRetain({ instructions, transition }) {
  return transition === "terminate" && instructions.onFailure === "retain";
}
function isWaiting(lifecycleState, transition) {
  return waitStates[transition].some((state) => state === lifecycleState);
}
function transitionsOf(lifecycleState) {
  return ["launch", "terminate"].filter((transition) => isWaiting(lifecycleState, transition));
}
const waitStates = {
  launch: ["Pending:Wait", "Warmed:Pending:Wait"],
  terminate: [
    "Terminating:Wait",
    "Warmed:Terminating:Wait",
    "Warmed:Pending:Wait",
    "ReplacingRootVolume:Wait"
  ]
};
function isFromWarmPool(lifecycleState) {
  return lifecycleState === "Warmed:Terminating:Wait";
}
function isUntold(lifecycleState) {
  return lifecycleState === "ReplacingRootVolume:Wait";
}
function transitionOf(lifecycleTransition) {
  if (lifecycleTransition === import_contract.lifecycleTransitions.launch) return "launch";
  return lifecycleTransition === import_contract.lifecycleTransitions.terminate ? "terminate" : void 0;
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  instructionsFor,
  isFromWarmPool,
  isUntold,
  isWaiting,
  mayRetain,
  servedHooks,
  transitionsOf
});
