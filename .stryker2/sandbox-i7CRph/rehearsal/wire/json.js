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
var json_exports = {};
__export(json_exports, {
  parseJson: () => parseJson,
  writeJsonError: () => writeJsonError,
  writeJsonOutput: () => writeJsonOutput
});
module.exports = __toCommonJS(json_exports);
function parseJson(target, body) {
  const input = body === "" ? {} : JSON.parse(body);
  return {
    action: target.slice(target.indexOf(".") + 1),
    input: typeof input === "object" && input !== null ? { ...input } : {}
  };
}
function writeJsonOutput(output) {
  return JSON.stringify(plain(output));
}
function writeJsonError({ code, message }) {
  return JSON.stringify({ __type: code, message });
}
function plain(value) {
  if (value instanceof Date) return value.getTime() / 1e3;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  parseJson,
  writeJsonError,
  writeJsonOutput
});
