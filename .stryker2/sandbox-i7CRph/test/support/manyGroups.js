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
var manyGroups_exports = {};
__export(manyGroups_exports, {
  manyGroups: () => manyGroups
});
module.exports = __toCommonJS(manyGroups_exports);
var import_contract = require("../../contract");
function manyGroups(world, count) {
  const [group] = world.groups;
  if (group === void 0) throw new Error("the world has no group");
  const documents = new Map(world.documents);
  const groups = Array.from({ length: count }, (_, index) => {
    const own = (name2) => `${name2}-${index + 1}`;
    const hooks = group.hooks.map((hook) => {
      const instructions = (0, import_contract.decodeInstructions)(hook.notificationMetadata);
      if (instructions === void 0) return hook;
      const document = own(instructions.document);
      documents.set(document, world.documents.get(instructions.document) ?? "");
      return { ...hook, notificationMetadata: (0, import_contract.encodeInstructions)({ ...instructions, document }) };
    });
    const transitions = { LAUNCHING: "launch", TERMINATING: "terminate" };
    const revisions = (0, import_contract.revisionsOf)(
      hooks.flatMap(
        ({ lifecycleTransition, notificationMetadata: metadata }) => metadata === void 0 ? [] : [{ metadata, transition: transitions[lifecycleTransition.split("_").at(-1)] }]
      )
    );
    const name = own(group.name);
    return {
      ...group,
      name,
      arn: group.arn.replace(group.name, name),
      hooks,
      tags: { ...group.tags, [import_contract.hooksTag]: revisions }
    };
  });
  return { ...world, groups, documents };
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  manyGroups
});
