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
var import_invocations = require("../support/invocations");
var import_payloads = require("../support/payloads");
const hookEvent = () => (0, import_payloads.snsEvent)((0, import_payloads.hookBody)({ time: (/* @__PURE__ */ new Date()).toISOString() }));
describe("the function in real time", () => {
  let lambda;
  afterEach(() => lambda.close());
  it("leaves to the sweep what AWS does not answer, without an error", async () => {
    lambda = await import_invocations.Invocations.open(() => ({ output: {} }));
    process.env["AWS_ENDPOINT_URL"] = "http://127.0.0.1:1";
    await lambda.invoke([hookEvent(), (0, import_payloads.sweepEvent)()]);
    import_strict.default.match(lambda.lines[1] ?? "", /^error could not send .*; the next sweep tries again$/);
    import_strict.default.equal(lambda.lines[2], "error sweep failed; the next sweep tries again");
  });
  it("remembers from one invocation to the next what AWS takes", async () => {
    lambda = await import_invocations.Invocations.open(() => ({
      error: { code: "ThrottlingException", message: "Rate exceeded" }
    }));
    await lambda.invoke(Array.from({ length: 6 }, hookEvent));
    const [last = 0, before = 0, ...others] = lambda.calls.map(({ at }) => at).reverse();
    import_strict.default.equal(others.length, 4);
    import_strict.default.ok(last - before > 200, `after ${last - before} ms`);
  });
});
