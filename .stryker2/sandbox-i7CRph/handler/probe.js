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
var probe_exports = {};
__export(probe_exports, {
  probe: () => probe
});
module.exports = __toCommonJS(probe_exports);
var import_errors = require("./aws/errors");
const probeTimeout = 1e4;
async function probe(context, { group, hook, instance }) {
  const { isBusy } = context;
  if (isBusy === void 0) return false;
  const query = { instanceId: instance, groupName: group, hookName: hook };
  const ask = async () => Boolean(await isBusy(query));
  try {
    const answer = await context.clock.within(probeTimeout, ask());
    if (answer !== void 0) return answer;
    throw new Error(`no answer within ${probeTimeout / 1e3} s`);
  } catch (error) {
    context.log.warn({
      message: "isBusy failed and counts as busy",
      group,
      hook,
      instance,
      error: (0, import_errors.describe)(error)
    });
    return true;
  }
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  probe
});
