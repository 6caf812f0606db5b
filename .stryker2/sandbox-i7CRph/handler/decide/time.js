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
var time_exports = {};
__export(time_exports, {
  agentTimeoutOf: () => agentTimeoutOf,
  askedSince: () => askedSince,
  beginning: () => beginning,
  beginningOfTheWait: () => beginningOfTheWait,
  commandsOfThisAction: () => commandsOfThisAction,
  endOfBudget: () => endOfBudget,
  isUnderWay: () => isUnderWay,
  keepWaiting: () => keepWaiting,
  lastInstant: () => lastInstant,
  longestAction: () => longestAction,
  mustExtend: () => mustExtend,
  progressOf: () => progressOf
});
module.exports = __toCommonJS(time_exports);
var import_contract = require("../../contract");
var import_timing = require("../../timing");
const reportingGrace = 15e3;
const shortestProgress = 6e4;
function commandsOfThisAction({ activity, commands }) {
  return activity ? commands.filter(({ early, requestedAt }) => early || requestedAt >= activity.startedAt) : commands;
}
function beginning(situation) {
  return situation.since ?? commandsOfThisAction(situation)[0]?.requestedAt ?? beginningOfTheWait(situation);
}
function beginningOfTheWait({
  activity,
  instructions,
  now,
  since,
  transition
}) {
  if (since !== void 0) return since;
  if (activity === void 0) return void 0;
  const drained = transition === "terminate" ? instructions.deregistrationDelay * 1e3 : 0;
  return Math.min(activity.startedAt + drained, now);
}
function endOfBudget({ instructions }, { budget, requestedAt }) {
  return requestedAt + (budget ?? (0, import_contract.budgetOf)(instructions)) * 1e3;
}
function isUnderWay(situation, command) {
  const { instructions, now } = situation;
  if (command.status === "running") return now <= endOfBudget(situation, command) + reportingGrace;
  const given = (instructions.delivery + import_timing.deliveryGrace) * 1e3;
  return command.status === "pending" && now <= command.requestedAt + given;
}
function agentTimeoutOf({
  instructions,
  transition
}) {
  const { agentTimeout } = instructions;
  return 1e3 * (transition === "launch" ? Math.max(agentTimeout, (0, import_contract.budgetOf)(instructions)) : agentTimeout);
}
function progressOf(situation, command) {
  const { endedAt, requestedAt, status } = command;
  const isSilent = status === "running" || status === "expired";
  const until = isSilent ? endOfBudget(situation, command) + reportingGrace : endedAt;
  return until !== void 0 && until - requestedAt > shortestProgress ? until : void 0;
}
function askedSince(situation, began) {
  const { hasProbe, instructions, now, refusal } = situation;
  const commands = commandsOfThisAction(situation);
  const [first] = commands;
  if (first !== void 0) {
    return Math.max(began, first.requestedAt, ...commands.flatMap((one) => progressOf(situation, one) ?? []));
  }
  if (refusal?.since !== void 0) return Math.max(began, refusal.since);
  return hasProbe ? Math.min(now, began + instructions.maxWait * 1e3) : began;
}
function lastInstant(situation, began) {
  return began + longestAction(situation) * 1e3;
}
function longestAction(hook) {
  const { instructions } = hook;
  return instructions.maxWait + 2 * agentTimeoutOf(hook) / 1e3 + (0, import_contract.budgetOf)(instructions);
}
function keepWaiting(situation, began, until, reason) {
  const interval = intervalOf(situation) ?? Infinity;
  const slot = (at) => Math.floor((at - began) / (interval * 1e3));
  const due = slot(situation.now) > slot(Math.max(situation.previousLook, began));
  return due && situation.now <= until ? { kind: "heartbeat", reason } : { kind: "wait", reason };
}
function mustExtend(situation, began, earlier) {
  const { extendedAt, heartbeatTimeout, instructions, now, since } = situation;
  const interval = intervalOf(situation);
  const needed = interval === void 0 ? (0, import_contract.budgetOf)(instructions) + import_timing.completionRecovery : interval + 2 * import_timing.sweepInterval;
  if (extendedAt !== void 0 && extendedAt > began) {
    return (now - extendedAt) / 1e3 + needed > heartbeatTimeout;
  }
  const unseen = since === void 0 && earlier !== void 0 ? instructions.agentTimeout : 0;
  return (now - began) / 1e3 + unseen + needed > heartbeatTimeout;
}
function intervalOf({ heartbeatTimeout, instructions }) {
  return (0, import_timing.heartbeatInterval)(heartbeatTimeout, (0, import_contract.budgetOf)(instructions), instructions.agentTimeout);
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  agentTimeoutOf,
  askedSince,
  beginning,
  beginningOfTheWait,
  commandsOfThisAction,
  endOfBudget,
  isUnderWay,
  keepWaiting,
  lastInstant,
  longestAction,
  mustExtend,
  progressOf
});
