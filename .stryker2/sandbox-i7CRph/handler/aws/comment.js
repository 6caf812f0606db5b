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
var comment_exports = {};
__export(comment_exports, {
  commentOf: () => commentOf,
  readComment: () => readComment
});
module.exports = __toCommonJS(comment_exports);
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
const earlyMark = stryMutAct_9fa48("303") ? "" : (stryCov_9fa48("303"), "before the hook fires");
const form = new RegExp(stryMutAct_9fa48("304") ? `` : (stryCov_9fa48("304"), `^(?:launch|terminate), (\\d{1,7}) s(, ${earlyMark})?$`));
function commentOf({
  budget,
  early,
  transition
}) {
  if (stryMutAct_9fa48("305")) {
    {
    }
  } else {
    stryCov_9fa48("305");
    return (stryMutAct_9fa48("306") ? [] : (stryCov_9fa48("306"), [transition, stryMutAct_9fa48("307") ? `` : (stryCov_9fa48("307"), `${budget} s`), ...early ? stryMutAct_9fa48("308") ? [] : (stryCov_9fa48("308"), [earlyMark]) : stryMutAct_9fa48("309") ? ["Stryker was here"] : (stryCov_9fa48("309"), [])])).join(stryMutAct_9fa48("310") ? "" : (stryCov_9fa48("310"), ", "));
  }
}
function readComment(comment = stryMutAct_9fa48("311") ? "Stryker was here!" : (stryCov_9fa48("311"), "")) {
  if (stryMutAct_9fa48("312")) {
    {
    }
  } else {
    stryCov_9fa48("312");
    const [, budget, mark] = stryMutAct_9fa48("313") ? form.exec(comment) && [] : (stryCov_9fa48("313"), form.exec(comment) ?? (stryMutAct_9fa48("314") ? ["Stryker was here"] : (stryCov_9fa48("314"), [])));
    return (stryMutAct_9fa48("317") ? budget !== void 0 : stryMutAct_9fa48("316") ? false : stryMutAct_9fa48("315") ? true : (stryCov_9fa48("315", "316", "317"), budget === void 0)) ? void 0 : stryMutAct_9fa48("318") ? {} : (stryCov_9fa48("318"), {
      budget: Number(budget),
      early: stryMutAct_9fa48("321") ? mark === void 0 : stryMutAct_9fa48("320") ? false : stryMutAct_9fa48("319") ? true : (stryCov_9fa48("319", "320", "321"), mark !== void 0)
    });
  }
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  commentOf,
  readComment
});
