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
var import_errors = require("../../handler/aws/errors");
var import_carryOut = require("../../handler/carryOut");
var import_decide = require("../../handler/decide");
var import_memory = require("../../handler/memory");
var import_handlerContext = require("../support/handlerContext");
var import_passingTime = require("../support/passingTime");
var import_payloads = require("../support/payloads");
var import_recordedLog = require("../support/recordedLog");
const now = 1e6;
const subject = {
  group: import_payloads.ids.group,
  hook: "graceful-terminate-sns",
  instance: import_payloads.ids.instance,
  transition: "terminate",
  token: import_payloads.ids.token
};
const { token: _, ...names } = subject;
const succeeded = (0, import_decide.completionOf)("CONTINUE", "succeeded", "the script succeeded");
const failedCommand = { id: "c1", requestedAt: 0, status: "failed", output: "it does not stop" };
const failed = (0, import_decide.completionOf)("ABANDON", "failed", "the script failed", { failed: failedCommand });
const overran = (0, import_decide.completionOf)("CONTINUE", "overran", "the script outran its time", { cancels: "c1" });
function world(isThere, state, changes = {}) {
  const { lines, log } = (0, import_recordedLog.recordedLog)();
  const clock = new import_passingTime.PassingTime(now);
  const calls = [];
  let tries = 0;
  const { autoScaling, runCommand, ...rest } = changes;
  const context = {
    ...(0, import_handlerContext.handlerContext)({
      log,
      until: now + 6e4,
      autoScaling: {
        complete: ({ token }, result) => {
          calls.push(`complete ${token ?? ""} ${result}`);
          const answer = isThere[Math.min(tries, isThere.length - 1)];
          tries += 1;
          return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer === true);
        },
        describe: ([id = ""]) => {
          calls.push("describe");
          const details = { group: import_payloads.ids.group, lifecycleState: state ?? "", isHealthy: true };
          return Promise.resolve(new Map(state === void 0 ? [] : [[id, details]]));
        },
        ...autoScaling
      },
      runCommand: {
        cancel: (command, instance) => {
          calls.push(`cancel ${command} on ${instance}`);
          return Promise.resolve();
        },
        ...runCommand
      },
      ...rest
    }),
    clock
  };
  return { context, calls, clock, lines, memory: () => (0, import_memory.recall)(context.memory, subject) };
}
describe("a completion", () => {
  it("is counted once, when AWS has taken it", async () => {
    const broken = new Error("Rate exceeded");
    const { context, lines } = world([broken, true], "Terminating:Wait");
    const counted = () => lines.filter(({ outcome }) => outcome !== void 0);
    (0, import_carryOut.logDecision)(context, subject, failed, 0);
    await import_strict.default.rejects((0, import_carryOut.completeOnce)(context, subject, failed, 0), broken);
    import_strict.default.deepEqual(counted(), []);
    (0, import_carryOut.logDecision)(context, subject, failed, 0);
    await (0, import_carryOut.completeOnce)(context, subject, failed, 0);
    import_strict.default.deepEqual(counted(), [
      {
        level: "warn",
        message: "completed with ABANDON: the script failed",
        ...names,
        decision: "complete",
        reason: "the script failed",
        elapsed: 1e3,
        outcome: "failed"
      }
    ]);
  });
  it("is told of beforehand where it is no good end, with what the script has written, and without the token", () => {
    const { context, lines } = world([], void 0);
    (0, import_carryOut.logDecision)(context, subject, succeeded, void 0);
    (0, import_carryOut.logDecision)(context, subject, (0, import_decide.completionOf)("CONTINUE", "skipped", "never served"), void 0);
    (0, import_carryOut.logDecision)(context, subject, (0, import_decide.completionOf)("CONTINUE", "gone", "gone"), void 0);
    import_strict.default.deepEqual(lines, []);
    (0, import_carryOut.logDecision)(context, subject, failed, 998499);
    (0, import_carryOut.logDecision)(context, subject, overran, void 0);
    import_strict.default.deepEqual(lines, [
      {
        level: "warn",
        message: "completing: the script failed",
        ...names,
        decision: "complete",
        reason: "the script failed",
        elapsed: 2
      },
      { level: "warn", message: "the end of the output of c1", ...names, output: "it does not stop" },
      {
        level: "warn",
        message: "completing: the script outran its time",
        ...names,
        decision: "complete",
        reason: "the script outran its time",
        elapsed: void 0
      }
    ]);
  });
  it("is an information where its end is good", async () => {
    const { context, lines } = world([true], void 0);
    await (0, import_carryOut.completeOnce)(context, subject, succeeded, void 0);
    import_strict.default.deepEqual(
      lines.map(({ level, message, outcome }) => [level, message, outcome]),
      [["info", "completed with CONTINUE: the script succeeded", "succeeded"]]
    );
  });
  it("takes back what is still open first, and goes on if that fails", async () => {
    const { calls, context } = world([true], void 0);
    await (0, import_carryOut.completeOnce)(context, subject, overran, void 0);
    import_strict.default.deepEqual(calls, [`cancel c1 on ${import_payloads.ids.instance}`, `complete ${import_payloads.ids.token} CONTINUE`]);
    const cancel = () => Promise.reject(new Error("no"));
    const other = world([true], void 0, { runCommand: { cancel } });
    import_strict.default.equal(await (0, import_carryOut.completeOnce)(other.context, subject, overran, void 0), true);
    import_strict.default.deepEqual(
      [other.lines[0]?.level, other.lines[0]?.message, other.lines[0]?.error, other.lines[0]?.instance],
      ["warn", "could not cancel c1", "Error: no", import_payloads.ids.instance]
    );
  });
  it("is tried three times as long as the instance waits, five seconds apart", async () => {
    const waiting = world([false], "Terminating:Wait");
    await (0, import_carryOut.completeNow)(waiting.context, subject, succeeded, void 0);
    import_strict.default.equal(waiting.calls.filter((one) => one === "describe").length, 3);
    import_strict.default.equal(waiting.clock.now(), now + 1e4);
    const later = world([false, true], "Terminating:Wait");
    await (0, import_carryOut.completeNow)(later.context, subject, succeeded, void 0);
    import_strict.default.deepEqual(later.calls.length, 3);
    import_strict.default.equal(later.lines.length, 1);
  });
  it("is not tried again where the instance waits no more, or the time of the invocation is over", async () => {
    for (const state of ["Terminating:Proceed", "Pending:Wait", void 0]) {
      const { calls, context, lines } = world([false], state);
      await (0, import_carryOut.completeNow)(context, subject, succeeded, void 0);
      import_strict.default.deepEqual([calls, lines], [[`complete ${import_payloads.ids.token} CONTINUE`, "describe"], []]);
    }
    const short = world([false], "Terminating:Wait", { until: now + 5e3 });
    await (0, import_carryOut.completeNow)(short.context, subject, succeeded, void 0);
    import_strict.default.equal(short.clock.now(), now + 5e3);
  });
  it("is over once it is done, and where there is no action for two minutes", async () => {
    const done = world([true], void 0);
    import_strict.default.equal(await (0, import_carryOut.completeOnce)(done.context, subject, succeeded, void 0), true);
    import_strict.default.equal(done.memory().isOver, true);
    const none = world([false], void 0);
    import_strict.default.equal(await (0, import_carryOut.completeOnce)(none.context, subject, succeeded, void 0), false);
    await none.clock.sleep(119999);
    await (0, import_carryOut.completeOnce)(none.context, subject, succeeded, void 0);
    import_strict.default.equal(none.memory().isOver, false);
    await none.clock.sleep(1);
    await (0, import_carryOut.completeOnce)(none.context, subject, succeeded, void 0);
    import_strict.default.equal(none.memory().isOver, true);
  });
  it("reads the hooks of the group again where there is no action of that name", async () => {
    const { context } = world([false], void 0);
    context.memory.hooks.set(import_payloads.ids.group, { readAt: now, byRevision: /* @__PURE__ */ new Map() });
    context.memory.hooks.set("other", { readAt: now, byRevision: /* @__PURE__ */ new Map() });
    await (0, import_carryOut.completeOnce)(context, subject, succeeded, void 0);
    import_strict.default.deepEqual([...context.memory.hooks.keys()], ["other"]);
  });
});
describe("a heartbeat", () => {
  it("is remembered if there was something to extend", async () => {
    for (const isThere of [true, false]) {
      const { context, memory } = world([], void 0, {
        autoScaling: { heartbeat: () => Promise.resolve(isThere) }
      });
      await (0, import_carryOut.heartbeat)(context, subject);
      import_strict.default.equal(memory().extendedAt, isThere ? now : void 0);
    }
  });
});
describe("a decision", () => {
  it("is a line of the log", () => {
    const { context, lines } = world([], void 0);
    (0, import_carryOut.logDecision)(context, subject, { kind: "wait", reason: "the script is running" }, now - 7400);
    import_strict.default.deepEqual(lines, [
      {
        level: "info",
        message: "wait: the script is running",
        ...names,
        decision: "wait",
        reason: "the script is running",
        elapsed: 7
      }
    ]);
  });
});
describe("an attempt", () => {
  it("says whether it went through, and whose failure it is if not", async () => {
    const { context, lines } = world([], void 0);
    const broken = Object.assign(new Error("reset"), { code: "ECONNRESET" });
    import_strict.default.equal(await (0, import_carryOut.attempt)(context, subject, () => Promise.resolve()), true);
    import_strict.default.equal(await (0, import_carryOut.attempt)(context, subject, () => Promise.reject(broken)), false);
    import_strict.default.equal(await (0, import_carryOut.attempt)(context, subject, () => Promise.reject(new TypeError("no"))), false);
    import_strict.default.deepEqual(lines, [
      {
        level: "error",
        message: "a call to AWS failed; the next sweep tries again",
        ...names,
        error: "Error: reset"
      },
      {
        level: "error",
        message: "the handler itself failed; the next sweep tries again",
        ...names,
        error: "TypeError: no"
      }
    ]);
  });
  it("leaves it to the sweep to say that its time is over", async () => {
    const { context, lines } = world([], void 0);
    import_strict.default.equal(await (0, import_carryOut.attempt)(context, subject, () => Promise.reject(new import_errors.OutOfTime())), false);
    import_strict.default.deepEqual(lines, []);
  });
});
