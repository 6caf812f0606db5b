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
var transition_exports = {};
__export(transition_exports, {
  OnFailure: () => OnFailure,
  isOneOf: () => isOneOf,
  lifecycleTransitions: () => lifecycleTransitions,
  resultOf: () => resultOf
});
module.exports = __toCommonJS(transition_exports);
const lifecycleTransitions = {
  launch: "autoscaling:EC2_INSTANCE_LAUNCHING",
  terminate: "autoscaling:EC2_INSTANCE_TERMINATING"
};
const OnFailure = {
  /** Let the instance go on: into service, or to its end. */
  Continue: "continue",
  /** On launch: terminate and replace it. On terminate: skip the hooks of others too. */
  Abandon: "abandon",
  /** On terminate: keep the instance for inspection, out of service, until somebody terminates it. */
  Retain: "retain"
};
function resultOf(onFailure) {
  return onFailure === "continue" ? "CONTINUE" : "ABANDON";
}
function isOneOf(value, set) {
  return Object.values(set).some((one) => one === value);
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  OnFailure,
  isOneOf,
  lifecycleTransitions,
  resultOf
});
