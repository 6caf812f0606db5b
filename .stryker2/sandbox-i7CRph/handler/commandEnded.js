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
var commandEnded_exports = {};
__export(commandEnded_exports, {
  onCommandEnded: () => onCommandEnded
});
module.exports = __toCommonJS(commandEnded_exports);
var import_contract = require("../contract");
var import_carryOut = require("./carryOut");
var import_decide = require("./decide");
var import_readEnd = require("./readEnd");
var import_sweep = require("./sweep");
async function onCommandEnded(context, ended) {
  if (!ended.document.startsWith((0, import_contract.documentPrefix)(context.handler))) {
    context.log.info({ message: `ignored: ${ended.document} is not a document of this handler` });
    return;
  }
  const parameters = isEmpty(ended.parameters) ? (await context.runCommand.command(ended.commandId))?.parameters : ended.parameters;
  const { group, hook } = parameters ?? {};
  if (!parameters || !group || !hook) {
    context.log.warn({ message: `ignored: ${ended.commandId} does not say which hook it was sent for` });
    return;
  }
  if (ended.status === "Cancelled") return;
  const subject = subjectOf(context, parameters, group, hook);
  const completion = subject && await completionFor(context, ended, subject, onFailureOf(parameters));
  if (subject && completion) {
    (0, import_carryOut.logDecision)(context, subject, completion, void 0);
    await (0, import_carryOut.attempt)(context, subject, () => (0, import_carryOut.completeNow)(context, subject, completion, void 0));
    return;
  }
  const sent = await context.runCommand.command(ended.commandId);
  if (sent?.isOurs !== true) {
    context.log.warn({ message: `ignored: no handler has sent ${ended.commandId}`, group, hook });
    return;
  }
  await (0, import_sweep.reconcileInstances)(context, group, hook, sent.instances, ended.commandId);
}
async function completionFor(context, { commandId, status }, subject, onFailure) {
  if (status === "Success") return (0, import_decide.completionOf)("CONTINUE", "succeeded", "the script succeeded");
  if (onFailure === void 0 || onFailure === "retain") return void 0;
  const end = await (0, import_readEnd.readEnd)(context, subject, commandId);
  if (end?.status !== "failed") return void 0;
  return (0, import_decide.completionOf)((0, import_contract.resultOf)(onFailure), "failed", `the script failed or ran too long: ${onFailure}`, {
    failed: commandOf(commandId, end)
  });
}
function commandOf(id, end) {
  return { id, requestedAt: 0, ...end };
}
function isEmpty(parameters) {
  return parameters === void 0 || Object.values(parameters).every((value) => !value);
}
function subjectOf({ seal }, parameters, group, hook) {
  const { action, instance } = parameters;
  const transition = transitionOf(parameters);
  if (!instance || !action || !transition) return void 0;
  const token = seal.open(action, { group, hook, instance });
  return token === void 0 ? void 0 : { group, hook, instance, token, transition };
}
function transitionOf({ transition }) {
  return transition === "launch" || transition === "terminate" ? transition : void 0;
}
function onFailureOf({ onFailure }) {
  return (0, import_contract.isOneOf)(onFailure, import_contract.OnFailure) ? onFailure : void 0;
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  onCommandEnded
});
