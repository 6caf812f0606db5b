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
var carryOutCase_exports = {};
__export(carryOutCase_exports, {
  runOf: () => runOf,
  settle: () => settle
});
module.exports = __toCommonJS(carryOutCase_exports);
var import_carryOut = require("../carryOut");
var import_decide = require("../decide");
var import_deliberate = require("../deliberate");
var import_send = require("../send");
async function settle(context, cases) {
  const isClear = ({ situation }) => (0, import_decide.decide)(situation).kind !== "inspect";
  const clear = await Promise.all(cases.filter(isClear).map((one) => settleCase(context, one)));
  const others = await Promise.all(
    cases.filter((one) => !isClear(one)).map((one) => settleCase(context, one))
  );
  return [...clear, ...others].filter((one) => one !== void 0);
}
async function settleCase(context, one) {
  let decided;
  const isDone = await (0, import_carryOut.attempt)(context, one.subject, async () => {
    decided = { ...one, ...await (0, import_deliberate.deliberate)(one.situation, one.facts, one.memory) };
    await carryOut(context, decided);
  });
  if (isDone && one.isSweep) one.memory.look = one.situation.now;
  return isDone ? decided : void 0;
}
async function carryOut(context, { decision, situation, subject }) {
  if (decision.kind === "inspect") return;
  const since = sinceOf(situation);
  (0, import_carryOut.logDecision)(context, subject, decision, since);
  switch (decision.kind) {
    case "complete":
      await (0, import_carryOut.completeOnce)(context, subject, decision, since);
      return;
    case "heartbeat":
      await (0, import_carryOut.heartbeat)(context, subject);
      return;
    case "run":
      if (decision.extend) await (0, import_carryOut.heartbeat)(context, subject);
      if (decision.replaces !== void 0) await (0, import_send.cancelCommand)(context, decision.replaces, subject.instance);
      return;
    case "wait":
      return;
  }
}
function runOf({ isUntold, situation, subject }) {
  return {
    instance: subject.instance,
    token: void 0,
    since: sinceOf(situation) ?? situation.now,
    // No run of this action was made by a command before its first.
    actionSince: situation.activity?.startedAt ?? situation.commands[0]?.requestedAt,
    isUntold
  };
}
function sinceOf({ activity, commands }) {
  return commands[0]?.requestedAt ?? activity?.startedAt;
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  runOf,
  settle
});
