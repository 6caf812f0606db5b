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
var violation_exports = {};
__export(violation_exports, {
  outside: () => outside
});
module.exports = __toCommonJS(violation_exports);
function outside(argument, value, range, unit, cure) {
  if (value === void 0) return [];
  if (Number.isInteger(value) && value >= range.min && value <= range.max) return [];
  return [
    {
      argument,
      value,
      allowed: `a whole number${unit === "" ? "" : ` of ${unit}`} from ${range.min} to ${range.max}`,
      cure
    }
  ];
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  outside
});
