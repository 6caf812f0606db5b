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
var course_exports = {};
__export(course_exports, {
  Course: () => Course
});
module.exports = __toCommonJS(course_exports);
var import_errors = require("../../../handler/aws/errors");
var import_commandEnded = require("../../../handler/commandEnded");
var import_hookAction = require("../../../handler/hookAction");
var import_memory = require("../../../handler/memory");
var import_seal = require("../../../handler/seal");
var import_sweep = require("../../../handler/sweep");
var import_payloads = require("../payloads");
var import_hook = require("./hook");
var import_machine = require("./machine");
var import_timeline = require("./timeline");
const functionTimeout = 6e4;
const aftermath = 3e5;
class Course {
  constructor(history) {
    this.history = history;
    this.machine = new import_machine.Machine(history, this.timeline, (command, status) => {
      this.commandEnded(command, status);
    });
    this.hook = new import_hook.Hook(
      history,
      this.timeline,
      (action) => {
        this.machine.begin();
        this.hookFired(action);
      },
      () => this.machine.isHealthy
    );
  }
  history;
  looks = [];
  lines = [];
  hook;
  machine;
  timeline = new import_timeline.Timeline();
  memory = (0, import_memory.createMemory)();
  invocations = 0;
  calls = 0;
  /** Plays a history until nothing is left to come. */
  static async of(history) {
    const course = new Course(history);
    course.hook.begin();
    course.sweepFrom(0);
    const { hook, timeline } = course;
    await timeline.play(() => hook.isOver && timeline.now > (hook.waits.at(-1)?.end?.at ?? 0) + aftermath);
    return course;
  }
  /** The commands that were sent for a wait. */
  commandsOf(wait) {
    return this.machine.commands.filter(({ sentAt }) => this.isDuring(wait, sentAt));
  }
  /** The runs of the script that began in a wait. */
  runsOf(wait) {
    return this.machine.runs.filter(({ began }) => this.isDuring(wait, began));
  }
  /** The longest time in a wait in which no sweep came to its end, seconds. */
  longestGap({ began, end }) {
    const to = end?.at ?? Infinity;
    const looks = this.looks.filter((look) => look.from >= began && look.to < to).map((look) => look.from);
    const gaps = [...looks, to].map((at, index) => at - (looks[index - 1] ?? began));
    return Math.max(...gaps) / 1e3;
  }
  isDuring(wait, at) {
    const next = this.hook.waits.find(({ began }) => began > wait.began);
    return at >= wait.began && at < (next?.began ?? Infinity);
  }
  hookFired(action) {
    for (const delay of this.history.hookEvents) {
      this.timeline.after(delay, () => {
        this.invoke((context) => (0, import_hookAction.onHookAction)(context, action));
      });
    }
  }
  commandEnded({ document, id, parameters }, status) {
    const number = Number(id.split("-")[1]);
    for (const delay of nth(this.history.commandEvents, number)) {
      this.timeline.after(delay, () => {
        this.invoke(
          (context) => (0, import_commandEnded.onCommandEnded)(context, {
            kind: "commandEnded",
            commandId: id,
            document,
            status,
            parameters: { ...parameters }
          })
        );
      });
    }
  }
  sweepFrom(number) {
    const { cold, lost, phase, ticks } = this.history.sweeps;
    this.timeline.at((phase + number * 60) * 1e3, () => {
      for (const late of isIn(lost, this.timeline.now) ? [] : nth(ticks, number)) {
        this.timeline.after(late, () => {
          if (nth(cold, number)) this.memory = (0, import_memory.createMemory)();
          this.invoke(import_sweep.sweep, true);
        });
      }
      this.sweepFrom(number + 1);
    });
  }
  /** What Lambda and the function's entry do: what AWS fails is left to the next sweep. */
  invoke(handle, isSweep = false) {
    const from = this.timeline.now;
    let hasFailed = false;
    const context = this.context(() => {
      hasFailed = true;
    });
    const run = async () => {
      try {
        await handle(context);
        if (isSweep && !hasFailed) this.looks.push({ from, to: this.timeline.now });
      } catch (error) {
        if (!(0, import_errors.comesFromAws)(error)) throw error;
      }
    };
    this.timeline.watch(run());
  }
  context(onFailedCall) {
    const { busy, latencies, outages, skews } = this.history;
    const { timeline } = this;
    const began = timeline.now;
    const skew = nth(skews, this.invocations++) * 1e3;
    const call = async (answer) => {
      const latency = nth(latencies, this.calls++);
      if (latency > 0) await timeline.sleep(latency * 1e3);
      if (!isIn(outages, timeline.now)) return answer();
      onFailedCall();
      throw Object.assign(new Error("no answer"), { name: "TimeoutError" });
    };
    const write = (entry) => {
      this.lines.push({ ...entry, at: timeline.now });
    };
    const isBusy = () => Promise.resolve(timeline.now < (this.hook.active?.began ?? 0) + (busy ?? 0) * 1e3);
    return {
      handler: import_payloads.ids.handler,
      autoScaling: this.hook.autoScaling(call),
      runCommand: this.machine.runCommand(call),
      seal: (0, import_seal.createSeal)("a secret"),
      clock: {
        now: () => timeline.instant(timeline.now) + skew,
        sleep: (milliseconds) => timeline.sleep(milliseconds),
        within: (_, promise) => promise
      },
      log: { info: write, warn: write, error: write },
      isBusy: busy === void 0 ? void 0 : isBusy,
      until: timeline.instant(began + functionTimeout) + skew,
      memory: this.memory
    };
  }
}
function isIn(spans, at) {
  return spans.some(({ from, to }) => at >= from * 1e3 && at < to * 1e3);
}
function nth(list, index) {
  const found = list[index % list.length];
  if (found === void 0) throw new Error("the list is empty");
  return found;
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  Course
});
