"use strict";
var __create = Object.create;
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __getProtoOf = Object.getPrototypeOf;
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
var __toESM = (mod, isNodeMode, target) => (target = mod != null ? __create(__getProtoOf(mod)) : {}, __copyProps(
  // If the importer is in node compatibility mode or this is not an ESM
  // file that has been converted to a CommonJS file using a Babel-
  // compatible transform (i.e. "__esModule" has not been set), then set
  // "default" to the CommonJS "module.exports" for node compatibility.
  isNodeMode || !mod || !mod.__esModule ? __defProp(target, "default", { value: mod, enumerable: true }) : target,
  mod
));
var __toCommonJS = (mod) => __copyProps(__defProp({}, "__esModule", { value: true }), mod);
var probes_exports = {};
__export(probes_exports, {
  askProbes: () => askProbes
});
module.exports = __toCommonJS(probes_exports);
var import_p_limit = __toESM(require("p-limit"));
var import_probe = require("../probe");
const sideBySide = 20;
const window = 15e3;
const collected = 5e3;
async function askProbes(context, cases, onAnswers) {
  const { clock } = context;
  const limit = (0, import_p_limit.default)(sideBySide);
  const until = Math.min(context.until, clock.now() + window);
  const answers = [];
  let notAsked = 0;
  const all = Promise.all(
    inTurn(cases).map(
      (one) => limit(async () => {
        if (clock.now() >= until) {
          notAsked += 1;
          return;
        }
        one.memory.probedAt = clock.now();
        const isBusy = await (0, import_probe.probe)(context, one.subject);
        answers.push({ ...one, situation: { ...one.situation, isBusy } });
      })
    )
  ).then(() => true);
  for (let isOver; !isOver; ) {
    isOver = await clock.within(collected, all);
    const answered = answers.splice(0);
    if (answered.length > 0) await onAnswers(answered);
  }
  if (notAsked > 0) {
    context.log.warn({ message: `isBusy takes too long: ${notAsked} instances are asked by the next sweep` });
  }
}
function inTurn(cases) {
  return [...cases].sort((one, other) => one.memory.probedAt - other.memory.probedAt);
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  askProbes
});
