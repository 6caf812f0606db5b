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
var agent_exports = {};
__export(agent_exports, {
  refusalsOf: () => refusalsOf
});
module.exports = __toCommonJS(agent_exports);
var import_re2js = require("re2js");
function refusalsOf(content, given = {}) {
  const { parameters } = JSON.parse(content);
  return Object.entries(parameters).flatMap(([name, { allowedPattern, default: byDefault }]) => {
    const value = given[name] ?? byDefault;
    try {
      return import_re2js.RE2JS.compile(allowedPattern).test(value) ? [] : [`${name}: ${value} does not match ${allowedPattern}`];
    } catch (error) {
      return [`${name}: ${String(error)}`];
    }
  });
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  refusalsOf
});
