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
var lambda_exports = {};
__export(lambda_exports, {
  createHandler: () => createHandler
});
module.exports = __toCommonJS(lambda_exports);
var import_client_auto_scaling = require("@aws-sdk/client-auto-scaling");
var import_client_ssm = require("@aws-sdk/client-ssm");
var import_autoScaling = require("./aws/autoScaling");
var import_calls = require("./aws/calls");
var import_errors = require("./aws/errors");
var import_runCommand = require("./aws/runCommand");
var import_commandEnded = require("./commandEnded");
var import_context = require("./context");
var import_events = require("./events");
var import_hookAction = require("./hookAction");
var import_log = require("./log");
var import_memory = require("./memory");
var import_seal = require("./seal");
var import_spotWarning = require("./spotWarning");
var import_sweep = require("./sweep");
function createHandler(options = {}) {
  const memory = (0, import_memory.createMemory)();
  const clients = {
    autoScaling: new import_client_auto_scaling.AutoScalingClient(clientOptions),
    runCommand: new import_client_ssm.SSMClient(clientOptions)
  };
  const clock = import_context.systemClock;
  return async (event, lambda) => {
    const until = clock.now() + lambda.getRemainingTimeInMillis() - callTime;
    const handler = variable("AWS_LAMBDA_FUNCTION_NAME");
    for (const trigger of (0, import_events.parseEvent)(event)) {
      const patience = trigger.kind === "sweep" ? patienceOfSweeps : patienceOfEvents;
      const make = (0, import_calls.createCalls)(clock, memory.paces, { until, patience });
      const context = {
        handler,
        autoScaling: (0, import_autoScaling.createAutoScaling)(clients.autoScaling, make),
        runCommand: (0, import_runCommand.createRunCommand)(clients.runCommand, make),
        seal: (0, import_seal.createSeal)(`${handler} ${variable("GRACEFUL_ASG_SEAL")}`),
        clock,
        log: import_log.consoleLog,
        isBusy: options.isBusy,
        until,
        memory
      };
      await handle(context, trigger);
    }
  };
}
async function handle(context, trigger) {
  try {
    switch (trigger.kind) {
      case "hookAction":
        await (0, import_hookAction.onHookAction)(context, trigger);
        return;
      case "commandEnded":
        await (0, import_commandEnded.onCommandEnded)(context, trigger);
        return;
      case "spotWarning":
        await (0, import_spotWarning.onSpotWarning)(context, trigger);
        return;
      case "sweep":
        await (0, import_sweep.sweep)(context);
        return;
      case "ignored":
        context.log.info({ message: `ignored: ${trigger.reason}` });
    }
  } catch (error) {
    if (!(0, import_errors.comesFromAws)(error)) throw error;
    context.log.error({
      message: `${trigger.kind} failed; the next sweep tries again`,
      error: (0, import_errors.describe)(error)
    });
  }
}
const clientOptions = {
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 3e3, requestTimeout: 1e4, throwOnRequestTimeout: true }
};
const callTime = 12e3;
const patienceOfEvents = {
  read: 1e4,
  send: 0,
  cancel: 0,
  complete: 4e4,
  heartbeat: 1e4
};
const patienceOfSweeps = {
  read: Infinity,
  send: Infinity,
  cancel: 0,
  complete: Infinity,
  heartbeat: Infinity
};
function variable(name) {
  const value = process.env[name];
  if (!value) throw new Error(`the environment variable ${name} is not set`);
  return value;
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  createHandler
});
