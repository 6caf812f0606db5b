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
var import_contract = require("../../contract");
var import_spotWarning = require("../../handler/spotWarning");
var import_handlerContext = require("../support/handlerContext");
var import_payloads = require("../support/payloads");
var import_recordedLog = require("../support/recordedLog");
function world(handler = import_payloads.ids.handler, answer = { kind: "sent", commandId: "c" }) {
  const { lines, log } = (0, import_recordedLog.recordedLog)();
  const jobs = [];
  const hooks = ["launch", "terminate"].map((transition) => ({
    name: `graceful-${transition}-sns`,
    lifecycleTransition: `autoscaling:EC2_INSTANCE_${transition === "launch" ? "LAUNCHING" : "TERMINATING"}`,
    heartbeatTimeout: 450,
    metadata: (0, import_contract.encodeInstructions)(
      (0, import_payloads.instructionsFor)(transition, { handler, document: `${handler}-web-${transition}` })
    )
  }));
  const context = (0, import_handlerContext.handlerContext)({
    now: () => 9e4,
    log,
    autoScaling: {
      describe: () => Promise.resolve(
        /* @__PURE__ */ new Map([[import_payloads.ids.instance, { group: import_payloads.ids.group, lifecycleState: "InService", isHealthy: true }]])
      ),
      hooks: (group) => group === import_payloads.ids.group ? Promise.resolve(hooks) : Promise.reject(new Error(group))
    },
    runCommand: {
      send: (job) => {
        jobs.push(job);
        return Promise.resolve(answer);
      }
    }
  });
  return { context, jobs, lines };
}
describe("the warning of a Spot instance", () => {
  it("starts the script of a Spot instance ahead of its hook, and marks the command so", async () => {
    const { context, jobs } = world();
    await (0, import_spotWarning.onSpotWarning)(context, { kind: "spotWarning", instance: import_payloads.ids.instance });
    import_strict.default.deepEqual(
      jobs.map(({ document, early, instances }) => [document, early, instances]),
      [[`${import_payloads.ids.handler}-web-terminate`, true, [import_payloads.ids.instance]]]
    );
    import_strict.default.deepEqual([jobs[0]?.parameters.action, jobs[0]?.parameters.since], ["", ""]);
  });
  it("is ignored for an instance of another's group, or of none", async () => {
    const { context, jobs, lines } = world("another");
    await (0, import_spotWarning.onSpotWarning)(context, { kind: "spotWarning", instance: import_payloads.ids.instance });
    await (0, import_spotWarning.onSpotWarning)(context, { kind: "spotWarning", instance: "i-1" });
    import_strict.default.deepEqual(jobs, []);
    import_strict.default.deepEqual(
      lines.map(({ instance, message }) => [message, instance]),
      [import_payloads.ids.instance, "i-1"].map((id) => ["ignored: the Spot instance is in no group of this handler", id])
    );
  });
  it("says so where SSM refuses the command", async () => {
    const { context, lines } = world(import_payloads.ids.handler, {
      kind: "refused",
      instances: [import_payloads.ids.instance],
      whole: false,
      isUnknown: true,
      cause: "no agent"
    });
    await (0, import_spotWarning.onSpotWarning)(context, { kind: "spotWarning", instance: import_payloads.ids.instance });
    import_strict.default.deepEqual(lines, [
      {
        level: "warn",
        message: "SSM refuses the command for a Spot instance: no agent",
        group: import_payloads.ids.group,
        hook: "graceful-terminate-sns",
        instance: import_payloads.ids.instance
      }
    ]);
  });
});
