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
var parameters_exports = {};
__export(parameters_exports, {
  parameterPatterns: () => parameterPatterns
});
module.exports = __toCommonJS(parameters_exports);
var import_transition = require("./transition");
const maxGroupName = 255;
const maxHookName = 255;
const maxAction = 96;
const instanceDigits = { min: 8, max: 17 };
const secondsDigits = 12;
const parameterPatterns = {
  group: `^[^{}\\x00-\\x1f]{0,${maxGroupName}}$`,
  groupBase64: "^[A-Za-z0-9+/]*={0,2}$",
  hook: `^[A-Za-z0-9_/-]{0,${maxHookName}}$`,
  action: `^[A-Za-z0-9_-]{0,${maxAction}}$`,
  instance: `^(i-[a-f0-9]{${instanceDigits.min},${instanceDigits.max}})?$`,
  transition: oneOf(Object.keys(import_transition.lifecycleTransitions)),
  onFailure: oneOf(Object.values(import_transition.OnFailure)),
  sent: `^[0-9]{0,${secondsDigits}}$`,
  since: `^[0-9]{0,${secondsDigits}}$`,
  sessionWait: `^[0-9]{0,${secondsDigits}}$`,
  meant: oneOf(["yes"])
};
function oneOf(words) {
  return `^(${words.join("|")})?$`;
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  parameterPatterns
});
