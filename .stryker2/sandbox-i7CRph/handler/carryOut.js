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
var carryOut_exports = {};
__export(carryOut_exports, {
  attempt: () => attempt,
  completeNow: () => completeNow,
  completeOnce: () => completeOnce,
  heartbeat: () => heartbeat,
  logDecision: () => logDecision,
  logFailure: () => logFailure
});
module.exports = __toCommonJS(carryOut_exports);
var import_errors = require("./aws/errors");
var import_decide = require("./decide");
var import_memory = require("./memory");
var import_send = require("./send");
var import_servedHook = require("./servedHook");
const retryPause = 5e3;
const eventTries = 3;
const showsWithin = 12e4;
function logDecision(context, subject, decision, since) {
  if (decision.kind === "complete") {
    if ((0, import_decide.isGood)(decision.outcome)) return;
    context.log.warn({
      message: `completing: ${decision.reason}`,
      ...entryOf(context, subject, decision, since)
    });
    showOutput(context, subject, decision);
    return;
  }
  context.log.info({
    message: `${decision.kind}: ${decision.reason}`,
    ...entryOf(context, subject, decision, since)
  });
}
async function completeNow(context, subject, completion, since) {
  for (let tries = 1; ; tries += 1) {
    if (await completeOnce(context, subject, completion, since)) return;
    const found = await context.autoScaling.describe([subject.instance]);
    if (!(0, import_servedHook.isWaiting)(found.get(subject.instance)?.lifecycleState, subject.transition)) return;
    if (tries >= eventTries || context.clock.now() + retryPause > context.until) return;
    await context.clock.sleep(retryPause);
  }
}
async function completeOnce(context, subject, completion, since) {
  if (completion.cancels !== void 0) await (0, import_send.cancelCommand)(context, completion.cancels, subject.instance);
  const memory = (0, import_memory.recall)(context.memory, subject);
  if (await context.autoScaling.complete(actionOf(subject), completion.result)) {
    const { outcome, reason, result } = completion;
    context.log[(0, import_decide.isGood)(outcome) ? "info" : "warn"]({
      message: `completed with ${result}: ${reason}`,
      ...entryOf(context, subject, completion, since),
      outcome
    });
    memory.isOver = true;
    return true;
  }
  const now = context.clock.now();
  memory.goneSince ??= now;
  if (now - memory.goneSince >= showsWithin) memory.isOver = true;
  context.memory.hooks.delete(subject.group);
  return false;
}
async function heartbeat(context, subject) {
  const isThere = await context.autoScaling.heartbeat(actionOf(subject));
  if (isThere) (0, import_memory.recall)(context.memory, subject).extendedAt = context.clock.now();
}
async function attempt(context, subject, step) {
  try {
    await step();
    return true;
  } catch (error) {
    if (!(0, import_errors.isOutOfTime)(error)) logFailure(context, error, namesOf(subject));
    return false;
  }
}
function logFailure(context, error, subject) {
  context.log.error({
    message: (0, import_errors.comesFromAws)(error) ? "a call to AWS failed; the next sweep tries again" : "the handler itself failed; the next sweep tries again",
    ...subject,
    error: (0, import_errors.describe)(error)
  });
}
function showOutput(context, subject, { failed }) {
  if (!failed?.output) return;
  context.log.warn({
    message: `the end of the output of ${failed.id}`,
    ...namesOf(subject),
    output: failed.output
  });
}
function entryOf(context, subject, decision, since) {
  const elapsed = since === void 0 ? void 0 : Math.round((context.clock.now() - since) / 1e3);
  return { ...namesOf(subject), decision: decision.kind, reason: decision.reason, elapsed };
}
function namesOf({ group, hook, instance, transition }) {
  return { group, hook, instance, transition };
}
function actionOf({ group, hook, instance, token }) {
  return { group, hook, instance, token };
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  attempt,
  completeNow,
  completeOnce,
  heartbeat,
  logDecision,
  logFailure
});
