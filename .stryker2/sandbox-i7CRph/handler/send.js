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
var send_exports = {};
__export(send_exports, {
  cancelCommand: () => cancelCommand,
  sendDocument: () => sendDocument,
  sentAtOnce: () => sentAtOnce
});
module.exports = __toCommonJS(send_exports);
var import_contract = require("../contract");
var import_errors = require("./aws/errors");
var import_memory = require("./memory");
const sentAtOnce = 50;
async function sendDocument(context, hook, runs) {
  const batches = [runs.filter(({ isUntold }) => !isUntold), runs.filter(({ isUntold }) => isUntold)].flatMap(inBatches).map((batch) => sendBatch(context, hook, batch));
  return merge(await Promise.all(batches));
}
function inBatches(runs) {
  const count = Math.ceil(runs.length / sentAtOnce);
  return Array.from(
    { length: count },
    (_, index) => runs.slice(index * sentAtOnce, (index + 1) * sentAtOnce)
  );
}
async function sendBatch(context, hook, runs) {
  if (runs.length === 0) return /* @__PURE__ */ new Map();
  const { delivery, document, scriptLogGroup } = hook.instructions;
  const instances = runs.map(({ instance }) => instance);
  const sent = await context.runCommand.send({
    document,
    instances,
    parameters: parametersFor(context, hook, runs),
    delivery,
    budget: (0, import_contract.budgetOf)(hook.instructions),
    early: runs.some((run) => run.early),
    logGroup: scriptLogGroup
  });
  const subject = { group: hook.group, hook: hook.name, transition: hook.transition };
  switch (sent.kind) {
    case "sent":
      rememberSent(context, hook, instances, sent.commandId);
      context.log.info({
        message: `sent ${document} as ${sent.commandId} to ${instances.join(", ")}`,
        ...subject
      });
      return /* @__PURE__ */ new Map();
    case "failed":
      context.log.error({
        message: `could not send ${document} to ${instances.join(", ")}; the next sweep tries again`,
        ...subject,
        error: sent.error
      });
      return /* @__PURE__ */ new Map();
    case "refused":
      return sendWithout(context, hook, runs, sent);
  }
}
function rememberSent({ clock, memory }, { group, instructions, name }, instances, id) {
  const budget = (0, import_contract.budgetOf)(instructions);
  const sent = { id, requestedAt: clock.now(), status: "pending", budget };
  for (const instance of instances) (0, import_memory.recall)(memory, { group, hook: name, instance }).sent = sent;
}
async function sendWithout(context, hook, runs, refused) {
  const all = runs.map(({ instance }) => instance);
  if (runs.length === 1 || refused.whole) return refuse(all, refused.cause);
  const named = refused.instances.length > 0 ? refused.instances : await unknownTo(context, all, refused);
  if (named.length > 0) {
    const rest = runs.filter(({ instance }) => !named.includes(instance));
    return merge([refuse(named, refused.cause), await sendBatch(context, hook, rest)]);
  }
  const half = Math.ceil(runs.length / 2);
  return merge([
    await sendBatch(context, hook, runs.slice(0, half)),
    await sendBatch(context, hook, runs.slice(half))
  ]);
}
async function unknownTo({ runCommand }, instances, { isUnknown }) {
  if (!isUnknown) return [];
  const machines = await runCommand.machines(instances);
  return instances.filter((id) => machines.get(id) !== "there");
}
function refuse(instances, cause) {
  return new Map(instances.map((id) => [id, cause]));
}
function merge(all) {
  return new Map(all.flatMap((one) => [...one]));
}
function parametersFor(context, hook, runs) {
  const { group, instructions, name, transition } = hook;
  const only = runs.length === 1 ? runs[0] : void 0;
  const { instance, token } = only ?? {};
  const now = context.clock.now();
  const since = Math.min(...runs.map((run) => run.since));
  return {
    group,
    groupBase64: Buffer.from(group).toString("base64"),
    hook: name,
    action: instance && token ? context.seal.close(token, { group, hook: name, instance }) : "",
    instance: instance ?? "",
    transition,
    onFailure: instructions.onFailure,
    sent: toSeconds(now),
    since: sinceParameter(runs),
    // A probe has had its share of the wait already; sessions get what is left of it.
    sessionWait: context.isBusy ? String(Math.ceil(Math.max(0, since + instructions.maxWait * 1e3 - now) / 1e3)) : "",
    meant: runs.every(({ isUntold }) => isUntold) ? "yes" : ""
  };
}
function sinceParameter(runs) {
  const earliest = Math.min(...runs.map(({ actionSince = NaN }) => actionSince));
  return Number.isNaN(earliest) ? "" : toSeconds(earliest - clockTolerance);
}
const clockTolerance = 15e3;
function toSeconds(instant) {
  return String(Math.floor(instant / 1e3));
}
async function cancelCommand(context, commandId, instance) {
  try {
    await context.runCommand.cancel(commandId, instance);
  } catch (error) {
    context.log.warn({ message: `could not cancel ${commandId}`, instance, error: (0, import_errors.describe)(error) });
  }
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  cancelCommand,
  sendDocument,
  sentAtOnce
});
