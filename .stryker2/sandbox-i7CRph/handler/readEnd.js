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
var readEnd_exports = {};
__export(readEnd_exports, {
  readEnd: () => readEnd
});
module.exports = __toCommonJS(readEnd_exports);
var import_errors = require("./aws/errors");
var import_deliberate = require("./deliberate");
const lookPause = 5e3;
const eventLooks = 3;
async function readEnd(context, { group, hook, instance, transition }, commandId) {
  try {
    for (let looks = 1; ; looks += 1) {
      const end = await context.runCommand.end(commandId, instance);
      if (end && !(0, import_deliberate.isOpenEnd)(end)) return end;
      if (looks >= eventLooks || context.clock.now() + lookPause > context.until) return void 0;
      await context.clock.sleep(lookPause);
    }
  } catch (error) {
    context.log.warn({
      message: `could not read how ${commandId} ended`,
      ...{ group, hook, instance, transition },
      error: (0, import_errors.describe)(error)
    });
    return void 0;
  }
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  readEnd
});
