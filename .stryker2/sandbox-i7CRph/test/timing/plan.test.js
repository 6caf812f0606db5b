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
var import_timing = require("../../timing");
describe("worstCaseScaleIn", () => {
  it("counts the deregistration delay, which comes before the hook", () => {
    import_strict.default.equal((0, import_timing.worstCaseScaleIn)({ deregistrationDelay: 100, terminate: { timeout: 120 } }), 100 + 450);
  });
  it("takes Elastic Load Balancing's own delay if none is given", () => {
    import_strict.default.equal((0, import_timing.worstCaseScaleIn)({ terminate: { timeout: 120 } }), 300 + 450);
  });
});
describe("providerTimeouts", () => {
  const plan = { deregistrationDelay: 100, terminate: { timeout: 120 }, launch: { timeout: 300 } };
  it("outlasts instances that are still launching and then scale in, and a target group that is exchanged", () => {
    import_strict.default.deepEqual((0, import_timing.providerTimeouts)(plan, false), {
      capacity: 0,
      create: 600,
      update: 100 + 600,
      delete: 600 + 630 + 100 + 450 + 600
    });
  });
  it("outlasts the launch as well where the provider waits for instances", () => {
    import_strict.default.deepEqual((0, import_timing.providerTimeouts)(plan, true), {
      capacity: 600 + 630,
      create: 600 + 630 + 600,
      update: 600 + 630 + 100 + 600,
      delete: 600 + 630 + 100 + 450 + 600
    });
  });
});
describe("timeline", () => {
  it("tells a scale-in from the load balancer to the end", () => {
    const text = (0, import_timing.describeTimeline)((0, import_timing.timeline)({ deregistrationDelay: 30, terminate: { timeout: 120 } }));
    import_strict.default.equal(
      text,
      [
        "0 s Terminating: the target group sends no new requests and lets open ones finish for 30 s",
        "30 s Terminating:Wait: the hook fires (heartbeat timeout 450 s) and the stop document is sent",
        "210 s the stop document is on its way at the latest, even if the hook's event was lost or the SSM agent did not answer",
        "360 s the stop script has ended or was stopped after 120 s",
        "480 s the action is completed, even if the command's event was lost for 120 s; EC2 terminates the instance"
      ].join("\n")
    );
  });
  it("tells of heartbeats and sessions where there are any", () => {
    const steps = (0, import_timing.timeline)({ deregistrationDelay: 0, terminate: { timeout: 100, maxWait: 7200 } });
    import_strict.default.deepEqual(
      steps.map(({ at }) => at),
      [0, 0, 900, 2400, 900 + 30 + 7200, 900 + 30 + 7300, 900 + 30 + 7300 + 120]
    );
    import_strict.default.match((0, import_timing.describeTimeline)(steps), /2400 s first heartbeat; from here one every 2400 s/);
    import_strict.default.match((0, import_timing.describeTimeline)(steps), /8130 s sessions have ended or were given up after 7200 s/);
  });
  it("is in the order of time, also where the first heartbeat comes before the latest start", () => {
    const steps = (0, import_timing.timeline)({ deregistrationDelay: 0, terminate: { timeout: 120, heartbeatTimeout: 300 } });
    import_strict.default.deepEqual(
      steps.map(({ at }) => at),
      [0, 0, 100, 180, 330, 450]
    );
  });
});
