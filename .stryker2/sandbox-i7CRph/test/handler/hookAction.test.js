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
var import_hookAction = require("../../handler/hookAction");
var import_handlerContext = require("../support/handlerContext");
var import_passingTime = require("../support/passingTime");
var import_payloads = require("../support/payloads");
var import_recordedLog = require("../support/recordedLog");
const now = Date.UTC(2026, 0, 1);
const launchFailure = "an instance was taken out of service in response to a launch failure.";
function action(instructions = {}, changes = {}) {
  const transition = changes.transition ?? "terminate";
  return {
    kind: "hookAction",
    group: import_payloads.ids.group,
    hook: `graceful-${transition}-sns`,
    transition,
    instance: import_payloads.ids.instance,
    token: import_payloads.ids.token,
    time: now - 1e3,
    origin: "AutoScalingGroup",
    metadata: (0, import_contract.encodeInstructions)((0, import_payloads.instructionsFor)(transition, instructions)),
    ...changes
  };
}
const refused = {
  kind: "refused",
  instances: [import_payloads.ids.instance],
  whole: false,
  isUnknown: true,
  cause: "no agent"
};
const taken = { kind: "sent", commandId: import_payloads.ids.command };
function world(answers, changes = {}) {
  const { lines, log } = (0, import_recordedLog.recordedLog)();
  const clock = new import_passingTime.PassingTime(now);
  const jobs = [];
  const looks = [];
  const completions = [];
  let activity = {};
  const { autoScaling, runCommand, ...rest } = changes;
  const context = {
    ...(0, import_handlerContext.handlerContext)({
      log,
      until: now + 2e4,
      autoScaling: {
        activities: (_, __, [instance = ""], history) => {
          looks.push({ history, at: clock.now() });
          const found = { startedAt: now - 31e3, cause: "", ...activity };
          const retainedBefore = history && activity.retainedBefore === true;
          return Promise.resolve(/* @__PURE__ */ new Map([[instance, { ...found, retainedBefore }]]));
        },
        complete: ({ token }, result) => {
          completions.push({ token, result });
          return Promise.resolve(true);
        },
        ...autoScaling
      },
      runCommand: {
        send: (job) => {
          jobs.push(job);
          return Promise.resolve(answers[Math.min(jobs.length, answers.length) - 1] ?? taken);
        },
        invocations: () => Promise.resolve([]),
        ...runCommand
      },
      ...rest
    }),
    clock
  };
  return {
    context,
    clock,
    lines,
    jobs,
    looks,
    completions,
    because: (known) => {
      activity = known;
    }
  };
}
describe("the event of a hook", () => {
  it("starts the document at once with the sealed token, and says since when the action is", async () => {
    const { context, jobs, lines } = world([taken]);
    await (0, import_hookAction.onHookAction)(context, action());
    const [job] = jobs;
    const place = { group: import_payloads.ids.group, hook: "graceful-terminate-sns", instance: import_payloads.ids.instance };
    import_strict.default.equal(jobs.length, 1);
    import_strict.default.equal(job?.document, (0, import_payloads.instructionsFor)("terminate").document);
    import_strict.default.deepEqual([job.delivery, job.budget, job.early, job.logGroup], [30, 150, false, void 0]);
    import_strict.default.equal(context.seal.open(job.parameters.action, place), import_payloads.ids.token);
    import_strict.default.equal(job.parameters.since, String((now - 16e3) / 1e3));
    import_strict.default.deepEqual(
      lines.map(({ elapsed, level, message }) => [level, message.replace(/ \S+ as .*/, ""), elapsed]),
      [
        ["info", "run: the instance waits and no command is on its way", 1],
        ["info", "sent", void 0]
      ]
    );
  });
  it("is ignored where the hook is another handler's, or nobody's", async () => {
    const { context, lines } = world([]);
    await (0, import_hookAction.onHookAction)(context, action({ handler: "another", document: "another-web" }));
    await (0, import_hookAction.onHookAction)(context, action({}, { metadata: void 0 }));
    import_strict.default.deepEqual(
      lines.map(({ instance, level, message }) => [level, message, instance]),
      Array(2).fill(["info", "ignored: the hook is not for this handler", import_payloads.ids.instance])
    );
  });
  it("reads the state before it acts on an old event", async () => {
    const described = [];
    const describe2 = (instances) => {
      described.push(instances);
      return Promise.resolve(/* @__PURE__ */ new Map());
    };
    const { context, jobs } = world([taken], { autoScaling: { describe: describe2 } });
    await (0, import_hookAction.onHookAction)(context, action({}, { time: now - 60001 }));
    import_strict.default.deepEqual([jobs.length, described], [0, [[import_payloads.ids.instance]]]);
    await (0, import_hookAction.onHookAction)(context, action({}, { time: now - 6e4 }));
    import_strict.default.deepEqual([jobs.length, described.length], [1, 1]);
  });
  it("waits on launch for an agent that boots, as long as the invocation may", async () => {
    const booting = world([refused, refused, taken]);
    await (0, import_hookAction.onHookAction)(booting.context, action({}, { transition: "launch" }));
    import_strict.default.deepEqual([booting.jobs.length, booting.clock.now() - now], [3, 1e4]);
    const never = world([refused]);
    await (0, import_hookAction.onHookAction)(never.context, action({}, { transition: "launch" }));
    import_strict.default.deepEqual([never.jobs.length, never.clock.now() - now], [5, 2e4]);
  });
  it("leaves an instance that SSM refuses on terminate to the sweep, which knows since when", async () => {
    const { clock, context, jobs, lines } = world([refused]);
    await (0, import_hookAction.onHookAction)(context, action());
    import_strict.default.deepEqual([jobs.length, clock.now()], [1, now]);
    import_strict.default.equal(lines.at(-1)?.message, "wait: SSM refuses the command: no agent");
    import_strict.default.deepEqual(
      [...context.memory.actions.values()].map(({ refusedSince }) => refusedSince),
      [now]
    );
  });
  it("lets go by its token an instance that SSM refuses and that never served", async () => {
    const { because, completions, context } = world([refused]);
    because({ cause: launchFailure });
    await (0, import_hookAction.onHookAction)(context, action());
    import_strict.default.deepEqual(completions, [{ token: import_payloads.ids.token, result: "CONTINUE" }]);
  });
  it("lets go an instance that SSM refuses and that is stopped in the warm pool, and fills no pool with it", async () => {
    const out = world([refused]);
    await (0, import_hookAction.onHookAction)(out.context, action({}, { origin: "WarmPool" }));
    import_strict.default.deepEqual(out.completions, [{ token: import_payloads.ids.token, result: "CONTINUE" }]);
    import_strict.default.deepEqual(out.looks, []);
    const into = world([refused, taken]);
    await (0, import_hookAction.onHookAction)(into.context, action({}, { origin: "WarmPool", transition: "launch" }));
    import_strict.default.deepEqual([into.completions, into.jobs.length], [[], 2]);
  });
  it("looks for an earlier retention where the policy retains, and only there", async () => {
    for (const onFailure of ["retain", "continue"]) {
      const { because, completions, context, looks } = world([refused]);
      because({ retainedBefore: true });
      await (0, import_hookAction.onHookAction)(context, action({ onFailure }));
      const retains = onFailure === "retain";
      import_strict.default.deepEqual(
        looks.map(({ history }) => history),
        [retains]
      );
      import_strict.default.equal(completions.length, retains ? 1 : 0);
    }
  });
  it("asks the probe where one may hold the script up, and starts nothing on a busy instance", async () => {
    const asked = [];
    const answers = [true, false];
    const isBusy = (query2) => {
      asked.push(query2);
      return Promise.resolve(answers.shift());
    };
    const { context, jobs, lines } = world([taken], { isBusy });
    await (0, import_hookAction.onHookAction)(context, action({ maxWait: 60 }));
    import_strict.default.equal(jobs.length, 0);
    import_strict.default.equal(lines.at(-1)?.message, "wait: the instance is busy");
    await (0, import_hookAction.onHookAction)(context, action({ maxWait: 60 }));
    import_strict.default.equal(jobs.length, 1);
    await (0, import_hookAction.onHookAction)(context, action({ maxWait: 0 }));
    import_strict.default.equal(jobs.length, 2);
    const query = {
      instanceId: import_payloads.ids.instance,
      groupName: import_payloads.ids.group,
      hookName: "graceful-terminate-sns"
    };
    import_strict.default.deepEqual(asked, [query, query]);
  });
  it("logs what fails, AWS or the handler itself, and leaves it to the sweep", async () => {
    const broken = Object.assign(new Error("Rate exceeded"), { name: "Throttling", $metadata: {} });
    for (const [error, says] of [
      [broken, "a call to AWS failed"],
      [new TypeError("no"), "the handler itself failed"]
    ]) {
      const { context, lines } = world([taken], { runCommand: { send: () => Promise.reject(error) } });
      await (0, import_hookAction.onHookAction)(context, action());
      import_strict.default.equal(lines.at(-1)?.message, `${says}; the next sweep tries again`);
      import_strict.default.deepEqual([lines.at(-1)?.level, lines.at(-1)?.instance], ["error", import_payloads.ids.instance]);
    }
  });
  it("tells sweeps all about its hook, if the hook says how long its heartbeat timeout is", async () => {
    const { context } = world([taken]);
    await (0, import_hookAction.onHookAction)(context, action());
    import_strict.default.equal(context.memory.hooks.size, 0);
    await (0, import_hookAction.onHookAction)(context, action({ heartbeatTimeout: 450 }));
    const known = context.memory.hooks.get(import_payloads.ids.group);
    const [hook, ...others] = [...known?.byRevision.values() ?? []].flat();
    import_strict.default.equal(known?.readAt, now);
    import_strict.default.deepEqual([hook?.heartbeatTimeout, hook?.name, others], [450, "graceful-terminate-sns", []]);
  });
});
