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
var cases_exports = {};
__export(cases_exports, {
  readCases: () => readCases
});
module.exports = __toCommonJS(cases_exports);
var import_contract = require("../../contract");
var import_timing = require("../../timing");
var import_decide = require("../decide");
var import_memory = require("../memory");
var import_servedHook = require("../servedHook");
var import_commands = require("./commands");
async function readCases(context, group, hook, waiting, look) {
  const { autoScaling, clock, memory, runCommand } = context;
  const now = clock.now();
  const remembered = waiting.map((instance) => ({ instance, memory: (0, import_memory.recall)(memory, keyOf(hook, instance)) }));
  const open = remembered.filter((one) => !(one.memory.isOver && !group.repeats));
  const longest = (0, import_decide.longestAction)(hook) + (0, import_contract.budgetOf)(hook.instructions) + 2 * import_timing.completionRecovery;
  const earliest = Math.min(...open.map((one) => one.memory.sentNothingBefore));
  const after = Math.max(now - longest * 1e3, earliest - earlyCommands);
  const { document } = hook.instructions;
  const ids = open.map(({ instance }) => instance.id);
  const commands = await (0, import_commands.readCommands)(context, document, ids, after);
  const activities = once(() => autoScaling.activities(hook.group, hook.transition, ids, (0, import_servedHook.mayRetain)(hook)));
  const machines = once(
    () => runCommand.machines(
      open.filter(({ instance }) => !instance.isHealthy).map(({ instance }) => instance.id)
    )
  );
  return open.map(({ instance, memory: own }) => {
    const { id, isHealthy, lifecycleState } = instance;
    return {
      subject: { ...keyOf(hook, instance), transition: hook.transition, token: void 0 },
      memory: own,
      isUntold: (0, import_servedHook.isUntold)(lifecycleState),
      isSweep: look.isSweep,
      situation: {
        transition: hook.transition,
        instructions: hook.instructions,
        heartbeatTimeout: hook.heartbeatTimeout,
        waiting: true,
        isFromWarmPool: (0, import_servedHook.isFromWarmPool)(lifecycleState),
        isHealthy,
        machine: void 0,
        commands: withUnlisted(commands.get(id) ?? [], own, look.ended, now),
        // A sweep that had not seen the instance wait knows that nothing was sent before.
        listedSince: after > now - longest * 1e3 ? 0 : after,
        repeats: group.repeats,
        refusal: void 0,
        hasProbe: context.isBusy !== void 0 && hook.instructions.maxWait > 0,
        isBusy: void 0,
        since: void 0,
        activity: group.repeats ? void 0 : own.activity,
        now,
        extendedAt: own.extendedAt,
        // Who remembers no look may have missed any number: a heartbeat too many is better than one too few.
        previousLook: look.isSweep ? own.look : now
      },
      facts: factsOf(context, document, id, own, activities, machines)
    };
  });
}
function withUnlisted(commands, { sent }, ended, now) {
  const isListed = (id) => commands.some((one) => one.id === id);
  const all = [...commands];
  if (ended !== void 0 && !isListed(ended)) all.push({ id: ended, requestedAt: now, status: "ended" });
  if (sent !== void 0 && sent.id !== ended && !isListed(sent.id)) all.push(sent);
  return all.sort((one, other) => one.requestedAt - other.requestedAt);
}
function factsOf({ runCommand }, document, instance, memory, activities, machines) {
  return {
    activity: async () => {
      const activity = (await activities()).get(instance);
      memory.activity = activity;
      return activity;
    },
    history: async () => await runCommand.invocations({ document, instance }) ?? [],
    end: (command) => runCommand.end(command, instance),
    machine: async () => (await machines()).get(instance) ?? "gone"
  };
}
const earlyCommands = 3e5;
function keyOf({ group, name }, { id }) {
  return { group, hook: name, instance: id };
}
function once(read) {
  let found;
  return () => found ??= read();
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  readCases
});
