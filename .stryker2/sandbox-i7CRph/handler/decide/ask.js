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
var ask_exports = {};
__export(ask_exports, {
  ask: () => ask
});
module.exports = __toCommonJS(ask_exports);
var import_timing = require("../../timing");
var import_decision = require("./decision");
var import_time = require("./time");
const resendPause = import_timing.sweepInterval * 1e3 / 2;
function ask(situation) {
  const { now, refusal } = situation;
  const began = (0, import_time.beginning)(situation);
  if (began === void 0) return (0, import_decision.inspect)("activity", "when the wait began decides what is due");
  const nothingToStop = refusal && skipRefused(situation);
  if (nothingToStop !== void 0) return nothingToStop;
  const latest = (0, import_time.commandsOfThisAction)(situation).findLast(isSilent);
  const since = (0, import_time.askedSince)(situation, began);
  const last = (0, import_time.lastInstant)(situation, began);
  const until = Math.min(since + (0, import_time.agentTimeoutOf)(situation), last);
  const isQuestion = (one) => (0, import_time.progressOf)(situation, one) === void 0 || one.requestedAt >= last;
  const isRetry = refusal !== void 0 || latest !== void 0 && isQuestion(latest);
  const isEnough = isRetry && now >= until;
  const isLate = isEnough && (refusal !== void 0 || now >= until + import_timing.listingLag * 1e3);
  if (isLate) return giveUp(situation, latest);
  if (refusal !== void 0)
    return (0, import_time.keepWaiting)(situation, began, until, `SSM refuses the command: ${refusal.cause}`);
  if (isEnough) return (0, import_time.keepWaiting)(situation, began, until, "the last command may not be listed yet");
  if (latest !== void 0 && now - (latest.endedAt ?? latest.requestedAt) < resendPause) {
    return (0, import_time.keepWaiting)(situation, began, until, "a command came to nothing a moment ago");
  }
  return holdWhileBusy(situation, began) ?? run(situation, began, latest);
}
function skipRefused({ activity, isFromWarmPool, transition }) {
  if (transition !== "terminate") return void 0;
  if (isFromWarmPool) return skip("the instance is stopped in the warm pool; there is nothing to stop");
  if (activity === void 0) {
    return (0, import_decision.inspect)("activity", "SSM refuses the instance; why it goes decides what is due");
  }
  if (activity.retainedBefore) return skip("the instance was retained before and is now let go");
  if ((0, import_decision.neverServed)(activity.cause)) return skip("the instance never served; there is nothing to stop");
  if ((0, import_decision.isNotRunning)(activity.cause)) return (0, import_decision.complete)("CONTINUE", "gone", "the machine is gone");
  return void 0;
}
function skip(reason) {
  return (0, import_decision.complete)("CONTINUE", "skipped", reason);
}
function holdWhileBusy(situation, began) {
  const { hasProbe, instructions, isBusy, now } = situation;
  if (!hasProbe || isBusy === false) return void 0;
  if ((0, import_time.commandsOfThisAction)(situation).some((one) => (0, import_time.progressOf)(situation, one) !== void 0))
    return void 0;
  const wait = (0, import_time.beginningOfTheWait)(situation);
  if (wait === void 0) return (0, import_decision.inspect)("activity", "when the wait began decides how busy counts");
  const until = wait + instructions.maxWait * 1e3;
  if (now >= until) return void 0;
  if (isBusy === void 0) return (0, import_decision.inspect)("busy", "a busy instance is not stopped");
  return (0, import_time.keepWaiting)(situation, began, until, "the instance is busy");
}
function run(situation, began, latest) {
  return {
    kind: "run",
    reason: latest === void 0 ? "the instance waits and no command is on its way" : silences[latest.status].again,
    // One that runs is not taken back: its script may run on, and the next command joins it.
    replaces: latest?.status === "pending" ? latest.id : void 0,
    extend: (0, import_time.mustExtend)(situation, began, latest)
  };
}
const silences = {
  pending: {
    again: "the command before did not reach the agent",
    finally: "the SSM agent could not be reached"
  },
  running: {
    again: "the command before outlasts its budget without a report",
    finally: "the script outran its time and the agent does not report"
  },
  undelivered: {
    again: "the command before did not reach the agent",
    finally: "the SSM agent could not be reached"
  },
  expired: {
    again: "the agent did not report the end of the command before",
    finally: "the SSM agent could not be reached"
  },
  troubled: {
    again: "the agent failed the command before",
    finally: "the SSM agent fails every command"
  },
  cancelled: {
    again: "somebody cancelled the command before",
    finally: "somebody cancels every command"
  },
  notMeant: {
    again: "the instance did not find itself on its way",
    finally: "the instance does not find itself on its way"
  }
};
function isSilent(command) {
  return command.status in silences;
}
function giveUp(situation, latest) {
  const { refusal } = situation;
  const outran = (0, import_time.commandsOfThisAction)(situation).findLast(({ status }) => status === "running");
  const cancels = outran?.id ?? (latest?.status === "pending" ? latest.id : void 0);
  if (outran !== void 0) return (0, import_decision.fail)(situation, "overran", silences.running.finally, { cancels });
  const reason = refusal ? `SSM refuses the command: ${refusal.cause}` : silences[latest?.status ?? "pending"].finally;
  return (0, import_decision.fail)(situation, "unreachable", reason, { cancels });
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  ask
});
