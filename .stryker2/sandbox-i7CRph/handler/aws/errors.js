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
var errors_exports = {};
__export(errors_exports, {
  OutOfTime: () => OutOfTime,
  comesFromAws: () => comesFromAws,
  describe: () => describe,
  isOutOfTime: () => isOutOfTime,
  isThrottled: () => isThrottled,
  isTransient: () => isTransient,
  isUnanswered: () => isUnanswered,
  nameOf: () => nameOf
});
module.exports = __toCommonJS(errors_exports);
var import_retry = require("@smithy/core/retry");
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
function nameOf(error) {
  if (stryMutAct_9fa48("322")) {
    {
    }
  } else {
    stryCov_9fa48("322");
    return error instanceof Error ? error.name : stryMutAct_9fa48("323") ? "Stryker was here!" : (stryCov_9fa48("323"), "");
  }
}
function describe(error) {
  if (stryMutAct_9fa48("324")) {
    {
    }
  } else {
    stryCov_9fa48("324");
    return error instanceof Error ? stryMutAct_9fa48("325") ? `` : (stryCov_9fa48("325"), `${error.name}: ${error.message}`) : String(error);
  }
}
function comesFromAws(error) {
  if (stryMutAct_9fa48("326")) {
    {
    }
  } else {
    stryCov_9fa48("326");
    if (stryMutAct_9fa48("329") ? false : stryMutAct_9fa48("328") ? true : stryMutAct_9fa48("327") ? error instanceof Error : (stryCov_9fa48("327", "328", "329"), !(error instanceof Error))) return stryMutAct_9fa48("330") ? true : (stryCov_9fa48("330"), false);
    return stryMutAct_9fa48("333") ? ("$metadata" in error || "code" in error || error.name === "TimeoutError") && isOutOfTime(error) : stryMutAct_9fa48("332") ? false : stryMutAct_9fa48("331") ? true : (stryCov_9fa48("331", "332", "333"), (stryMutAct_9fa48("335") ? ("$metadata" in error || "code" in error) && error.name === "TimeoutError" : stryMutAct_9fa48("334") ? false : (stryCov_9fa48("334", "335"), (stryMutAct_9fa48("337") ? "$metadata" in error && "code" in error : stryMutAct_9fa48("336") ? false : (stryCov_9fa48("336", "337"), (stryMutAct_9fa48("338") ? "" : (stryCov_9fa48("338"), "$metadata")) in error || (stryMutAct_9fa48("339") ? "" : (stryCov_9fa48("339"), "code")) in error)) || (stryMutAct_9fa48("341") ? error.name !== "TimeoutError" : stryMutAct_9fa48("340") ? false : (stryCov_9fa48("340", "341"), error.name === (stryMutAct_9fa48("342") ? "" : (stryCov_9fa48("342"), "TimeoutError")))))) || isOutOfTime(error));
  }
}
function isThrottled(error) {
  if (stryMutAct_9fa48("343")) {
    {
    }
  } else {
    stryCov_9fa48("343");
    return stryMutAct_9fa48("346") ? isSdkError(error) || (0, import_retry.isThrottlingError)(error) : stryMutAct_9fa48("345") ? false : stryMutAct_9fa48("344") ? true : (stryCov_9fa48("344", "345", "346"), isSdkError(error) && (0, import_retry.isThrottlingError)(error));
  }
}
function isTransient(error) {
  if (stryMutAct_9fa48("347")) {
    {
    }
  } else {
    stryCov_9fa48("347");
    if (stryMutAct_9fa48("350") ? false : stryMutAct_9fa48("349") ? true : stryMutAct_9fa48("348") ? isSdkError(error) : (stryCov_9fa48("348", "349", "350"), !isSdkError(error))) return isUnanswered(error);
    return stryMutAct_9fa48("353") ? ((0, import_retry.isTransientError)(error) || (0, import_retry.isServerError)(error) || isStale(error)) && isUnanswered(error) : stryMutAct_9fa48("352") ? false : stryMutAct_9fa48("351") ? true : (stryCov_9fa48("351", "352", "353"), (stryMutAct_9fa48("355") ? ((0, import_retry.isTransientError)(error) || (0, import_retry.isServerError)(error)) && isStale(error) : stryMutAct_9fa48("354") ? false : (stryCov_9fa48("354", "355"), (stryMutAct_9fa48("357") ? (0, import_retry.isTransientError)(error) && (0, import_retry.isServerError)(error) : stryMutAct_9fa48("356") ? false : (stryCov_9fa48("356", "357"), (0, import_retry.isTransientError)(error) || (0, import_retry.isServerError)(error))) || isStale(error))) || isUnanswered(error));
  }
}
function isUnanswered(error) {
  if (stryMutAct_9fa48("358")) {
    {
    }
  } else {
    stryCov_9fa48("358");
    if (stryMutAct_9fa48("361") ? (!(error instanceof Error) || !comesFromAws(error)) && isOutOfTime(error) : stryMutAct_9fa48("360") ? false : stryMutAct_9fa48("359") ? true : (stryCov_9fa48("359", "360", "361"), (stryMutAct_9fa48("363") ? !(error instanceof Error) && !comesFromAws(error) : stryMutAct_9fa48("362") ? false : (stryCov_9fa48("362", "363"), (stryMutAct_9fa48("364") ? error instanceof Error : (stryCov_9fa48("364"), !(error instanceof Error))) || (stryMutAct_9fa48("365") ? comesFromAws(error) : (stryCov_9fa48("365"), !comesFromAws(error))))) || isOutOfTime(error))) return stryMutAct_9fa48("366") ? true : (stryCov_9fa48("366"), false);
    const {
      $metadata
    } = error;
    return stryMutAct_9fa48("369") ? $metadata?.httpStatusCode !== void 0 : stryMutAct_9fa48("368") ? false : stryMutAct_9fa48("367") ? true : (stryCov_9fa48("367", "368", "369"), (stryMutAct_9fa48("370") ? $metadata.httpStatusCode : (stryCov_9fa48("370"), $metadata?.httpStatusCode)) === void 0);
  }
}
function isSdkError(error) {
  if (stryMutAct_9fa48("371")) {
    {
    }
  } else {
    stryCov_9fa48("371");
    return stryMutAct_9fa48("374") ? error instanceof Error || "$metadata" in error : stryMutAct_9fa48("373") ? false : stryMutAct_9fa48("372") ? true : (stryCov_9fa48("372", "373", "374"), error instanceof Error && (stryMutAct_9fa48("375") ? "" : (stryCov_9fa48("375"), "$metadata")) in error);
  }
}
function isStale({
  name
}) {
  if (stryMutAct_9fa48("376")) {
    {
    }
  } else {
    stryCov_9fa48("376");
    return (stryMutAct_9fa48("377") ? [] : (stryCov_9fa48("377"), [stryMutAct_9fa48("378") ? "" : (stryCov_9fa48("378"), "ExpiredToken"), stryMutAct_9fa48("379") ? "" : (stryCov_9fa48("379"), "ExpiredTokenException"), stryMutAct_9fa48("380") ? "" : (stryCov_9fa48("380"), "RequestExpired"), stryMutAct_9fa48("381") ? "" : (stryCov_9fa48("381"), "SignatureDoesNotMatch")])).includes(name);
  }
}
class OutOfTime extends Error {
  name = stryMutAct_9fa48("382") ? "" : (stryCov_9fa48("382"), "OutOfTime");
  constructor() {
    super(stryMutAct_9fa48("383") ? "" : (stryCov_9fa48("383"), "the time of this invocation is over"));
  }
}
function isOutOfTime(error) {
  if (stryMutAct_9fa48("384")) {
    {
    }
  } else {
    stryCov_9fa48("384");
    return error instanceof OutOfTime;
  }
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  OutOfTime,
  comesFromAws,
  describe,
  isOutOfTime,
  isThrottled,
  isTransient,
  isUnanswered,
  nameOf
});
