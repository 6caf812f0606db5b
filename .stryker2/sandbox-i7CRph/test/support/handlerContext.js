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
var handlerContext_exports = {};
__export(handlerContext_exports, {
  handlerContext: () => handlerContext
});
module.exports = __toCommonJS(handlerContext_exports);
var import_context = require("../../handler/context");
var import_memory = require("../../handler/memory");
var import_seal = require("../../handler/seal");
var import_payloads = require("./payloads");
function handlerContext({ autoScaling, now = () => 0, runCommand, ...rest }) {
  const never = () => Promise.reject(new Error("not to be called"));
  const silent = () => void 0;
  return {
    handler: import_payloads.ids.handler,
    autoScaling: {
      groups: never,
      describe: never,
      hooks: never,
      activities: never,
      complete: never,
      heartbeat: never,
      ...autoScaling
    },
    runCommand: {
      send: never,
      cancel: never,
      invocations: never,
      end: never,
      command: never,
      machines: never,
      ...runCommand
    },
    seal: (0, import_seal.createSeal)("a secret"),
    clock: { ...import_context.systemClock, now, sleep: () => Promise.resolve() },
    log: { info: silent, warn: silent, error: silent },
    isBusy: void 0,
    until: Infinity,
    memory: (0, import_memory.createMemory)(),
    ...rest
  };
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  handlerContext
});
