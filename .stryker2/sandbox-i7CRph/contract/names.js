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
var names_exports = {};
__export(names_exports, {
  documentPrefix: () => documentPrefix,
  handlerTag: () => handlerTag,
  hooksTag: () => hooksTag,
  instanceRoleTag: () => instanceRoleTag,
  sealVariable: () => sealVariable
});
module.exports = __toCommonJS(names_exports);
const handlerTag = "graceful-asg:handler";
const hooksTag = "graceful-asg:hooks";
const instanceRoleTag = "graceful-asg:instance-role";
const sealVariable = "GRACEFUL_ASG_SEAL";
function documentPrefix(handler) {
  return `${handler}-`;
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  documentPrefix,
  handlerTag,
  hooksTag,
  instanceRoleTag,
  sealVariable
});
