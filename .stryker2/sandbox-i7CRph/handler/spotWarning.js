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
var spotWarning_exports = {};
__export(spotWarning_exports, {
  onSpotWarning: () => onSpotWarning
});
module.exports = __toCommonJS(spotWarning_exports);
var import_send = require("./send");
var import_servedHook = require("./servedHook");
async function onSpotWarning(context, { instance }) {
  const group = (await context.autoScaling.describe([instance])).get(instance)?.group;
  const hooks = group === void 0 ? [] : (0, import_servedHook.servedHooks)(context.handler, group, await context.autoScaling.hooks(group), context.log);
  const hook = hooks.find(({ transition }) => transition === "terminate");
  if (hook === void 0) {
    context.log.info({ message: "ignored: the Spot instance is in no group of this handler", instance });
    return;
  }
  const run = { instance, token: void 0, since: context.clock.now(), early: true };
  for (const [, cause] of await (0, import_send.sendDocument)(context, hook, [run])) {
    context.log.warn({
      message: `SSM refuses the command for a Spot instance: ${cause}`,
      group: hook.group,
      hook: hook.name,
      instance
    });
  }
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  onSpotWarning
});
