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
var invocations_exports = {};
__export(invocations_exports, {
  Invocations: () => Invocations
});
module.exports = __toCommonJS(invocations_exports);
var import_lambda = require("../../handler/lambda");
var import_wire = require("../../rehearsal/wire");
var import_payloads = require("./payloads");
const environment = {
  AWS_LAMBDA_FUNCTION_NAME: import_payloads.ids.handler,
  GRACEFUL_ASG_SEAL: "a secret",
  AWS_REGION: "us-east-1",
  AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
  AWS_SECRET_ACCESS_KEY: "secret"
};
class Invocations {
  calls = [];
  /** Lines of the log, level and message. */
  lines = [];
  usual = { ...process.env };
  console = { error: console.error, info: console.info, warn: console.warn };
  server;
  constructor() {
    for (const level of ["info", "warn", "error"]) {
      console[level] = (entry) => {
        if (entry.message !== void 0) this.lines.push(`${level} ${entry.message}`);
      };
    }
  }
  static async open(answer) {
    const opened = new Invocations();
    opened.server = await (0, import_wire.startWireServer)((call) => {
      opened.calls.push({ ...call, at: Date.now() });
      return answer(call);
    });
    Object.assign(process.env, environment, { AWS_ENDPOINT_URL: opened.server.url });
    return opened;
  }
  async close() {
    for (const name of [...Object.keys(environment), "AWS_ENDPOINT_URL"]) {
      if (this.usual[name] === void 0) Reflect.deleteProperty(process.env, name);
      else process.env[name] = this.usual[name];
    }
    Object.assign(console, this.console);
    await this.server?.close();
  }
  get actions() {
    return this.calls.map(({ action }) => action);
  }
  /** Invokes one function with some events, one after the other, each with so much time left, ms. */
  async invoke(events, options = {}, remaining = 6e4) {
    const handler = (0, import_lambda.createHandler)(options);
    for (const event of events) await handler(event, { getRemainingTimeInMillis: () => remaining });
  }
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  Invocations
});
