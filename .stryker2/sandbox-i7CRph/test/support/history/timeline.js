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
var timeline_exports = {};
__export(timeline_exports, {
  Timeline: () => Timeline
});
module.exports = __toCommonJS(timeline_exports);
const mostSteps = 1e5;
class Timeline {
  now = 0;
  due = [];
  failures = [];
  /** The same instant as the handler's clock and AWS write it, ms since 1970. */
  instant(at) {
    return Date.UTC(2026, 0, 1) + at;
  }
  /** Plans something; what is due at the same instant runs in the order in which it was planned. */
  at(instant, run) {
    const at = Math.max(instant, this.now);
    const later = this.due.findLastIndex((one) => one.at <= at);
    this.due.splice(later + 1, 0, { at, run });
  }
  /** Plans something some seconds from now. */
  after(seconds, run) {
    this.at(this.now + seconds * 1e3, run);
  }
  sleep(milliseconds) {
    return new Promise((resolve) => {
      this.at(this.now + milliseconds, resolve);
    });
  }
  /** Something that must not fail. */
  watch(work) {
    work.catch((error) => this.failures.push(error));
  }
  /** Runs what is due, one after the other, until it is enough; what was set off comes to rest in between. */
  async play(isEnough) {
    let steps = 0;
    for (let next = this.due.shift(); next !== void 0 && !isEnough(); next = this.due.shift()) {
      this.now = next.at;
      steps += 1;
      if (steps > mostSteps) throw new Error(`no end after ${mostSteps} steps, at ${this.now} ms`);
      next.run();
      await new Promise(setImmediate);
      if (this.failures.length > 0) throw this.failures[0];
    }
  }
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  Timeline
});
