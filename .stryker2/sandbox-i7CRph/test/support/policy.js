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
var policy_exports = {};
__export(policy_exports, {
  findings: () => findings,
  hookProps: () => hookProps,
  later: () => later,
  launchHookProps: () => launchHookProps,
  resource: () => resource
});
module.exports = __toCommonJS(policy_exports);
var import_strict = __toESM(require("node:assert/strict"));
var import_gracefulPolicies = require("../../policy/gracefulPolicies");
const later = /* @__PURE__ */ Symbol("known after the update");
function resource(type, name, props = {}, more = {}) {
  return { type: types[type], name, props, ...more };
}
const types = {
  Attachment: "aws:autoscaling/attachment:Attachment",
  Document: "aws:ssm/document:Document",
  EventRule: "aws:cloudwatch/eventRule:EventRule",
  EventSourceMapping: "aws:lambda/eventSourceMapping:EventSourceMapping",
  EventTarget: "aws:cloudwatch/eventTarget:EventTarget",
  Function: "aws:lambda/function:Function",
  Group: "aws:autoscaling/group:Group",
  LaunchTemplate: "aws:ec2/launchTemplate:LaunchTemplate",
  LifecycleHook: "aws:autoscaling/lifecycleHook:LifecycleHook",
  Queue: "aws:sqs/queue:Queue",
  TargetGroup: "aws:lb/targetGroup:TargetGroup",
  Topic: "aws:sns/topic:Topic",
  TopicSubscription: "aws:sns/topicSubscription:TopicSubscription"
};
function hookProps(changes = {}) {
  return {
    name: "drain",
    lifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING",
    heartbeatTimeout: 300,
    defaultResult: "CONTINUE",
    ...changes
  };
}
function launchHookProps(changes = {}) {
  return hookProps({ name: "boot", lifecycleTransition: "autoscaling:EC2_INSTANCE_LAUNCHING", ...changes });
}
async function findings(rule, given, config = {}) {
  const policy = (0, import_gracefulPolicies.gracefulPolicies)().find(({ name }) => name === rule);
  import_strict.default.ok(policy, rule);
  const found = [];
  const report = (message) => found.push(message);
  const resources = toPolicy(given);
  if (isStackPolicy(policy)) {
    await policy.validateStack({ resources, ...surroundings(config) }, report);
  } else {
    import_strict.default.ok(typeof policy.validateResource === "function");
    for (const one of resources) {
      const args = { ...one, asType: () => void 0, ...surroundings(config) };
      await policy.validateResource(args, report);
    }
  }
  return found;
}
function isStackPolicy(policy) {
  return "validateStack" in policy;
}
function surroundings(config) {
  return {
    stackTags: /* @__PURE__ */ new Map(),
    getConfig: () => config,
    notApplicable: (reason) => {
      throw new Error(reason);
    }
  };
}
function toPolicy(given) {
  const made = new Map(given.map((one) => [one, bare(one)]));
  for (const [{ from = {} }, one] of made) {
    for (const [property, sources] of Object.entries(from)) {
      one.propertyDependencies[property] = sources.flatMap((source) => made.get(source) ?? []);
    }
  }
  return [...made.values()];
}
function bare({ deleteSeconds = 0, ignoreChanges = [], name, props = {}, type }) {
  return {
    type,
    name,
    urn: `urn:pulumi:dev::test::${type}::${name}`,
    props: guarded(props),
    opts: {
      protect: false,
      ignoreChanges,
      aliases: [],
      additionalSecretOutputs: [],
      customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds }
    },
    dependencies: [],
    propertyDependencies: {},
    isType: () => false,
    asType: () => void 0
  };
}
function guarded(properties) {
  return new Proxy(properties, {
    get: (target, key) => {
      const value = Reflect.get(target, key);
      if (value === later) throw new Error(`string value at .${String(key)} can't be known during preview`);
      const isOwn = Object.getOwnPropertyDescriptor(target, key)?.writable === true;
      return isOwn && typeof value === "object" && value !== null ? guarded(value) : value;
    }
  });
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  findings,
  hookProps,
  later,
  launchHookProps,
  resource
});
