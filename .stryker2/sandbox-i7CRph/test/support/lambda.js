"use strict";
var __create = Object.create;
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __getProtoOf = Object.getPrototypeOf;
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
var __toESM = (mod, isNodeMode, target) => (target = mod != null ? __create(__getProtoOf(mod)) : {}, __copyProps(
  // If the importer is in node compatibility mode or this is not an ESM
  // file that has been converted to a CommonJS file using a Babel-
  // compatible transform (i.e. "__esModule" has not been set), then set
  // "default" to the CommonJS "module.exports" for node compatibility.
  isNodeMode || !mod || !mod.__esModule ? __defProp(target, "default", { value: mod, enumerable: true }) : target,
  mod
));
var __toCommonJS = (mod) => __copyProps(__defProp({}, "__esModule", { value: true }), mod);
var lambda_exports = {};
__export(lambda_exports, {
  Artifact: () => Artifact
});
module.exports = __toCommonJS(lambda_exports);
var import_node_child_process = require("node:child_process");
var import_node_fs = require("node:fs");
var import_node_os = require("node:os");
var path = __toESM(require("node:path"));
var import_artifact = require("../../rehearsal/program/artifact");
var import_wire = require("../../rehearsal/wire");
var import_payloads = require("./payloads");
var import_deployment = require("./deployment");
class Artifact {
  folder = (0, import_node_fs.mkdtempSync)(path.join((0, import_node_os.tmpdir)(), "graceful-asg-"));
  calls = [];
  server;
  answers = {};
  /** Unpacks the code of the one function among some resources. */
  static async of(registrations) {
    return Artifact.unpacked(
      await (0, import_artifact.filesOf)((0, import_deployment.only)(registrations, "aws:lambda/function:Function").inputs["code"])
    );
  }
  /** Unpacks the files of a function. */
  static async unpacked(files) {
    const artifact = new Artifact();
    (0, import_artifact.unpack)(files, artifact.folder);
    artifact.server = await (0, import_wire.startWireServer)((call) => artifact.respond(call));
    return artifact;
  }
  /** Invokes the function with some events, one after the other, in a clean process. */
  async invoke(events, answers = {}, environment = {}) {
    this.answers = answers;
    const child = (0, import_node_child_process.spawn)(process.execPath, ["--eval", runtime, JSON.stringify(events)], {
      cwd: this.folder,
      env: {
        AWS_LAMBDA_FUNCTION_NAME: import_payloads.ids.handler,
        AWS_REGION: "us-east-1",
        AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
        AWS_SECRET_ACCESS_KEY: "secret",
        AWS_ENDPOINT_URL: this.server?.url ?? "",
        ...environment
      }
    });
    let output = "";
    child.stdout.on("data", (chunk) => output += chunk.toString());
    child.stderr.on("data", (chunk) => output += chunk.toString());
    const code = await new Promise((resolve) => child.on("close", resolve));
    return { code, output };
  }
  /** Names of the calls since the last time that somebody asked. */
  takeCalls() {
    const { calls } = this;
    this.calls = [];
    return calls;
  }
  async remove() {
    await this.server?.close();
    (0, import_node_fs.rmSync)(this.folder, { recursive: true, force: true });
  }
  respond(call) {
    this.calls.push(call);
    const answer = this.answers[call.action];
    if (answer === void 0)
      return { error: { code: "NotExpected", message: `${call.action} was not expected` } };
    return answer(call, this.calls.filter(({ action }) => action === call.action).length);
  }
}
const runtime = `
const { handler } = require("./__index.js");
(async () => {
  for (const event of JSON.parse(process.argv[1])) {
    const end = Date.now() + 60_000;
    await handler(event, { getRemainingTimeInMillis: () => end - Date.now() });
  }
})();
`;
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  Artifact
});
