"use strict";
var __create = Object.create;
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __getProtoOf = Object.getPrototypeOf;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __copyProps = (to, from, except, desc) => {
  if (from && typeof from === "object" || typeof from === "function") {
    for (let key of __getOwnPropNames(from))
      if (!__hasOwnProp.call(to, key) && key !== except)
        __defProp(to, key, { get: () => from[key], enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable });
  }
  return to;
};
var __toESM = (mod, isNodeMode, target) => (target = mod != null ? __create(__getProtoOf(mod)) : {}, __copyProps(
  // If the importer is in node compatibility mode or this is not an ESM
  // file that has been converted to a CommonJS file using a Babel-
  // compatible transform (i.e. "__esModule" has not been set), then set
  // "default" to the CommonJS "module.exports" for node compatibility.
  isNodeMode || !mod || !mod.__esModule ? __defProp(target, "default", { value: mod, enumerable: true }) : target,
  mod
));
var import_strict = __toESM(require("node:assert/strict"));
var import_fast_check = __toESM(require("fast-check"));
var import_contract = require("../../contract");
var import_seal = require("../../handler/seal");
var import_payloads = require("../support/payloads");
const place = { group: import_payloads.ids.group, hook: "graceful-terminate-sns", instance: import_payloads.ids.instance };
describe("a seal", () => {
  const seal = (0, import_seal.createSeal)("a secret");
  it("opens to the token, whatever it is, in letters that a parameter takes", () => {
    import_fast_check.default.assert(
      import_fast_check.default.property(import_fast_check.default.uuid(), import_fast_check.default.string(), (token, group) => {
        const sealed = seal.close(token, { ...place, group });
        import_strict.default.match(sealed, new RegExp(import_contract.parameterPatterns.action));
        import_strict.default.ok(!sealed.includes(token));
        import_strict.default.equal(seal.open(sealed, { ...place, group }), token);
      })
    );
  });
  it("is the same for the same token, so that the guard knows the action, and another for another", () => {
    import_strict.default.equal(seal.close(import_payloads.ids.token, place), seal.close(import_payloads.ids.token, place));
    import_strict.default.notEqual(seal.close(import_payloads.ids.token, place), seal.close(import_payloads.ids.token.replace("4", "5"), place));
  });
  it("opens for no other group, hook or instance, and with no other secret", () => {
    const sealed = seal.close(import_payloads.ids.token, place);
    for (const changes of [{ group: "other" }, { hook: "other" }, { instance: "i-1" }])
      import_strict.default.equal(seal.open(sealed, { ...place, ...changes }), void 0);
    import_strict.default.equal((0, import_seal.createSeal)("another secret").open(sealed, place), void 0);
  });
  it("takes nothing for sealed that it has not sealed", () => {
    import_fast_check.default.assert(
      import_fast_check.default.property(import_fast_check.default.string(), (text) => {
        import_strict.default.equal(seal.open(text, place), void 0);
      })
    );
    const sealed = seal.close(import_payloads.ids.token, place);
    import_strict.default.equal(seal.open(sealed.slice(0, -2), place), void 0);
  });
});
