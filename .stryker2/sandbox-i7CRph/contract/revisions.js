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
var revisions_exports = {};
__export(revisions_exports, {
  revisionOf: () => revisionOf,
  revisionsOf: () => revisionsOf
});
module.exports = __toCommonJS(revisions_exports);
var import_node_crypto = require("node:crypto");
function revisionOf(metadata) {
  return (0, import_node_crypto.createHash)("sha256").update(metadata).digest("hex").slice(0, 8);
}
function revisionsOf(hooks) {
  const inOrder = ["terminate", "launch"].flatMap(
    (transition) => hooks.filter((hook) => hook.transition === transition)
  );
  return inOrder.map(({ metadata, transition }) => `${transition}=${revisionOf(metadata)}`).join(" ");
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  revisionOf,
  revisionsOf
});
