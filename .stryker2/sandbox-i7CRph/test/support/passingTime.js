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
var passingTime_exports = {};
__export(passingTime_exports, {
  PassingTime: () => PassingTime
});
module.exports = __toCommonJS(passingTime_exports);
class PassingTime {
  constructor(at) {
    this.at = at;
  }
  at;
  now() {
    return this.at;
  }
  sleep(milliseconds) {
    this.at += milliseconds;
    return Promise.resolve();
  }
  within(_, promise) {
    return promise;
  }
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  PassingTime
});
