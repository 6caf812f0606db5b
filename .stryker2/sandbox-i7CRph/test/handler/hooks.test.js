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
var import_sweep = require("../../handler/sweep");
var import_hooks = require("../../handler/sweep/hooks");
var import_handlerContext = require("../support/handlerContext");
var import_passingTime = require("../support/passingTime");
var import_payloads = require("../support/payloads");
var import_recordedLog = require("../support/recordedLog");
const metadataOf = (transition, changes = {}) => (0, import_contract.encodeInstructions)((0, import_payloads.instructionsFor)(transition, changes));
const hook = (transition, changes = {}) => ({
  name: `graceful-${transition}-sns`,
  lifecycleTransition: `autoscaling:EC2_INSTANCE_${transition === "launch" ? "LAUNCHING" : "TERMINATING"}`,
  heartbeatTimeout: 450,
  metadata: metadataOf(transition),
  ...changes
});
function group(lifecycleState, ...hooks) {
  const revisions = hooks.map(
    ({ lifecycleTransition, metadata = "" }) => (0, import_contract.revisionsOf)([{ transition: lifecycleTransition.includes("LAUNCH") ? "launch" : "terminate", metadata }])
  );
  return {
    name: "web",
    instances: [{ id: "i-1", lifecycleState, isHealthy: true }],
    repeats: false,
    revisions
  };
}
function world(...hooks) {
  const { lines, log } = (0, import_recordedLog.recordedLog)();
  const clock = new import_passingTime.PassingTime(1e6);
  let reads = 0;
  const read = () => {
    reads += 1;
    return Promise.resolve([...hooks]);
  };
  const context = { ...(0, import_handlerContext.handlerContext)({ log, autoScaling: { hooks: read } }), clock };
  return { context, clock, lines, reads: () => reads };
}
const namesOf = (hooks) => hooks.map(({ name }) => name);
describe("the hooks of a group", () => {
  const both = [hook("launch"), hook("terminate")];
  it("are read once as long as the tags of the group name what was read", async () => {
    const { clock, context, reads } = world(...both);
    for (let look = 0; look < 3; look += 1) {
      const hooks = await (0, import_hooks.hooksOf)(context, group("Terminating:Wait", ...both));
      import_strict.default.ok(namesOf(hooks).includes("graceful-terminate-sns"));
      await clock.sleep(6e4);
    }
    import_strict.default.equal(reads(), 1);
  });
  it("are read again after half an hour, as somebody may change them by hand", async () => {
    const { clock, context, reads } = world(...both);
    await (0, import_hooks.hooksOf)(context, group("Terminating:Wait", ...both));
    await clock.sleep(30 * 6e4 - 1);
    await (0, import_hooks.hooksOf)(context, group("Terminating:Wait", ...both));
    import_strict.default.equal(reads(), 1);
    await clock.sleep(1);
    await (0, import_hooks.hooksOf)(context, group("Terminating:Wait", ...both));
    import_strict.default.equal(reads(), 2);
    await (0, import_hooks.hooksOf)(context, group("Terminating:Wait", ...both));
    import_strict.default.equal(reads(), 2);
  });
  it("are read again where the tags name another revision, or none of the transition that instances wait for", async () => {
    const { context, reads } = world(...both);
    await (0, import_hooks.hooksOf)(context, group("Terminating:Wait", ...both));
    await (0, import_hooks.hooksOf)(context, group("Terminating:Wait", hook("terminate", { metadata: "another" })));
    import_strict.default.equal(reads(), 2);
    await (0, import_hooks.hooksOf)(context, group("Terminating:Wait", hook("launch")));
    import_strict.default.equal(reads(), 3);
    await (0, import_hooks.hooksOf)(context, group("Terminating:Wait"));
    import_strict.default.equal(reads(), 4);
    await (0, import_hooks.hooksOf)(context, group("Pending:Wait", hook("launch")));
    import_strict.default.equal(reads(), 4);
  });
  it("are those of each transition that an instance may wait for, and of each component", async () => {
    const other = hook("terminate", {
      name: "other",
      metadata: metadataOf("terminate", { execution: 60 })
    });
    const all = [...both, other];
    const { context, reads } = world(...all);
    await (0, import_hooks.hooksOf)(context, group("InService", ...all));
    const warm = await (0, import_hooks.hooksOf)(context, group("Warmed:Pending:Wait", ...all));
    const ends = await (0, import_hooks.hooksOf)(context, group("Terminating:Wait", ...all));
    import_strict.default.equal(reads(), 1);
    import_strict.default.deepEqual(namesOf(warm).sort(), ["graceful-launch-sns", "graceful-terminate-sns", "other"]);
    import_strict.default.deepEqual(namesOf(ends).sort(), ["graceful-terminate-sns", "other"]);
  });
  it("share a revision where their metadata is the same", async () => {
    const twin = hook("terminate", { name: "twin" });
    const { context } = world(hook("terminate"), twin);
    await (0, import_hooks.hooksOf)(context, group("Terminating:Wait", twin));
    import_strict.default.deepEqual(namesOf(await (0, import_hooks.hooksOf)(context, group("Terminating:Wait", twin))), [
      "graceful-terminate-sns",
      "twin"
    ]);
  });
  it("are those with instructions for this handler; one that nobody can follow is refused by itself", async () => {
    const { context, lines } = world(
      hook("terminate"),
      hook("terminate", { name: "foreign", metadata: void 0 }),
      hook("terminate", { name: "another's", metadata: metadataOf("terminate", { handler: "another" }) }),
      hook("terminate", { name: "odd", lifecycleTransition: "autoscaling:OTHER" }),
      hook("terminate", {
        name: "broken",
        metadata: metadataOf("terminate").replace('"execution":120', '"execution":1e13')
      }),
      hook("terminate", {
        name: "another's broken",
        metadata: metadataOf("terminate").replaceAll(import_payloads.ids.handler, "another").replace('"execution":120', '"execution":1e13')
      })
    );
    const hooks = await (0, import_hooks.hooksOf)(context, group("Terminating:Wait"));
    import_strict.default.deepEqual(hooks, [
      {
        group: "web",
        name: "graceful-terminate-sns",
        transition: "terminate",
        heartbeatTimeout: 450,
        instructions: (0, import_payloads.instructionsFor)("terminate")
      }
    ]);
    import_strict.default.deepEqual(
      lines.map(({ group: name, hook: broken, level }) => [level, name, broken]),
      [["error", "web", "broken"]]
    );
    import_strict.default.match(lines[0]?.message ?? "", /^the metadata of the hook cannot be followed: execution is 1/);
  });
  it("may be remembered from an event, which tells all about one of them", async () => {
    const metadata = metadataOf("terminate", { heartbeatTimeout: 600 });
    const told = hook("terminate", { metadata });
    const served = {
      group: "web",
      name: told.name,
      transition: "terminate",
      heartbeatTimeout: Infinity,
      instructions: (0, import_payloads.instructionsFor)("terminate", { heartbeatTimeout: 600 })
    };
    const { clock, context, reads } = world(told);
    (0, import_sweep.rememberHook)(context.memory, served, metadata, clock.now());
    const hooks = await (0, import_hooks.hooksOf)(context, group("Terminating:Wait", told));
    import_strict.default.deepEqual([reads(), hooks], [0, [{ ...served, heartbeatTimeout: 600 }]]);
    await clock.sleep(20 * 6e4);
    const changed = metadataOf("terminate", { heartbeatTimeout: 900 });
    (0, import_sweep.rememberHook)(
      context.memory,
      { ...served, instructions: (0, import_payloads.instructionsFor)("terminate", { heartbeatTimeout: 900 }) },
      changed,
      clock.now()
    );
    (0, import_sweep.rememberHook)(context.memory, { ...served, name: "late" }, metadata, clock.now());
    import_strict.default.deepEqual(namesOf(await (0, import_hooks.hooksOf)(context, group("Terminating:Wait", told))), [told.name]);
    import_strict.default.equal(reads(), 0);
    await clock.sleep(10 * 6e4);
    await (0, import_hooks.hooksOf)(context, group("Terminating:Wait", told));
    import_strict.default.equal(reads(), 1);
  });
});
