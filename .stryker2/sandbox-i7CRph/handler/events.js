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
var events_exports = {};
__export(events_exports, {
  parseEvent: () => parseEvent,
  parseParameters: () => parseParameters
});
module.exports = __toCommonJS(events_exports);
var import_contract = require("../contract");
var import_trigger = require("./trigger");
function parseEvent(event) {
  if (!isObject(event)) return [ignored("the event is not an object")];
  if (Array.isArray(event["Records"])) return event["Records"].map(parseRecord);
  return [parseEventBridge(event)];
}
function parseRecord(record) {
  const sns = isObject(record) ? record["Sns"] : void 0;
  const message = isObject(sns) ? sns["Message"] : void 0;
  if (typeof message !== "string") return ignored("the record is not an SNS message");
  let body;
  try {
    body = JSON.parse(message);
  } catch {
    return ignored("the SNS message is not JSON");
  }
  if (!isObject(body)) return ignored("the SNS message is not an object");
  return parseHookAction(body, body["Time"]);
}
function parseEventBridge(event) {
  const detail = event["detail"];
  if (!isObject(detail)) return ignored("the event has no detail");
  switch (event["detail-type"]) {
    case "EC2 Instance-launch Lifecycle Action":
    case "EC2 Instance-terminate Lifecycle Action":
      return parseHookAction(detail, event["time"]);
    case "EC2 Command Status-change Notification":
      return parseCommand(detail);
    case "EC2 Spot Instance Interruption Warning":
      return parseSpotWarning(detail);
    case "Scheduled Event":
      return parseSweep(event["time"]);
    default:
      return ignored(`events of type ${JSON.stringify(event["detail-type"])} are not for this function`);
  }
}
function parseHookAction(body, time) {
  if (body["Event"] === testNotification || body["LifecycleTransition"] === testNotification) {
    return ignored("test notification of Auto Scaling");
  }
  const transition = transitionOf(body["LifecycleTransition"]);
  const { AutoScalingGroupName, LifecycleHookName, EC2InstanceId, LifecycleActionToken } = body;
  const since = instant(time);
  if (transition === void 0 || since === void 0 || typeof AutoScalingGroupName !== "string" || typeof LifecycleHookName !== "string" || typeof EC2InstanceId !== "string" || typeof LifecycleActionToken !== "string") {
    return ignored("the message is not a lifecycle action");
  }
  const { NotificationMetadata: metadata, Origin: origin } = body;
  return {
    kind: "hookAction",
    group: AutoScalingGroupName,
    hook: LifecycleHookName,
    transition,
    instance: EC2InstanceId,
    token: LifecycleActionToken,
    time: since,
    origin: typeof origin === "string" ? origin : void 0,
    metadata: typeof metadata === "string" ? metadata : void 0
  };
}
function parseCommand(detail) {
  const { status } = detail;
  const commandId = detail["command-id"];
  const document = detail["document-name"];
  if (typeof commandId !== "string" || typeof document !== "string" || typeof status !== "string") {
    return ignored("the event of Run Command names no command, document or status");
  }
  const ended = import_trigger.endStatuses.find((one) => one === status);
  if (ended === void 0) return ignored(`the command is ${status}, not at its end`);
  return {
    kind: "commandEnded",
    commandId,
    document,
    status: ended,
    parameters: parseParameters(detail["parameters"])
  };
}
function parseParameters(parameters) {
  if (!isObject(parameters)) return void 0;
  const found = {};
  for (const [name, values] of Object.entries(parameters)) {
    const value = Array.isArray(values) ? values[0] : values;
    if (typeof value === "string") found[name] = value;
  }
  return found;
}
function parseSpotWarning(detail) {
  const instance = detail["instance-id"];
  return typeof instance === "string" ? { kind: "spotWarning", instance } : ignored("the warning names no instance");
}
function parseSweep(time) {
  const due = instant(time);
  return due === void 0 ? ignored("the scheduled event has no time") : { kind: "sweep", time: due };
}
const testNotification = "autoscaling:TEST_NOTIFICATION";
function transitionOf(name) {
  if (name === import_contract.lifecycleTransitions.launch) return "launch";
  return name === import_contract.lifecycleTransitions.terminate ? "terminate" : void 0;
}
function instant(value) {
  if (typeof value !== "string") return void 0;
  const milliseconds = Date.parse(value);
  return Number.isNaN(milliseconds) ? void 0 : milliseconds;
}
function isObject(value) {
  return typeof value === "object" && value !== null;
}
function ignored(reason) {
  return { kind: "ignored", reason };
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  parseEvent,
  parseParameters
});
