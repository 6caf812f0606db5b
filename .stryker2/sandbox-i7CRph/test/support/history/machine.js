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
var machine_exports = {};
__export(machine_exports, {
  Machine: () => Machine
});
module.exports = __toCommonJS(machine_exports);
var import_timing = require("../../../timing");
var import_payloads = require("../payloads");
const otherStep = 5;
const noticed = 60;
class Machine {
  /** @param publish - Told of every command that has ended. */
  constructor(history, timeline, publish) {
    this.history = history;
    this.timeline = timeline;
    this.publish = publish;
    this.times = (0, import_timing.schedule)(history.times);
  }
  history;
  timeline;
  publish;
  commands = [];
  runs = [];
  times;
  began = 0;
  /** Commands that the agent has taken, and ends that it has not reported. */
  taken = 0;
  forgotten = 0;
  /** A wait begins; absences and sessions count from here. */
  begin() {
    this.began = this.timeline.now;
  }
  /** Whether the agent is there. */
  isOnline(at) {
    return at < this.death && this.absence(at) === void 0;
  }
  /** Whether Auto Scaling has not noticed yet that the machine is gone. */
  get isHealthy() {
    return this.timeline.now < this.death + noticed * 1e3;
  }
  /** The calls of Run Command that the handler makes. */
  runCommand(call) {
    const find = (id) => this.commands.find((one) => one.id === id);
    return {
      send: ({ document, parameters }) => call(() => {
        const { now } = this.timeline;
        const isRefused = now >= this.death || this.absence(now)?.refused;
        return isRefused ? { kind: "refused", instances: [import_payloads.ids.instance], whole: false, isUnknown: true, cause: "no agent" } : { kind: "sent", commandId: this.receive(document, parameters) };
      }),
      cancel: (id) => call(() => {
        const command = find(id);
        if (command) this.settle(command, "ended", "cancelled", "Cancelled");
      }),
      invocations: ({ after = 0 }) => call(() => this.list(after)),
      end: (id) => call(() => {
        const command = find(id);
        if (command === void 0 || command.sentAt > this.visible) return void 0;
        const { endedAt, word } = command;
        return {
          status: endedAt === void 0 ? command.status : word,
          endedAt: endedAt === void 0 || !command.begun ? void 0 : this.timeline.instant(endedAt),
          output: ""
        };
      }),
      command: (id) => call(() => {
        const command = find(id);
        return command && { parameters: { ...command.parameters }, instances: [import_payloads.ids.instance], isOurs: true };
      }),
      machines: () => call(() => /* @__PURE__ */ new Map([[import_payloads.ids.instance, this.timeline.now >= this.death ? "gone" : "there"]]))
    };
  }
  /** Lists show what was sent by then. */
  get visible() {
    return this.timeline.now - this.history.agent.listing * 1e3;
  }
  get death() {
    return this.history.agent.dies * 1e3;
  }
  absence(at) {
    const since = (at - this.began) / 1e3;
    return this.history.agent.away.find(({ from, to }) => since >= from && since < to);
  }
  /** Does something as soon as the agent is there; never if the machine is gone by then. */
  whenOnline(at, act) {
    this.timeline.at(at, () => {
      const { now } = this.timeline;
      const absence = this.absence(now);
      if (now >= this.death) return;
      if (absence) this.whenOnline(this.began + absence.to * 1e3, act);
      else act();
    });
  }
  list(after) {
    return this.commands.filter(({ sentAt }) => sentAt <= this.visible && this.timeline.instant(sentAt) >= after).map(({ id, sentAt, status }) => ({
      id,
      instance: import_payloads.ids.instance,
      requestedAt: this.timeline.instant(sentAt),
      status
    }));
  }
  receive(document, parameters) {
    const { now } = this.timeline;
    const id = `command-${this.commands.length}`;
    const command = {
      id,
      document,
      parameters,
      sentAt: now,
      status: "pending",
      word: "pending",
      begun: false,
      endedAt: void 0
    };
    this.commands.push(command);
    this.whenOnline(now + this.history.agent.fetch * 1e3, () => {
      this.accept(command);
    });
    this.timeline.at(now + (this.times.budget + otherStep) * 1e3, () => {
      this.settle(command, "ended", command.begun ? "expired" : "undelivered", "TimedOut");
    });
    return id;
  }
  /** The agent takes a command that is not too old, and starts the script or joins the run that the guard knows. */
  accept(command) {
    const { now } = this.timeline;
    if (command.endedAt !== void 0 || now > command.sentAt + this.times.delivery * 1e3) return;
    this.report(() => {
      if (command.status !== "pending") return;
      command.status = "running";
      command.begun = true;
    });
    if (this.history.agent.failing > this.taken++) {
      this.report(() => {
        this.settle(command, "ended", "troubled", "Failed");
      });
      return;
    }
    const latest = this.runs.at(-1);
    const run = latest && this.isSameAction(latest, command) ? latest : this.start(command);
    this.timeline.at(run.end, () => {
      if (now >= this.death || this.history.agent.forgets > this.forgotten++) return;
      this.report(() => {
        if (run.succeeds) this.settle(command, "succeeded", "succeeded", "Success");
        else this.settle(command, "ended", "failed", "Failed");
      });
    });
  }
  /** The guard's rule: by action, or, where one of the two has none, by when AWS sent the commands. */
  isSameAction(run, { parameters: { action, sent, since } }) {
    if (run.action !== "" && action !== "") return run.action === action;
    if (since !== "") return run.sent >= Number(since);
    return Number(sent) - run.sent <= (0, import_timing.joinWindow)(this.times, this.history.deregistrationDelay);
  }
  start(command) {
    const { now } = this.timeline;
    const { script, times } = this.history;
    const { action, sent, sessionWait } = command.parameters;
    const { maxWait = 0, timeout } = times;
    const left = sessionWait === "" ? maxWait : Number(sessionWait);
    const sessions = Math.max(0, this.began + script.sessions * 1e3 - now);
    const waits = Math.min(sessions, Math.max(0, Math.min(left, maxWait)) * 1e3);
    const end = now + waits + Math.min(script.takes, timeout) * 1e3;
    const run = {
      action,
      sent: Number(sent),
      began: now,
      end: Math.min(end, this.death),
      succeeds: script.succeeds && script.takes <= timeout,
      owner: command
    };
    this.runs.push(run);
    return run;
  }
  report(tell) {
    this.whenOnline(this.timeline.now + this.history.agent.report * 1e3, tell);
  }
  settle(command, status, word, event) {
    if (command.endedAt !== void 0) return;
    command.status = status;
    command.word = word;
    command.endedAt = this.timeline.now;
    this.publish(command, event);
  }
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  Machine
});
