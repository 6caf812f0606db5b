"use strict";
var __create = Object.create;
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __getProtoOf = Object.getPrototypeOf;
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
var __toESM = (mod, isNodeMode, target) => (target = mod != null ? __create(__getProtoOf(mod)) : {}, __copyProps(
  // If the importer is in node compatibility mode or this is not an ESM
  // file that has been converted to a CommonJS file using a Babel-
  // compatible transform (i.e. "__esModule" has not been set), then set
  // "default" to the CommonJS "module.exports" for node compatibility.
  isNodeMode || !mod || !mod.__esModule ? __defProp(target, "default", { value: mod, enumerable: true }) : target,
  mod
));
var __toCommonJS = (mod) => __copyProps(__defProp({}, "__esModule", { value: true }), mod);
var situations_exports = {};
__export(situations_exports, {
  situations: () => situations
});
module.exports = __toCommonJS(situations_exports);
var import_fast_check = __toESM(require("fast-check"));
var import_contract = require("../../../contract");
var import_payloads = require("../payloads");
var import_history = require("./history");
const start = Date.UTC(2026, 0, 1);
const instants = (min, max) => import_fast_check.default.integer({ min, max }).map((seconds) => start + seconds * 1e3);
const plain = { noNullPrototype: true };
const commands = import_fast_check.default.array(
  import_fast_check.default.record(
    {
      id: import_fast_check.default.uuid(),
      requestedAt: instants(-2e3, 0),
      status: import_fast_check.default.constantFrom(
        "pending",
        "running",
        "ended",
        "succeeded",
        "failed",
        "notMeant",
        "troubled",
        "expired",
        "undelivered",
        "cancelled"
      )
    },
    plain
  ),
  { maxLength: 3 }
).map((some) => some.sort((one, other) => one.requestedAt - other.requestedAt));
const rarely = import_fast_check.default.integer({ min: 0, max: 4 }).map((one) => one === 0);
const situations = import_fast_check.default.record(
  {
    transition: import_fast_check.default.constantFrom("launch", "terminate"),
    onFailure: import_fast_check.default.constantFrom(...Object.values(import_contract.OnFailure)),
    execution: import_fast_check.default.integer({ min: 5, max: 2e4 }),
    maxWait: import_fast_check.default.integer({ min: 0, max: 3600 }),
    heartbeatTimeout: import_fast_check.default.integer({ min: 300, max: 7200 }),
    waiting: import_fast_check.default.boolean(),
    commands,
    repeats: import_fast_check.default.boolean(),
    isFromWarmPool: rarely,
    isHealthy: import_fast_check.default.boolean(),
    machine: import_fast_check.default.constantFrom(void 0, "there", "silent", "gone"),
    refusal: import_fast_check.default.option(
      import_fast_check.default.record(
        { cause: import_fast_check.default.constant("no agent"), since: import_fast_check.default.option(instants(-2e3, 0), { nil: void 0 }) },
        plain
      ),
      { nil: void 0 }
    ),
    hasProbe: import_fast_check.default.boolean(),
    isBusy: import_fast_check.default.constantFrom(void 0, true, false),
    since: import_fast_check.default.option(instants(-2e3, 0), { nil: void 0 }),
    activity: import_fast_check.default.option(
      import_fast_check.default.record(
        {
          startedAt: instants(-2e3, 0),
          cause: import_fast_check.default.constantFrom(...Object.values(import_history.causes)),
          retainedBefore: import_fast_check.default.boolean()
        },
        plain
      ),
      { nil: void 0 }
    ),
    now: instants(0, 3e4),
    extendedAt: import_fast_check.default.option(instants(-2e3, 3e4), { nil: void 0 }),
    previousLook: instants(-2e3, 3e4)
  },
  plain
).map(({ execution, maxWait, onFailure, ...rest }) => ({
  ...rest,
  instructions: (0, import_payloads.instructionsFor)(rest.transition, { execution: execution + maxWait, maxWait, onFailure }),
  listedSince: start - 2e6
}));
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  situations
});
