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
var instructions_exports = {};
__export(instructions_exports, {
  Transport: () => Transport,
  budgetOf: () => budgetOf,
  decodeInstructions: () => decodeInstructions,
  encodeInstructions: () => encodeInstructions,
  instructionRanges: () => instructionRanges,
  metadataPrefix: () => metadataPrefix,
  readInstructions: () => readInstructions
});
module.exports = __toCommonJS(instructions_exports);
var import_timing = require("../timing");
var import_names = require("./names");
var import_transition = require("./transition");
const Transport = {
  /** Auto Scaling publishes to the handler's topic. */
  Sns: "sns",
  /** Auto Scaling's own events, which EventBridge delivers; neither topic nor notification role takes part. */
  EventBridge: "eventbridge"
};
const version = 1;
const versionKey = "gracefulAsg";
function encodeInstructions(instructions) {
  const { handler, transport, ...rest } = instructions;
  return JSON.stringify({ [versionKey]: version, handler, transport, ...rest });
}
function metadataPrefix(handler, transport) {
  const whole = JSON.stringify({ [versionKey]: version, handler, transport });
  return `${whole.slice(0, -1)},`;
}
const defaultAgentTimeout = import_timing.startRecovery;
const shortestHeartbeatTimeout = 30;
const instructionRanges = {
  /** Source: SSM, SendCommand, TimeoutSeconds. */
  delivery: { min: 30, max: 2592e3 },
  execution: { min: import_timing.minTimeout, max: import_timing.maxGlobalTimeout },
  maxWait: { min: 0, max: import_timing.maxGlobalTimeout },
  deregistrationDelay: import_timing.deregistrationDelayRange,
  agentTimeout: { min: 30, max: import_timing.maxGlobalTimeout },
  heartbeatTimeout: { min: shortestHeartbeatTimeout, max: import_timing.maxHeartbeatTimeout }
};
const documentName = /^[A-Za-z0-9_.-]{3,128}$/;
const logGroupName = /^[A-Za-z0-9_./#-]{1,512}$/;
function readInstructions(metadata) {
  const found = parseObject(metadata);
  const handler = found?.["handler"];
  if (found?.[versionKey] === void 0 || typeof handler !== "string") return { kind: "foreign" };
  const problems = [];
  const field = (name, isAllowed, allowed, otherwise) => {
    const value = found[name];
    if (isAllowed(value)) return value;
    problems.push(`${name} is ${shown(value)}; it must be ${allowed}`);
    return otherwise;
  };
  const seconds = (name, max = instructionRanges[name].max) => {
    const { min } = instructionRanges[name];
    return field(name, isWhole({ min, max }), `a whole number of seconds from ${min} to ${max}`, min);
  };
  const prefix = (0, import_names.documentPrefix)(handler);
  field(versionKey, isVersion, String(version), version);
  const execution = seconds("execution");
  const instructions = {
    handler,
    transport: field("transport", isTransport, wordsOf(Transport), Transport.Sns),
    document: field(
      "document",
      isDocumentOf(prefix),
      `the name of a document that begins with ${prefix}`,
      ""
    ),
    delivery: seconds("delivery"),
    execution,
    maxWait: seconds("maxWait", execution),
    deregistrationDelay: seconds("deregistrationDelay"),
    agentTimeout: "agentTimeout" in found ? seconds("agentTimeout") : defaultAgentTimeout,
    ..."heartbeatTimeout" in found ? { heartbeatTimeout: seconds("heartbeatTimeout") } : {},
    onFailure: field("onFailure", isOnFailure, wordsOf(import_transition.OnFailure), import_transition.OnFailure.Continue),
    ..."scriptLogGroup" in found ? { scriptLogGroup: field("scriptLogGroup", isText(logGroupName), "the name of a log group", "") } : {}
  };
  return problems.length === 0 ? { kind: "instructions", instructions } : { kind: "malformed", handler, problem: problems.join("; ") };
}
function decodeInstructions(metadata) {
  const reading = readInstructions(metadata);
  return reading.kind === "instructions" ? reading.instructions : void 0;
}
function budgetOf({ delivery, execution }) {
  return delivery + execution;
}
function isVersion(value) {
  return value === version;
}
function isTransport(value) {
  return (0, import_transition.isOneOf)(value, Transport);
}
function isOnFailure(value) {
  return (0, import_transition.isOneOf)(value, import_transition.OnFailure);
}
function isWhole({ max, min }) {
  return (value) => typeof value === "number" && Number.isInteger(value) && value >= min && value <= max;
}
function isText(pattern) {
  return (value) => typeof value === "string" && pattern.test(value);
}
function isDocumentOf(prefix) {
  const isName = isText(documentName);
  return (value) => isName(value) && value.startsWith(prefix) && value !== prefix;
}
function wordsOf(set) {
  return `one of ${Object.values(set).join(", ")}`;
}
function shown(value) {
  if (value === void 0) return "not given";
  const text = typeof value === "number" ? String(value) : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
function parseObject(text) {
  if (text === void 0) return void 0;
  try {
    const value = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : void 0;
  } catch {
    return void 0;
  }
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  Transport,
  budgetOf,
  decodeInstructions,
  encodeInstructions,
  instructionRanges,
  metadataPrefix,
  readInstructions
});
