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
var deployment_exports = {};
__export(deployment_exports, {
  account: () => account,
  existingArgs: () => existingArgs,
  groupArgs: () => groupArgs,
  handlerElsewhere: () => handlerElsewhere,
  only: () => only,
  registered: () => registered,
  registeredByProgram: () => registeredByProgram,
  root: () => root
});
module.exports = __toCommonJS(deployment_exports);
var import_strict = __toESM(require("node:assert/strict"));
var path = __toESM(require("node:path"));
var import_evaluate = require("../../rehearsal/program/evaluate");
var import_project = require("../../rehearsal/program/project");
var import_record = require("../../rehearsal/program/record");
var import_registration = require("../../rehearsal/program/registration");
const root = path.resolve(__dirname, "../..");
const account = { id: "123456789012", region: "us-east-1", partition: "aws" };
async function registered(run, changes = {}) {
  const { registrations } = await (0, import_record.record)(
    { project: "test", stack: "dev", config: {}, account, ...changes },
    run
  );
  return registrations;
}
function registeredByProgram(config = {}, options = {}) {
  const project = (0, import_project.readProject)(root, "dev");
  return (0, import_evaluate.evaluate)({ ...project, config: { ...project.config, ...config } }, options);
}
function only(registrations, type, name) {
  const found = (0, import_registration.ofType)(registrations, type).filter((one) => name === void 0 || one.name === name);
  const [first] = found;
  import_strict.default.ok(first !== void 0 && found.length === 1, `${found.length} of ${type} ${name ?? ""}`);
  return first;
}
const handlerElsewhere = {
  name: "shared-1234567",
  topicArn: "arn:aws:sns:us-east-1:123456789012:shared",
  notificationRoleArn: "arn:aws:iam::123456789012:role/shared",
  functionRoleName: "shared-function",
  scriptLogGroupArn: "arn:aws:logs:us-east-1:123456789012:log-group:shared"
};
function groupArgs(changes = {}) {
  return {
    vpcId: "vpc-0123456789abcdef0",
    subnetIds: ["subnet-0123456789abcdef0"],
    instance: {},
    minSize: 1,
    maxSize: 2,
    targetGroup: { port: 8080 },
    terminate: { script: "systemctl stop application", timeout: 120 },
    ...changes
  };
}
function existingArgs(changes = {}) {
  return {
    groupName: "legacy-web",
    instanceTag: { key: "Name", value: "legacy-web" },
    terminate: { script: "systemctl stop application", timeout: 120 },
    ...changes
  };
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  account,
  existingArgs,
  groupArgs,
  handlerElsewhere,
  only,
  registered,
  registeredByProgram,
  root
});
