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
var limits_exports = {};
__export(limits_exports, {
  bootAllowance: () => bootAllowance,
  completionRecovery: () => completionRecovery,
  defaultDeregistrationDelay: () => defaultDeregistrationDelay,
  defaultHeartbeatTimeout: () => defaultHeartbeatTimeout,
  defaultProviderTimeout: () => defaultProviderTimeout,
  delivery: () => delivery,
  deliveryGrace: () => deliveryGrace,
  deregistrationDelayRange: () => deregistrationDelayRange,
  interruptionNotice: () => interruptionNotice,
  listingLag: () => listingLag,
  maxDefaultAgentTimeout: () => maxDefaultAgentTimeout,
  maxGlobalTimeout: () => maxGlobalTimeout,
  maxHeartbeatTimeout: () => maxHeartbeatTimeout,
  maxHeartbeatTimeouts: () => maxHeartbeatTimeouts,
  minHeartbeatTimeout: () => minHeartbeatTimeout,
  minTimeout: () => minTimeout,
  shutdownAllowance: () => shutdownAllowance,
  startRecovery: () => startRecovery,
  sweepInterval: () => sweepInterval
});
module.exports = __toCommonJS(limits_exports);
const deregistrationDelayRange = { min: 0, max: 3600 };
const defaultDeregistrationDelay = 300;
const maxHeartbeatTimeout = 7200;
const defaultHeartbeatTimeout = 3600;
const minHeartbeatTimeout = 300;
const maxHeartbeatTimeouts = 100;
const maxGlobalTimeout = 172800;
const minTimeout = 5;
const delivery = 30;
const deliveryGrace = 30;
const listingLag = 30;
const sweepInterval = 60;
const startRecovery = 3 * sweepInterval;
const maxDefaultAgentTimeout = 900;
const completionRecovery = 2 * sweepInterval;
const shutdownAllowance = 600;
const bootAllowance = 600;
const defaultProviderTimeout = 600;
const interruptionNotice = 120;
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  bootAllowance,
  completionRecovery,
  defaultDeregistrationDelay,
  defaultHeartbeatTimeout,
  defaultProviderTimeout,
  delivery,
  deliveryGrace,
  deregistrationDelayRange,
  interruptionNotice,
  listingLag,
  maxDefaultAgentTimeout,
  maxGlobalTimeout,
  maxHeartbeatTimeout,
  maxHeartbeatTimeouts,
  minHeartbeatTimeout,
  minTimeout,
  shutdownAllowance,
  startRecovery,
  sweepInterval
});
