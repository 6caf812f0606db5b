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
var sweep_exports = {};
__export(sweep_exports, {
  reconcileInstances: () => import_reconcile.reconcileInstances,
  rememberHook: () => import_hooks.rememberHook,
  sweep: () => import_sweep.sweep
});
module.exports = __toCommonJS(sweep_exports);
var import_hooks = require("./hooks");
var import_reconcile = require("./reconcile");
var import_sweep = require("./sweep");
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  reconcileInstances,
  rememberHook,
  sweep
});
