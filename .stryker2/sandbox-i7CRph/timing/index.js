"use strict";
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __copyProps = (to, from, except, desc) => {
  if (from && typeof from === "object" || typeof from === "function") {
    for (let key of __getOwnPropNames(from))
      if (!__hasOwnProp.call(to, key) && key !== except)
        __defProp(to, key, { get: () => from[key], enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable });
  }
  return to;
};
var __reExport = (target, mod, secondTarget) => (__copyProps(target, mod, "default"), secondTarget && __copyProps(secondTarget, mod, "default"));
var __toCommonJS = (mod) => __copyProps(__defProp({}, "__esModule", { value: true }), mod);
var timing_exports = {};
module.exports = __toCommonJS(timing_exports);
__reExport(timing_exports, require("./constraints"), module.exports);
__reExport(timing_exports, require("./limits"), module.exports);
__reExport(timing_exports, require("./plan"), module.exports);
__reExport(timing_exports, require("./schedule"), module.exports);
__reExport(timing_exports, require("./timeline"), module.exports);
__reExport(timing_exports, require("./violation"), module.exports);
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  ...require("./constraints"),
  ...require("./limits"),
  ...require("./plan"),
  ...require("./schedule"),
  ...require("./timeline"),
  ...require("./violation")
});
