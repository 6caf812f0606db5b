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
var hooks_exports = {};
__export(hooks_exports, {
  hooksOf: () => hooksOf,
  rememberHook: () => rememberHook
});
module.exports = __toCommonJS(hooks_exports);
var import_contract = require("../../contract");
var import_servedHook = require("../servedHook");
const rememberedFor = 30 * 6e4;
async function hooksOf(context, group) {
  const { autoScaling, clock, handler, log, memory } = context;
  const now = clock.now();
  const known = memory.hooks.get(group.name);
  if (known !== void 0 && now - known.readAt < rememberedFor) {
    const remembered = recallHooks(known, group);
    if (remembered !== void 0) return remembered;
  }
  const hooks = await autoScaling.hooks(group.name);
  const served = (0, import_servedHook.servedHooks)(handler, group.name, hooks, log);
  const metadataOf = new Map(hooks.map(({ metadata, name }) => [name, metadata]));
  const byRevision = /* @__PURE__ */ new Map();
  for (const hook of served) {
    const revision = revisionOf(hook.transition, metadataOf.get(hook.name));
    byRevision.set(revision, [...byRevision.get(revision) ?? [], hook]);
  }
  memory.hooks.set(group.name, { readAt: now, byRevision });
  return served;
}
function recallHooks({ byRevision }, { instances, revisions }) {
  const transitions = new Set(instances.flatMap(({ lifecycleState }) => (0, import_servedHook.transitionsOf)(lifecycleState)));
  const found = [];
  for (const transition of transitions) {
    const wanted = revisions.filter((one) => one.startsWith(`${transition}=`));
    if (wanted.length === 0) return void 0;
    for (const revision of wanted) {
      const hooks = byRevision.get(revision);
      if (hooks === void 0) return void 0;
      found.push(...hooks);
    }
  }
  return found;
}
function rememberHook({ hooks }, hook, metadata, now) {
  const { heartbeatTimeout } = hook.instructions;
  if (heartbeatTimeout === void 0) return;
  const { byRevision = /* @__PURE__ */ new Map(), readAt = now } = hooks.get(hook.group) ?? {};
  const revision = revisionOf(hook.transition, metadata);
  if (byRevision.has(revision)) return;
  const added = new Map([...byRevision, [revision, [{ ...hook, heartbeatTimeout }]]]);
  hooks.set(hook.group, { readAt, byRevision: added });
}
function revisionOf(transition, metadata = "") {
  return (0, import_contract.revisionsOf)([{ transition, metadata }]);
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  hooksOf,
  rememberHook
});
