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
var memory_exports = {};
__export(memory_exports, {
  createMemory: () => createMemory,
  forgetOthers: () => forgetOthers,
  recall: () => recall
});
module.exports = __toCommonJS(memory_exports);
var import_calls = require("./aws/calls");
function createMemory() {
  return {
    actions: /* @__PURE__ */ new Map(),
    hooks: /* @__PURE__ */ new Map(),
    groups: /* @__PURE__ */ new Map(),
    next: void 0,
    paces: (0, import_calls.createPaces)()
  };
}
function recall({ actions, groups }, key) {
  const text = [key.group, key.hook, key.instance].join(" ");
  const known = actions.get(text);
  if (known !== void 0) return known;
  const fresh = {
    look: 0,
    sentNothingBefore: groups.get(key.group) ?? 0,
    sent: void 0,
    ends: /* @__PURE__ */ new Map(),
    activity: void 0,
    extendedAt: void 0,
    refusedSince: void 0,
    probedAt: 0,
    goneSince: void 0,
    isOver: false
  };
  actions.set(text, fresh);
  return fresh;
}
function forgetOthers({ actions }, waiting) {
  for (const key of actions.keys()) {
    const [group = "", , instance = ""] = key.split(" ");
    if (!waiting.has(`${group} ${instance}`)) actions.delete(key);
  }
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  createMemory,
  forgetOthers,
  recall
});
