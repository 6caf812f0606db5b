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
var import_seal = require("../../handler/seal");
var import_invocations = require("../support/invocations");
var import_payloads = require("../support/payloads");
const throttled = { error: { code: "ThrottlingException", message: "Rate exceeded" } };
const denied = { error: { code: "AccessDenied", message: "" } };
const sent = { output: { Command: { CommandId: import_payloads.ids.command } } };
const hookEvent = () => (0, import_payloads.snsEvent)((0, import_payloads.hookBody)({ time: (/* @__PURE__ */ new Date()).toISOString() }));
describe("the function", () => {
  let lambda;
  const open = async (answer = () => ({ output: {} })) => {
    lambda = await import_invocations.Invocations.open(answer);
  };
  afterEach(() => lambda.close());
  it("handles each kind of event, and every record of one", async () => {
    await open(({ action: action2 }) => action2 === "SendCommand" ? sent : { output: {} });
    const place = { group: import_payloads.ids.group, hook: "graceful-terminate-sns", instance: import_payloads.ids.instance };
    const action = (0, import_seal.createSeal)(`${import_payloads.ids.handler} a secret`).close(import_payloads.ids.token, place);
    const warning = {
      "detail-type": "EC2 Spot Instance Interruption Warning",
      detail: { "instance-id": import_payloads.ids.instance }
    };
    await lambda.invoke([
      (0, import_payloads.snsEvent)(import_payloads.testNotification, (0, import_payloads.hookBody)({ time: (/* @__PURE__ */ new Date()).toISOString() })),
      (0, import_payloads.commandEvent)({ parameters: { ...(0, import_payloads.commandParameters)(), action } }),
      warning,
      (0, import_payloads.sweepEvent)()
    ]);
    import_strict.default.deepEqual(lambda.actions, [
      "SendCommand",
      "CompleteLifecycleAction",
      "DescribeAutoScalingInstances",
      "DescribeAutoScalingGroups"
    ]);
    import_strict.default.equal(lambda.calls[1]?.input["LifecycleActionToken"], import_payloads.ids.token);
    import_strict.default.equal(lambda.lines[0], "info ignored: test notification of Auto Scaling");
  });
  it("leaves to the sweep what AWS throttles, without an error, and a command with one call", async () => {
    await open(({ action }) => action === "SendCommand" ? throttled : denied);
    await lambda.invoke([hookEvent(), (0, import_payloads.sweepEvent)()]);
    import_strict.default.deepEqual(lambda.actions, ["SendCommand", "DescribeAutoScalingGroups"]);
    import_strict.default.match(lambda.lines[1] ?? "", /^error could not send .*; the next sweep tries again$/);
    import_strict.default.equal(lambda.lines[2], "error sweep failed; the next sweep tries again");
  });
  it("begins no call in the last twelve seconds of its time", async () => {
    await open();
    await lambda.invoke([(0, import_payloads.sweepEvent)()], {}, 11900);
    import_strict.default.deepEqual(lambda.actions, []);
    await lambda.invoke([(0, import_payloads.sweepEvent)()], {}, 12500);
    import_strict.default.deepEqual(lambda.actions, ["DescribeAutoScalingGroups"]);
  });
  it("asks the user's probe", async () => {
    await open(() => sent);
    let asked = 0;
    const isBusy = () => {
      asked += 1;
      return Promise.resolve(true);
    };
    const metadata = JSON.stringify({
      ...JSON.parse(String((0, import_payloads.hookBody)()["NotificationMetadata"])),
      maxWait: 60
    });
    await lambda.invoke([(0, import_payloads.snsEvent)((0, import_payloads.hookBody)({ time: (/* @__PURE__ */ new Date()).toISOString(), metadata }))], { isBusy });
    import_strict.default.deepEqual([asked, lambda.actions], [1, []]);
  });
  it("fails where its own environment lacks something, with its name", async () => {
    await open();
    for (const name of ["AWS_LAMBDA_FUNCTION_NAME", "GRACEFUL_ASG_SEAL"]) {
      const value = process.env[name];
      process.env[name] = "";
      await import_strict.default.rejects(lambda.invoke([(0, import_payloads.sweepEvent)()]), {
        message: `the environment variable ${name} is not set`
      });
      process.env[name] = value;
    }
  });
  it("lets an error of its own be one, so that Lambda tries again and the alarm rings", async () => {
    await open();
    console.info = () => {
      throw new TypeError("no");
    };
    await import_strict.default.rejects(lambda.invoke([(0, import_payloads.snsEvent)(import_payloads.testNotification)]), TypeError);
  });
});
