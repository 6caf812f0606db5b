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
var import_contract = require("../../contract");
var import_commandEnded = require("../../handler/commandEnded");
var import_seal = require("../../handler/seal");
var import_handlerContext = require("../support/handlerContext");
var import_passingTime = require("../support/passingTime");
var import_payloads = require("../support/payloads");
var import_recordedLog = require("../support/recordedLog");
const now = Date.UTC(2026, 0, 1);
const place = { group: import_payloads.ids.group, hook: "graceful-terminate-sns", instance: import_payloads.ids.instance };
const seal = (0, import_seal.createSeal)("a secret");
const sealed = seal.close(import_payloads.ids.token, place);
function parameters(changes = {}) {
  return { ...(0, import_payloads.commandParameters)(), action: sealed, ...changes };
}
function ended(status, changes = {}) {
  return {
    kind: "commandEnded",
    commandId: import_payloads.ids.command,
    document: (0, import_payloads.instructionsFor)("terminate").document,
    status,
    parameters: parameters(),
    ...changes
  };
}
const failed = { status: "failed", endedAt: now - 1e3, output: "it does not stop" };
function world(given = {}) {
  const {
    ends = [failed],
    onFailure = "continue",
    retainedBefore = false,
    state = "Terminating:Wait"
  } = given;
  const { lines, log } = (0, import_recordedLog.recordedLog)();
  const calls = [];
  const completions = [];
  let looks = 0;
  const said = (call, answer) => {
    calls.push(call);
    return Promise.resolve(answer);
  };
  const clock = new import_passingTime.PassingTime(now);
  const context = {
    ...(0, import_handlerContext.handlerContext)({
      log,
      until: given.until ?? now + 4e4,
      autoScaling: {
        describe: (instances) => {
          const details = { group: import_payloads.ids.group, lifecycleState: state, isHealthy: true };
          return said("describe", new Map(instances.map((id) => [id, details])));
        },
        hooks: () => said("hooks", [
          {
            name: place.hook,
            lifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING",
            heartbeatTimeout: 450,
            metadata: (0, import_contract.encodeInstructions)((0, import_payloads.instructionsFor)("terminate", { onFailure }))
          }
        ]),
        activities: (_, __, instances, history) => {
          const found = { startedAt: now - 6e4, cause: "", retainedBefore: history && retainedBefore };
          return said(
            `activities${history ? " with history" : ""}`,
            new Map(instances.map((id) => [id, found]))
          );
        },
        complete: (action, result) => {
          completions.push([action.instance, action.token, result]);
          return said("complete", true);
        }
      },
      runCommand: {
        end: () => {
          calls.push("end");
          const end = ends[Math.min(looks, ends.length - 1)];
          looks += 1;
          return end instanceof Error ? Promise.reject(end) : Promise.resolve(end);
        },
        command: () => said(
          "command",
          "command" in given && given.command === void 0 ? void 0 : { parameters: parameters(), instances: [import_payloads.ids.instance], isOurs: true, ...given.command }
        ),
        invocations: () => said("invocations", []),
        send: () => said("send", { kind: "sent", commandId: "c2" })
      }
    }),
    clock,
    seal
  };
  return { context, calls, completions, lines, clock };
}
describe("the end of a command", () => {
  it("completes the very action that the command was sent for, with one call", async () => {
    const { calls, completions, context, lines } = world();
    await (0, import_commandEnded.onCommandEnded)(context, ended("Success"));
    import_strict.default.deepEqual(calls, ["complete"]);
    import_strict.default.deepEqual(completions, [[import_payloads.ids.instance, import_payloads.ids.token, "CONTINUE"]]);
    import_strict.default.deepEqual(
      lines.map(({ message, outcome }) => [message, outcome]),
      [["completed with CONTINUE: the script succeeded", "succeeded"]]
    );
  });
  it("is nobody's business where the document is another handler's", async () => {
    const { calls, context, lines } = world();
    await (0, import_commandEnded.onCommandEnded)(context, ended("Success", { document: "AWS-RunShellScript" }));
    import_strict.default.deepEqual(calls, []);
    import_strict.default.equal(lines[0]?.message, "ignored: AWS-RunShellScript is not a document of this handler");
  });
  it("looks the parameters up where its event has none", async () => {
    for (const none of [void 0, {}, { group: "", hook: void 0 }]) {
      const { calls, completions, context } = world();
      await (0, import_commandEnded.onCommandEnded)(context, ended("Success", { parameters: none }));
      import_strict.default.deepEqual(calls, ["command", "complete"]);
      import_strict.default.deepEqual(completions, [[import_payloads.ids.instance, import_payloads.ids.token, "CONTINUE"]]);
    }
  });
  it("says so where nobody knows which hook it was sent for", async () => {
    for (const command of [void 0, { parameters: void 0 }, { parameters: { group: "web" } }]) {
      const { calls: calls2, context: context2, lines } = world({ command });
      await (0, import_commandEnded.onCommandEnded)(context2, ended("Success", { parameters: void 0 }));
      import_strict.default.deepEqual(calls2, ["command"]);
      import_strict.default.deepEqual(
        lines.map(({ level, message }) => [level, message]),
        [["warn", `ignored: ${import_payloads.ids.command} does not say which hook it was sent for`]]
      );
    }
    const { calls, context } = world();
    await (0, import_commandEnded.onCommandEnded)(context, ended("Success", { parameters: { hook: "graceful-terminate-sns" } }));
    import_strict.default.deepEqual(calls, []);
  });
  it("leaves a command that was taken back to the next sweep", async () => {
    const { calls, context } = world();
    await (0, import_commandEnded.onCommandEnded)(context, ended("Cancelled"));
    import_strict.default.deepEqual(calls, []);
  });
  it("applies the policy of the command to a script that failed, and shows what it has written", async () => {
    for (const [onFailure, result] of [
      ["continue", "CONTINUE"],
      ["abandon", "ABANDON"]
    ]) {
      const { calls, completions, context, lines } = world();
      await (0, import_commandEnded.onCommandEnded)(context, ended("Failed", { parameters: parameters({ onFailure }) }));
      import_strict.default.deepEqual(calls, ["end", "complete"]);
      import_strict.default.deepEqual(completions, [[import_payloads.ids.instance, import_payloads.ids.token, result]]);
      const reason = `the script failed or ran too long: ${onFailure}`;
      import_strict.default.deepEqual(
        lines.map(({ level, message, outcome, output }) => [level, message, outcome, output]),
        [
          ["warn", `completing: ${reason}`, void 0, void 0],
          ["warn", `the end of the output of ${import_payloads.ids.command}`, void 0, "it does not stop"],
          ["warn", `completed with ${result}: ${reason}`, "failed", void 0]
        ]
      );
    }
  });
  it("looks for an earlier retention before it retains an instance", async () => {
    for (const retainedBefore of [false, true]) {
      const { calls, completions, context } = world({ onFailure: "retain", retainedBefore });
      await (0, import_commandEnded.onCommandEnded)(context, ended("Failed", { parameters: parameters({ onFailure: "retain" }) }));
      import_strict.default.ok(calls.includes("activities with history"));
      import_strict.default.deepEqual(completions, [[import_payloads.ids.instance, void 0, retainedBefore ? "CONTINUE" : "ABANDON"]]);
    }
  });
  it("is looked at as a sweep would where the policy is none that the handler knows", async () => {
    const { calls, completions, context } = world({ onFailure: "abandon" });
    await (0, import_commandEnded.onCommandEnded)(context, ended("Failed", { parameters: parameters({ onFailure: "explode" }) }));
    import_strict.default.ok(calls.includes("describe"));
    import_strict.default.deepEqual(completions, [[import_payloads.ids.instance, void 0, "ABANDON"]]);
  });
  it("completes nothing for an action that it has not sealed", async () => {
    const elsewhere = seal.close(import_payloads.ids.token, { ...place, instance: "i-1" });
    for (const action of [import_payloads.ids.token, elsewhere, ""]) {
      const { calls: calls2, completions, context: context2, lines } = world({ command: { isOurs: false } });
      await (0, import_commandEnded.onCommandEnded)(context2, ended("Success", { parameters: parameters({ action }) }));
      import_strict.default.deepEqual([calls2, completions], [["command"], []]);
      import_strict.default.deepEqual(
        lines.map(({ group, hook, level, message }) => [level, message, group, hook]),
        [["warn", `ignored: no handler has sent ${import_payloads.ids.command}`, import_payloads.ids.group, place.hook]]
      );
    }
    const { calls, context } = world({ command: void 0 });
    await (0, import_commandEnded.onCommandEnded)(context, ended("Success", { parameters: parameters({ action: import_payloads.ids.token }) }));
    import_strict.default.deepEqual(calls, ["command"]);
  });
  it("has every instance of a batch looked at, which lists may not show as over yet", async () => {
    for (const changes of [{ action: "" }, { instance: "" }, { transition: "stop" }]) {
      const { calls, completions, context } = world({ onFailure: "abandon" });
      await (0, import_commandEnded.onCommandEnded)(context, ended("Failed", { parameters: parameters(changes) }));
      import_strict.default.deepEqual(calls.slice(0, 3), ["command", "describe", "hooks"]);
      import_strict.default.deepEqual(completions, [[import_payloads.ids.instance, void 0, "ABANDON"]]);
    }
  });
  it("starts nothing where none of its instances waits any more", async () => {
    const { calls, context } = world({ state: "Terminating:Proceed" });
    await (0, import_commandEnded.onCommandEnded)(context, ended("Failed", { parameters: parameters({ action: "" }) }));
    import_strict.default.deepEqual(calls, ["command", "describe"]);
  });
  it("completes a launch, too", async () => {
    const launch = { ...place, hook: "graceful-launch-sns" };
    const { completions, context, lines } = world();
    const given = { ...(0, import_payloads.commandParameters)("launch"), action: seal.close(import_payloads.ids.token, launch) };
    await (0, import_commandEnded.onCommandEnded)(context, ended("Success", { parameters: given }));
    import_strict.default.deepEqual(completions, [[import_payloads.ids.instance, import_payloads.ids.token, "CONTINUE"]]);
    import_strict.default.equal(lines[0]?.transition, "launch");
  });
  it("completes nothing where the agent failed and not the script", async () => {
    const troubled = { status: "troubled", endedAt: now - 1e3, output: "" };
    const { calls, completions, context } = world({ ends: [troubled], onFailure: "abandon" });
    await (0, import_commandEnded.onCommandEnded)(context, ended("Failed", { parameters: parameters({ onFailure: "abandon" }) }));
    import_strict.default.ok(calls.includes("describe"));
    import_strict.default.deepEqual(completions, []);
  });
  it("is asked about three times where SSM does not show it yet, as long as the invocation may", async () => {
    const open = { status: "running", endedAt: void 0, output: "" };
    for (const [ends, until, looks, took] of [
      [[void 0, open, failed], 4e4, 3, 1e4],
      [[void 0, { ...open, status: "pending" }, { ...open, status: "ended" }, failed], 4e4, 4, 1e4],
      [[void 0, failed], 5e3, 2, 5e3],
      [[void 0, void 0, failed], 9999, 3, 5e3]
    ]) {
      const { calls, clock, completions, context } = world({ ends, until: now + until });
      await (0, import_commandEnded.onCommandEnded)(context, ended("Failed"));
      import_strict.default.equal(calls.filter((one) => one === "end").length, looks);
      import_strict.default.equal(clock.now() - now, took);
      import_strict.default.equal(completions.length, 1);
    }
  });
  it("says so where SSM does not tell how it ended, and has a sweep's look instead", async () => {
    const { calls, context, lines } = world({ ends: [new Error("not allowed"), failed] });
    await (0, import_commandEnded.onCommandEnded)(context, ended("Failed"));
    import_strict.default.deepEqual(calls.slice(0, 3), ["end", "command", "describe"]);
    import_strict.default.deepEqual(
      [lines[0]?.level, lines[0]?.message, lines[0]?.error, lines[0]?.instance],
      ["warn", `could not read how ${import_payloads.ids.command} ended`, "Error: not allowed", import_payloads.ids.instance]
    );
  });
});
