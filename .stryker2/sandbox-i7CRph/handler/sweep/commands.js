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
var commands_exports = {};
__export(commands_exports, {
  readCommands: () => readCommands
});
module.exports = __toCommonJS(commands_exports);
const sparePages = 20;
async function readCommands({ runCommand }, document, instances, after) {
  const pages = Math.min(instances.length, sparePages + Math.ceil(instances.length / 25));
  const together = instances.length > 1 ? await runCommand.invocations({ document, after, pages }) : void 0;
  const found = together ?? (await Promise.all(
    instances.map(
      async (instance) => await runCommand.invocations({ document, after, instance }) ?? []
    )
  )).flat();
  const byInstance = /* @__PURE__ */ new Map();
  for (const one of found) {
    const known = byInstance.get(one.instance);
    if (known === void 0) byInstance.set(one.instance, [one]);
    else known.push(one);
  }
  return byInstance;
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  readCommands
});
