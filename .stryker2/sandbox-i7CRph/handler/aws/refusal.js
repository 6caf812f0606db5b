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
var refusal_exports = {};
__export(refusal_exports, {
  sentOrNot: () => sentOrNot
});
module.exports = __toCommonJS(refusal_exports);
var import_errors = require("./errors");
function stryNS_9fa48() {
  var g = typeof globalThis === "object" && globalThis && globalThis.Math === Math && globalThis || new Function("return this")();
  var ns = g.__stryker__ || (g.__stryker__ = {});
  if (ns.activeMutant === void 0 && g.process && g.process.env && g.process.env.__STRYKER_ACTIVE_MUTANT__) {
    ns.activeMutant = g.process.env.__STRYKER_ACTIVE_MUTANT__;
  }
  function retrieveNS() {
    return ns;
  }
  stryNS_9fa48 = retrieveNS;
  return retrieveNS();
}
stryNS_9fa48();
function stryCov_9fa48() {
  var ns = stryNS_9fa48();
  var cov = ns.mutantCoverage || (ns.mutantCoverage = {
    static: {},
    perTest: {}
  });
  function cover() {
    var c = cov.static;
    if (ns.currentTestId) {
      c = cov.perTest[ns.currentTestId] = cov.perTest[ns.currentTestId] || {};
    }
    var a = arguments;
    for (var i = 0; i < a.length; i++) {
      c[a[i]] = (c[a[i]] || 0) + 1;
    }
  }
  stryCov_9fa48 = cover;
  cover.apply(null, arguments);
}
function stryMutAct_9fa48(id) {
  var ns = stryNS_9fa48();
  function isActive(id2) {
    if (ns.activeMutant === id2) {
      if (ns.hitCount !== void 0 && ++ns.hitCount > ns.hitLimit) {
        throw new Error("Stryker: Hit count limit reached (" + ns.hitCount + ")");
      }
      return true;
    }
    return false;
  }
  stryMutAct_9fa48 = isActive;
  return isActive(id);
}
async function sentOrNot(instances, send) {
  if (stryMutAct_9fa48("422")) {
    {
    }
  } else {
    stryCov_9fa48("422");
    try {
      if (stryMutAct_9fa48("423")) {
        {
        }
      } else {
        stryCov_9fa48("423");
        return stryMutAct_9fa48("424") ? {} : (stryCov_9fa48("424"), {
          kind: stryMutAct_9fa48("425") ? "" : (stryCov_9fa48("425"), "sent"),
          commandId: await send()
        });
      }
    } catch (error) {
      if (stryMutAct_9fa48("426")) {
        {
        }
      } else {
        stryCov_9fa48("426");
        if (stryMutAct_9fa48("429") ? false : stryMutAct_9fa48("428") ? true : stryMutAct_9fa48("427") ? (0, import_errors.comesFromAws)(error) : (stryCov_9fa48("427", "428", "429"), !(0, import_errors.comesFromAws)(error))) throw error;
        if (stryMutAct_9fa48("432") ? ((0, import_errors.isThrottled)(error) || (0, import_errors.isTransient)(error)) && (0, import_errors.nameOf)(error) === "OutOfTime" : stryMutAct_9fa48("431") ? false : stryMutAct_9fa48("430") ? true : (stryCov_9fa48("430", "431", "432"), (stryMutAct_9fa48("434") ? (0, import_errors.isThrottled)(error) && (0, import_errors.isTransient)(error) : stryMutAct_9fa48("433") ? false : (stryCov_9fa48("433", "434"), (0, import_errors.isThrottled)(error) || (0, import_errors.isTransient)(error))) || (stryMutAct_9fa48("436") ? (0, import_errors.nameOf)(error) !== "OutOfTime" : stryMutAct_9fa48("435") ? false : (stryCov_9fa48("435", "436"), (0, import_errors.nameOf)(error) === (stryMutAct_9fa48("437") ? "" : (stryCov_9fa48("437"), "OutOfTime")))))) return stryMutAct_9fa48("438") ? {} : (stryCov_9fa48("438"), {
          kind: stryMutAct_9fa48("439") ? "" : (stryCov_9fa48("439"), "failed"),
          error: (0, import_errors.describe)(error)
        });
        return refusalOf(error, instances);
      }
    }
  }
}
function refusalOf(error, instances) {
  if (stryMutAct_9fa48("440")) {
    {
    }
  } else {
    stryCov_9fa48("440");
    const name = (0, import_errors.nameOf)(error);
    const text = error instanceof Error ? error.message : stryMutAct_9fa48("441") ? "Stryker was here!" : (stryCov_9fa48("441"), "");
    const named = stryMutAct_9fa48("442") ? instances : (stryCov_9fa48("442"), instances.filter(stryMutAct_9fa48("443") ? () => void 0 : (stryCov_9fa48("443"), (instance) => text.includes(instance))));
    const cause = stryMutAct_9fa48("444") ? `` : (stryCov_9fa48("444"), `${(0, import_errors.describe)(error)} (${stryMutAct_9fa48("445") ? causes[name] && "SSM does not take the command as it is" : (stryCov_9fa48("445"), causes[name] ?? (stryMutAct_9fa48("446") ? "" : (stryCov_9fa48("446"), "SSM does not take the command as it is")))})`);
    const isUnknown = stryMutAct_9fa48("449") ? name !== "InvalidInstanceId" : stryMutAct_9fa48("448") ? false : stryMutAct_9fa48("447") ? true : (stryCov_9fa48("447", "448", "449"), name === (stryMutAct_9fa48("450") ? "" : (stryCov_9fa48("450"), "InvalidInstanceId")));
    const whole = stryMutAct_9fa48("453") ? named.length === 0 || aboutTheDocument.has(name) || text.includes(":document/") : stryMutAct_9fa48("452") ? false : stryMutAct_9fa48("451") ? true : (stryCov_9fa48("451", "452", "453"), (stryMutAct_9fa48("455") ? named.length !== 0 : stryMutAct_9fa48("454") ? true : (stryCov_9fa48("454", "455"), named.length === 0)) && (stryMutAct_9fa48("457") ? aboutTheDocument.has(name) && text.includes(":document/") : stryMutAct_9fa48("456") ? true : (stryCov_9fa48("456", "457"), aboutTheDocument.has(name) || text.includes(stryMutAct_9fa48("458") ? "" : (stryCov_9fa48("458"), ":document/")))));
    return stryMutAct_9fa48("459") ? {} : (stryCov_9fa48("459"), {
      kind: stryMutAct_9fa48("460") ? "" : (stryCov_9fa48("460"), "refused"),
      instances: named,
      whole,
      isUnknown,
      cause: isUnknown ? stryMutAct_9fa48("461") ? causes[name] && "" : (stryCov_9fa48("461"), causes[name] ?? (stryMutAct_9fa48("462") ? "Stryker was here!" : (stryCov_9fa48("462"), ""))) : cause
    });
  }
}
const aboutTheDocument = new Set(stryMutAct_9fa48("463") ? [] : (stryCov_9fa48("463"), [stryMutAct_9fa48("464") ? "" : (stryCov_9fa48("464"), "InvalidDocument"), stryMutAct_9fa48("465") ? "" : (stryCov_9fa48("465"), "InvalidDocumentVersion"), stryMutAct_9fa48("466") ? "" : (stryCov_9fa48("466"), "InvalidParameters"), stryMutAct_9fa48("467") ? "" : (stryCov_9fa48("467"), "MaxDocumentSizeExceeded")]));
const causes = stryMutAct_9fa48("468") ? {} : (stryCov_9fa48("468"), {
  InvalidInstanceId: stryMutAct_9fa48("469") ? "" : (stryCov_9fa48("469"), "its agent is not registered, or the machine does not run"),
  AccessDenied: stryMutAct_9fa48("470") ? "" : (stryCov_9fa48("470"), "the instance lacks the tag of its handler, or a policy of the organisation denies it"),
  AccessDeniedException: stryMutAct_9fa48("471") ? "" : (stryCov_9fa48("471"), "the instance lacks the tag of its handler, or a policy of the organisation denies it"),
  InvalidDocument: stryMutAct_9fa48("472") ? "" : (stryCov_9fa48("472"), "the document of the hook was deleted; deploy the stack of the group again"),
  InvalidDocumentVersion: stryMutAct_9fa48("473") ? "" : (stryCov_9fa48("473"), "the document of the hook was changed by hand; deploy the stack of the group again"),
  InvalidParameters: stryMutAct_9fa48("474") ? "" : (stryCov_9fa48("474"), "the document is of another version than the handler; deploy the stacks of both with the same version"),
  UnsupportedPlatformType: stryMutAct_9fa48("475") ? "" : (stryCov_9fa48("475"), "the document has no step for the platform of the instance")
});
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  sentOrNot
});
