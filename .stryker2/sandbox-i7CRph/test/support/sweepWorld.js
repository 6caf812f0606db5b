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
var sweepWorld_exports = {};
__export(sweepWorld_exports, {
  hookName: () => hookName,
  sweepWorld: () => sweepWorld,
  sweptAt: () => sweptAt
});
module.exports = __toCommonJS(sweepWorld_exports);
var import_contract = require("../../contract");
var import_handlerContext = require("./handlerContext");
var import_passingTime = require("./passingTime");
var import_payloads = require("./payloads");
var import_recordedLog = require("./recordedLog");
const sweptAt = Date.UTC(2026, 0, 1);
const hookName = "graceful-terminate-sns";
function sweepWorld(known = {}) {
  const { lines, log } = (0, import_recordedLog.recordedLog)();
  const clock = new import_passingTime.PassingTime(sweptAt);
  const calls = [];
  const jobs = [];
  const metadata = (0, import_contract.encodeInstructions)((0, import_payloads.instructionsFor)("terminate", known.instructions));
  const said = (call, subject, answer) => {
    calls.push(`${call} ${subject}`);
    const error = known.fails?.[`${call} ${subject}`];
    return error === void 0 ? Promise.resolve(answer()) : Promise.reject(error);
  };
  const groups = () => Object.entries(known.groups ?? { [import_payloads.ids.group]: [{ id: import_payloads.ids.instance }] }).map(([name, instances]) => ({
    name,
    instances: instances.map((one) => ({ lifecycleState: "Terminating:Wait", isHealthy: true, ...one })),
    repeats: false,
    revisions: (0, import_contract.revisionsOf)([{ transition: "terminate", metadata }]).split(" "),
    ...known.group
  }));
  const context = {
    ...(0, import_handlerContext.handlerContext)({
      log,
      until: sweptAt + 48e3,
      ...known.changes,
      autoScaling: {
        groups: (handler) => said("groups", handler, groups),
        hooks: (group) => said("hooks", group, () => [
          {
            name: hookName,
            lifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING",
            heartbeatTimeout: known.heartbeatTimeout ?? 450,
            metadata
          }
        ]),
        activities: (group, _, instances, history) => said("activities", `${group}${history ? " with history" : ""}`, () => {
          const usual = { startedAt: sweptAt - 9e4, cause: "", retainedBefore: false };
          return new Map(instances.map((id) => [id, { ...usual, ...known.activities?.[id] }]));
        }),
        describe: (instances) => said("describe", instances.join(), () => {
          const all = groups().flatMap(
            ({ instances: members, name }) => members.map(({ id, ...rest }) => [id, { group: name, ...rest }])
          );
          return new Map(all.filter(([id]) => instances.includes(id)));
        }),
        complete: ({ instance }, result) => said("complete", instance, () => result !== void 0),
        heartbeat: ({ instance }) => said("heartbeat", instance, () => true),
        ...known.changes?.autoScaling
      },
      runCommand: {
        invocations: ({ instance }) => said(
          "invocations",
          instance ?? "all",
          () => (known.commands ?? []).filter((one) => instance === void 0 || one.instance === instance).map((one) => ({ id: import_payloads.ids.command, requestedAt: sweptAt - 3e4, status: "running", ...one }))
        ),
        send: (job) => {
          jobs.push(job);
          return said(
            "send",
            job.instances.join(),
            () => known.sends?.(job) ?? { kind: "sent", commandId: "c9" }
          );
        },
        cancel: (command, instance) => said("cancel", `${command} ${instance}`, () => void 0),
        end: (command) => said("end", command, () => known.ends?.[command]),
        machines: (instances) => said("machines", instances.join(), () => new Map(Object.entries(known.machines ?? {}))),
        ...known.changes?.runCommand
      }
    }),
    clock
  };
  return { context, clock, calls, jobs, lines };
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  hookName,
  sweepWorld,
  sweptAt
});
