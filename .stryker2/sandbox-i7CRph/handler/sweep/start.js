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
var start_exports = {};
__export(start_exports, {
  start: () => start
});
module.exports = __toCommonJS(start_exports);
var import_send = require("../send");
var import_carryOutCase = require("./carryOutCase");
var import_probes = require("./probes");
async function start(context, { cases, hook }) {
  const isDue = ({ decision }) => decision.kind === "run";
  const held = cases.filter(({ decision }) => decision.kind === "inspect");
  let free = cases.filter(isDue);
  await (0, import_probes.askProbes)(context, held, async (answered) => {
    const due = [...free, ...(await (0, import_carryOutCase.settle)(context, answered)).filter(isDue)];
    free = [];
    await send(context, hook, due);
  });
  await send(context, hook, free);
}
async function send(context, hook, cases) {
  const refusals = await (0, import_send.sendDocument)(context, hook, cases.map(import_carryOutCase.runOf));
  const refused = cases.flatMap((one) => {
    const cause = refusals.get(one.subject.instance);
    if (cause === void 0) {
      one.memory.refusedSince = void 0;
      return [];
    }
    one.memory.refusedSince ??= one.situation.now;
    const refusal = { cause, since: one.memory.refusedSince };
    return [{ ...one, situation: { ...one.situation, refusal } }];
  });
  await (0, import_carryOutCase.settle)(context, refused);
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  start
});
