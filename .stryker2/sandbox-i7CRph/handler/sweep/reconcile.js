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
var reconcile_exports = {};
__export(reconcile_exports, {
  hasWaiting: () => hasWaiting,
  reconcile: () => reconcile,
  reconcileInstances: () => reconcileInstances
});
module.exports = __toCommonJS(reconcile_exports);
var import_servedHook = require("../servedHook");
var import_cases = require("./cases");
var import_carryOutCase = require("./carryOutCase");
var import_hooks = require("./hooks");
var import_start = require("./start");
async function reconcile(context, group, look) {
  const hooks = await (0, import_hooks.hooksOf)(context, group);
  return Promise.all(
    hooks.filter(({ name }) => look.hook === void 0 || look.hook === name).map(async (hook) => {
      const waiting = group.instances.filter((one) => (0, import_servedHook.isWaiting)(one.lifecycleState, hook.transition));
      const cases = await (0, import_cases.readCases)(context, group, hook, waiting, look);
      return { hook, cases: await (0, import_carryOutCase.settle)(context, cases) };
    })
  );
}
async function reconcileInstances(context, group, hook, instances, ended) {
  const details = await context.autoScaling.describe(instances);
  const found = [...details].map(([id, { isHealthy, lifecycleState }]) => ({
    id,
    isHealthy,
    lifecycleState
  }));
  if (!found.some(({ lifecycleState }) => lifecycleState.endsWith(":Wait"))) return;
  const unknown = { name: group, instances: found, repeats: true, revisions: [] };
  const due = await reconcile(context, unknown, { isSweep: false, hook, ended });
  await Promise.all(due.map((one) => (0, import_start.start)(context, one)));
}
function hasWaiting({ instances }) {
  return instances.some(({ lifecycleState }) => lifecycleState.endsWith(":Wait"));
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  hasWaiting,
  reconcile,
  reconcileInstances
});
