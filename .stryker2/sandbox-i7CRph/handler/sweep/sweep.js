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
var sweep_exports = {};
__export(sweep_exports, {
  sweep: () => sweep
});
module.exports = __toCommonJS(sweep_exports);
var import_p_limit = __toESM(require("p-limit"));
var import_errors = require("../aws/errors");
var import_carryOut = require("../carryOut");
var import_memory = require("../memory");
var import_reconcile = require("./reconcile");
var import_start = require("./start");
const sideBySide = 20;
const lookingShare = 0.6;
async function sweep(context) {
  const { clock, memory, until } = context;
  const began = clock.now();
  const groups = await context.autoScaling.groups(context.handler);
  remember(context, groups);
  const waiting = inTurn(groups.filter(import_reconcile.hasWaiting), memory.next);
  const lookUntil = began + (until - began) * lookingShare;
  const late = /* @__PURE__ */ new Set();
  const limit = (0, import_p_limit.default)(sideBySide);
  const side = (group, step) => limit(() => guarded(context, group, late, step));
  const due = [];
  await Promise.all(
    waiting.map(
      (group) => side(group.name, async () => {
        if (clock.now() > lookUntil) {
          late.add(group.name);
          return;
        }
        due.push(...await (0, import_reconcile.reconcile)(context, group, { isSweep: true }));
        memory.groups.set(group.name, began);
      })
    )
  );
  await Promise.all(due.map((one) => side(one.hook.group, () => (0, import_start.start)(context, one))));
  memory.next = waiting.find(({ name }) => late.has(name))?.name;
  if (late.size > 0) {
    context.log.warn({
      message: `the time of this sweep is over; the next one goes on with ${late.size} of ${waiting.length} groups`
    });
  }
}
async function guarded(context, group, late, step) {
  try {
    await step();
  } catch (error) {
    if ((0, import_errors.isOutOfTime)(error)) late.add(group);
    else (0, import_carryOut.logFailure)(context, error, { group });
  }
}
function remember({ clock, memory }, groups) {
  const now = clock.now();
  const waiting = /* @__PURE__ */ new Set();
  for (const group of groups) {
    if (!(0, import_reconcile.hasWaiting)(group)) memory.groups.set(group.name, now);
    for (const { id, lifecycleState } of group.instances)
      if (lifecycleState.endsWith(":Wait")) waiting.add(`${group.name} ${id}`);
  }
  (0, import_memory.forgetOthers)(memory, waiting);
}
function inTurn(groups, next) {
  const first = Math.max(
    0,
    groups.findIndex(({ name }) => name === next)
  );
  return [...groups.slice(first), ...groups.slice(0, first)];
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  sweep
});
