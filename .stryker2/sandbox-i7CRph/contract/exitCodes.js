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
var exitCodes_exports = {};
__export(exitCodes_exports, {
  exitCodes: () => exitCodes
});
module.exports = __toCommonJS(exitCodes_exports);
const exitCodes = {
  /** The script ended with 0. */
  succeeded: 0,
  /** The script failed, ran too long or was cut off, or the group has none for the platform of the instance. */
  scriptFailed: 80,
  /** The script was not run: the instance is not meant to go (or come), or is not the instance that the command names. */
  notMeant: 81
};
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  exitCodes
});
