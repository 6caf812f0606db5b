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
var commandEnd_exports = {};
__export(commandEnd_exports, {
  endOf: () => endOf,
  statusOf: () => statusOf
});
module.exports = __toCommonJS(commandEnd_exports);
var import_contract = require("../../contract");
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
function endOf(found) {
  if (stryMutAct_9fa48("235")) {
    {
    }
  } else {
    stryCov_9fa48("235");
    const status = statusOf(found);
    const endedAt = found.ExecutionStartDateTime ? Date.parse(stryMutAct_9fa48("236") ? found.ExecutionEndDateTime && "" : (stryCov_9fa48("236"), found.ExecutionEndDateTime ?? (stryMutAct_9fa48("237") ? "Stryker was here!" : (stryCov_9fa48("237"), "")))) : NaN;
    return stryMutAct_9fa48("238") ? {} : (stryCov_9fa48("238"), {
      status: (stryMutAct_9fa48("241") ? status !== "ended" : stryMutAct_9fa48("240") ? false : stryMutAct_9fa48("239") ? true : (stryCov_9fa48("239", "240", "241"), status === (stryMutAct_9fa48("242") ? "" : (stryCov_9fa48("242"), "ended")))) ? wordOf(found) : status,
      endedAt: Number.isNaN(endedAt) ? void 0 : endedAt,
      output: tailOf(found)
    });
  }
}
function wordOf({
  ExecutionStartDateTime,
  ResponseCode,
  Status,
  StatusDetails
}) {
  if (stryMutAct_9fa48("243")) {
    {
    }
  } else {
    stryCov_9fa48("243");
    if (stryMutAct_9fa48("246") ? Status !== "Cancelled" : stryMutAct_9fa48("245") ? false : stryMutAct_9fa48("244") ? true : (stryCov_9fa48("244", "245", "246"), Status === (stryMutAct_9fa48("247") ? "" : (stryCov_9fa48("247"), "Cancelled")))) return stryMutAct_9fa48("248") ? "" : (stryCov_9fa48("248"), "cancelled");
    if (stryMutAct_9fa48("251") ? nameOfDetails(StatusDetails) !== "deliverytimedout" : stryMutAct_9fa48("250") ? false : stryMutAct_9fa48("249") ? true : (stryCov_9fa48("249", "250", "251"), nameOfDetails(StatusDetails) === (stryMutAct_9fa48("252") ? "" : (stryCov_9fa48("252"), "deliverytimedout")))) return ExecutionStartDateTime ? stryMutAct_9fa48("253") ? "" : (stryCov_9fa48("253"), "expired") : stryMutAct_9fa48("254") ? "" : (stryCov_9fa48("254"), "undelivered");
    switch (ResponseCode) {
      case import_contract.exitCodes.succeeded:
        if (stryMutAct_9fa48("255")) {
        } else {
          stryCov_9fa48("255");
          return stryMutAct_9fa48("256") ? "" : (stryCov_9fa48("256"), "succeeded");
        }
      case import_contract.exitCodes.scriptFailed:
        if (stryMutAct_9fa48("257")) {
        } else {
          stryCov_9fa48("257");
          return stryMutAct_9fa48("258") ? "" : (stryCov_9fa48("258"), "failed");
        }
      case import_contract.exitCodes.notMeant:
        if (stryMutAct_9fa48("259")) {
        } else {
          stryCov_9fa48("259");
          return stryMutAct_9fa48("260") ? "" : (stryCov_9fa48("260"), "notMeant");
        }
      default:
        if (stryMutAct_9fa48("261")) {
        } else {
          stryCov_9fa48("261");
          return stryMutAct_9fa48("262") ? "" : (stryCov_9fa48("262"), "troubled");
        }
    }
  }
}
const tailLength = 2e3;
function tailOf({
  StandardErrorContent = stryMutAct_9fa48("263") ? "Stryker was here!" : (stryCov_9fa48("263"), ""),
  StandardOutputContent = stryMutAct_9fa48("264") ? "Stryker was here!" : (stryCov_9fa48("264"), "")
}) {
  if (stryMutAct_9fa48("265")) {
    {
    }
  } else {
    stryCov_9fa48("265");
    const all = (stryMutAct_9fa48("266") ? [] : (stryCov_9fa48("266"), [StandardOutputContent, StandardErrorContent])).map(stryMutAct_9fa48("267") ? () => void 0 : (stryCov_9fa48("267"), (text) => stryMutAct_9fa48("268") ? text.trimStart() : (stryCov_9fa48("268"), text.trimEnd())));
    return stryMutAct_9fa48("270") ? all.join("\n").slice(-tailLength) : stryMutAct_9fa48("269") ? all.filter(Boolean).join("\n") : (stryCov_9fa48("269", "270"), all.filter(Boolean).join(stryMutAct_9fa48("271") ? "" : (stryCov_9fa48("271"), "\n")).slice(stryMutAct_9fa48("272") ? +tailLength : (stryCov_9fa48("272"), -tailLength)));
  }
}
function nameOfDetails(details = stryMutAct_9fa48("273") ? "Stryker was here!" : (stryCov_9fa48("273"), "")) {
  if (stryMutAct_9fa48("274")) {
    {
    }
  } else {
    stryCov_9fa48("274");
    return stryMutAct_9fa48("275") ? details.replaceAll(" ", "").toUpperCase() : (stryCov_9fa48("275"), details.replaceAll(stryMutAct_9fa48("276") ? "" : (stryCov_9fa48("276"), " "), stryMutAct_9fa48("277") ? "Stryker was here!" : (stryCov_9fa48("277"), "")).toLowerCase());
  }
}
const undeliveredDetails = new Set(stryMutAct_9fa48("278") ? [] : (stryCov_9fa48("278"), [stryMutAct_9fa48("279") ? "" : (stryCov_9fa48("279"), "undeliverable"), stryMutAct_9fa48("280") ? "" : (stryCov_9fa48("280"), "terminated"), stryMutAct_9fa48("281") ? "" : (stryCov_9fa48("281"), "invalidplatform"), stryMutAct_9fa48("282") ? "" : (stryCov_9fa48("282"), "accessdenied")]));
function statusOf({
  Status,
  StatusDetails
}) {
  if (stryMutAct_9fa48("283")) {
    {
    }
  } else {
    stryCov_9fa48("283");
    if (stryMutAct_9fa48("285") ? false : stryMutAct_9fa48("284") ? true : (stryCov_9fa48("284", "285"), undeliveredDetails.has(nameOfDetails(StatusDetails)))) return stryMutAct_9fa48("286") ? "" : (stryCov_9fa48("286"), "undelivered");
    switch (Status) {
      case (stryMutAct_9fa48("288") ? "" : (stryCov_9fa48("288"), "Success")):
        if (stryMutAct_9fa48("287")) {
        } else {
          stryCov_9fa48("287");
          return stryMutAct_9fa48("289") ? "" : (stryCov_9fa48("289"), "succeeded");
        }
      case (stryMutAct_9fa48("290") ? "" : (stryCov_9fa48("290"), "Failed")):
      case (stryMutAct_9fa48("291") ? "" : (stryCov_9fa48("291"), "TimedOut")):
      case (stryMutAct_9fa48("293") ? "" : (stryCov_9fa48("293"), "Cancelled")):
        if (stryMutAct_9fa48("292")) {
        } else {
          stryCov_9fa48("292");
          return stryMutAct_9fa48("294") ? "" : (stryCov_9fa48("294"), "ended");
        }
      case (stryMutAct_9fa48("295") ? "" : (stryCov_9fa48("295"), "InProgress")):
      case (stryMutAct_9fa48("297") ? "" : (stryCov_9fa48("297"), "Cancelling")):
        if (stryMutAct_9fa48("296")) {
        } else {
          stryCov_9fa48("296");
          return stryMutAct_9fa48("298") ? "" : (stryCov_9fa48("298"), "running");
        }
      case (stryMutAct_9fa48("299") ? "" : (stryCov_9fa48("299"), "Pending")):
      case (stryMutAct_9fa48("300") ? "" : (stryCov_9fa48("300"), "Delayed")):
      case void 0:
        if (stryMutAct_9fa48("301")) {
        } else {
          stryCov_9fa48("301");
          return stryMutAct_9fa48("302") ? "" : (stryCov_9fa48("302"), "pending");
        }
    }
  }
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  endOf,
  statusOf
});
