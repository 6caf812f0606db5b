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
var hookAction_exports = {};
__export(hookAction_exports, {
  onHookAction: () => onHookAction
});
module.exports = __toCommonJS(hookAction_exports);
var import_carryOut = require("./carryOut");
var import_deliberate = require("./deliberate");
var import_memory = require("./memory");
var import_probe = require("./probe");
var import_send = require("./send");
var import_servedHook = require("./servedHook");
var import_sweep = require("./sweep");
const freshFor = 6e4;
const bootPause = 5e3;
async function onHookAction(context, action) {
  const { group, hook: name, instance, metadata, time, token, transition } = action;
  const instructions = (0, import_servedHook.instructionsFor)(context.handler, { group, hook: name, metadata }, context.log);
  if (instructions === void 0) {
    context.log.info({ message: "ignored: the hook is not for this handler", group, hook: name, instance });
    return;
  }
  const now = context.clock.now();
  if (now - time > freshFor) return (0, import_sweep.reconcileInstances)(context, group, name, [instance]);
  const subject = { group, hook: name, instance, transition, token };
  const hook = { group, name, transition, heartbeatTimeout: Infinity, instructions };
  (0, import_sweep.rememberHook)(context.memory, hook, metadata, now);
  const situation = {
    transition,
    instructions,
    // Neither read nor needed: the wait has only begun, so there are no commands and no heartbeat can be due.
    heartbeatTimeout: Infinity,
    waiting: true,
    isFromWarmPool: action.origin === "WarmPool" && transition === "terminate",
    isHealthy: true,
    machine: void 0,
    commands: [],
    listedSince: 0,
    repeats: false,
    refusal: void 0,
    hasProbe: context.isBusy !== void 0 && instructions.maxWait > 0,
    isBusy: void 0,
    since: time,
    activity: void 0,
    now,
    extendedAt: void 0,
    previousLook: now
  };
  await (0, import_carryOut.attempt)(context, subject, () => start(context, hook, subject, situation));
}
async function start(context, hook, subject, situation) {
  for (; ; ) {
    const next = await deliberateWithProbe(context, hook, subject, situation, void 0);
    (0, import_carryOut.logDecision)(context, subject, next.decision, situation.since);
    if (next.decision.kind !== "run") return finish(context, subject, next);
    const since = situation.since ?? situation.now;
    const run = { instance: subject.instance, token: subject.token, since, actionSince: situation.since };
    const cause = (await (0, import_send.sendDocument)(context, hook, [run])).get(subject.instance);
    if (cause === void 0) return;
    const memory = (0, import_memory.recall)(context.memory, subject);
    memory.refusedSince ??= context.clock.now();
    const refusal = { cause, since: memory.refusedSince };
    const refused = await deliberateWithProbe(context, hook, subject, situation, refusal);
    if (refused.decision.kind !== "wait" || subject.transition !== "launch") {
      (0, import_carryOut.logDecision)(context, subject, refused.decision, situation.since);
      return finish(context, subject, refused);
    }
    if (context.clock.now() + bootPause > context.until) return;
    await context.clock.sleep(bootPause);
  }
}
async function deliberateWithProbe(context, hook, subject, situation, refusal) {
  const { autoScaling, clock, memory, runCommand } = context;
  const { instance } = subject;
  const facts = {
    activity: async () => (await autoScaling.activities(hook.group, hook.transition, [instance], (0, import_servedHook.mayRetain)(hook))).get(instance),
    history: async () => await runCommand.invocations({ document: hook.instructions.document, instance }) ?? [],
    end: (command) => runCommand.end(command, instance),
    machine: async () => (await runCommand.machines([instance])).get(instance) ?? "gone"
  };
  const own = (0, import_memory.recall)(memory, subject);
  const first = await (0, import_deliberate.deliberate)({ ...situation, refusal, now: clock.now() }, facts, own);
  if (first.decision.kind !== "inspect") return first;
  const isBusy = await (0, import_probe.probe)(context, subject);
  return (0, import_deliberate.deliberate)({ ...first.situation, isBusy, now: clock.now() }, facts, own);
}
async function finish(context, subject, { decision, situation }) {
  if (decision.kind === "complete") await (0, import_carryOut.completeNow)(context, subject, decision, situation.since);
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  onHookAction
});
