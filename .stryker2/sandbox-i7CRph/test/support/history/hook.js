"use strict";
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __export = (target, all) => {
  for (var name2 in all)
    __defProp(target, name2, { get: all[name2], enumerable: true });
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
var hook_exports = {};
__export(hook_exports, {
  Hook: () => Hook
});
module.exports = __toCommonJS(hook_exports);
var import_contract = require("../../../contract");
var import_timing = require("../../../timing");
var import_payloads = require("../payloads");
var import_history = require("./history");
const name = "graceful-sns";
class Hook {
  /** @param publish - Told of every wait that begins. */
  constructor(history, timeline, publish, isHealthy) {
    this.history = history;
    this.timeline = timeline;
    this.publish = publish;
    this.isHealthy = isHealthy;
    this.times = (0, import_timing.schedule)(history.times);
  }
  history;
  timeline;
  publish;
  isHealthy;
  waits = [];
  times;
  /** The instance begins to wait. */
  begin() {
    const { now } = this.timeline;
    const token = `00000000-0000-4000-8000-00000000000${this.waits.length}`;
    const deadline = now + this.times.heartbeatTimeout * 1e3;
    const wait = { token, began: now, deadline, end: void 0, heartbeats: [], accepted: 0 };
    this.waits.push(wait);
    this.expire(wait);
    this.publish({
      kind: "hookAction",
      group: import_payloads.ids.group,
      hook: name,
      transition: this.history.transition,
      instance: import_payloads.ids.instance,
      token,
      time: this.timeline.instant(now),
      origin: this.history.transition === "launch" ? "EC2" : "AutoScalingGroup",
      metadata: this.metadata
    });
  }
  /** The wait that goes on. */
  get active() {
    return this.waits.find(({ end }) => end === void 0);
  }
  /** Whether nothing is left to happen here. */
  get isOver() {
    return this.active === void 0 && !(this.isRetained && this.waits.length === 1);
  }
  /** The calls of Auto Scaling that the handler makes. */
  autoScaling(call) {
    const { cause, deregistrationDelay, hasWarmPool, onFailure, transition } = this.history;
    const repeats = hasWarmPool || onFailure === "retain";
    const { group, instance: id } = import_payloads.ids;
    const find = ({ token }) => token === void 0 || token === this.active?.token ? this.active : void 0;
    return {
      groups: () => call(() => [{ name: group, instances: [{ id, ...this.state }], repeats, revisions: this.revisions }]),
      describe: () => call(() => /* @__PURE__ */ new Map([[id, { group, ...this.state }]])),
      hooks: () => call(() => [
        {
          name,
          lifecycleTransition: import_contract.lifecycleTransitions[transition],
          heartbeatTimeout: this.times.heartbeatTimeout,
          metadata: this.metadata
        }
      ]),
      activities: (_group, _transition, _instances, history) => call(() => {
        if (this.active === void 0) return /* @__PURE__ */ new Map();
        const startedAt = this.timeline.instant(this.active.began - deregistrationDelay * 1e3);
        const retainedBefore = history && this.waits.length > 1;
        return /* @__PURE__ */ new Map([[id, { startedAt, cause: import_history.causes[cause], retainedBefore }]]);
      }),
      complete: (asked, result) => call(() => {
        const wait = find(asked);
        if (wait) this.end(wait, "completion", result);
        return wait !== void 0;
      }),
      heartbeat: (asked) => call(() => {
        const wait = find(asked);
        if (wait) this.extend(wait);
        return wait !== void 0;
      })
    };
  }
  get isRetained() {
    return this.waits.at(-1)?.end?.result === "ABANDON" && this.history.onFailure === "retain";
  }
  get state() {
    return { lifecycleState: this.lifecycleState, isHealthy: this.isHealthy() };
  }
  /** What the tags of the group say; half of the groups have none. */
  get revisions() {
    const { hasWarmPool, transition } = this.history;
    return hasWarmPool ? [] : [(0, import_contract.revisionsOf)([{ transition, metadata: this.metadata }])];
  }
  get lifecycleState() {
    const isLaunch = this.history.transition === "launch";
    if (this.active) return isLaunch ? "Pending:Wait" : "Terminating:Wait";
    if (this.isRetained) return "Terminating:Retained";
    return isLaunch ? "InService" : "Terminating:Proceed";
  }
  get metadata() {
    const { deregistrationDelay, onFailure, times, transition } = this.history;
    const { agentTimeout, delivery, execution, heartbeatTimeout } = this.times;
    const { maxWait = 0 } = times;
    return (0, import_contract.encodeInstructions)(
      (0, import_payloads.instructionsFor)(transition, {
        ...{ agentTimeout, deregistrationDelay, delivery, execution, heartbeatTimeout, maxWait, onFailure }
      })
    );
  }
  /** Heartbeats begin the time-out anew, as far as the global time-out goes. */
  extend(wait) {
    const { now } = this.timeline;
    const { globalTimeout, heartbeatTimeout } = this.times;
    wait.heartbeats.push(now);
    wait.deadline = Math.min(now + heartbeatTimeout * 1e3, wait.began + globalTimeout * 1e3);
  }
  expire(wait) {
    this.timeline.at(wait.deadline, () => {
      if (wait.end !== void 0) return;
      if (this.timeline.now < wait.deadline) this.expire(wait);
      else this.end(wait, "default", (0, import_contract.resultOf)(this.history.onFailure));
    });
  }
  end(wait, by, result) {
    const { now } = this.timeline;
    wait.end = { at: now, by, result };
    if (by === "completion") wait.accepted += 1;
    if (!this.isRetained || this.waits.length > 1) return;
    this.timeline.at(now + this.history.again * 1e3, () => {
      this.begin();
    });
  }
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  Hook
});
