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
var calls_exports = {};
__export(calls_exports, {
  createCalls: () => createCalls,
  createPaces: () => createPaces
});
module.exports = __toCommonJS(calls_exports);
var import_p_limit = __toESM(require("p-limit"));
var import_errors = require("./errors");
var import_pace = require("./pace");
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
function createPaces() {
  if (stryMutAct_9fa48("199")) {
    {
    }
  } else {
    stryCov_9fa48("199");
    return stryMutAct_9fa48("200") ? {} : (stryCov_9fa48("200"), {
      read: new import_pace.Pace(),
      send: new import_pace.Pace(),
      cancel: new import_pace.Pace(),
      complete: new import_pace.Pace(),
      heartbeat: new import_pace.Pace()
    });
  }
}
const sideBySide = 20;
const tries = 3;
const firstPause = 100;
function createCalls(clock, paces, {
  patience,
  until
}) {
  if (stryMutAct_9fa48("201")) {
    {
    }
  } else {
    stryCov_9fa48("201");
    const limit = (0, import_p_limit.default)(sideBySide);
    const once = async (kind, send) => {
      if (stryMutAct_9fa48("202")) {
        {
        }
      } else {
        stryCov_9fa48("202");
        await paces[kind].turn(clock, until);
        return limit(async () => {
          if (stryMutAct_9fa48("203")) {
            {
            }
          } else {
            stryCov_9fa48("203");
            const began = clock.now();
            if (stryMutAct_9fa48("207") ? began <= until : stryMutAct_9fa48("206") ? began >= until : stryMutAct_9fa48("205") ? false : stryMutAct_9fa48("204") ? true : (stryCov_9fa48("204", "205", "206", "207"), began > until)) throw new import_errors.OutOfTime();
            try {
              if (stryMutAct_9fa48("208")) {
                {
                }
              } else {
                stryCov_9fa48("208");
                const answer = await send();
                paces[kind].taken();
                return answer;
              }
            } catch (error) {
              if (stryMutAct_9fa48("209")) {
                {
                }
              } else {
                stryCov_9fa48("209");
                if (stryMutAct_9fa48("211") ? false : stryMutAct_9fa48("210") ? true : (stryCov_9fa48("210", "211"), (0, import_errors.isThrottled)(error))) paces[kind].throttled(began, clock.now());
                throw error;
              }
            }
          }
        });
      }
    };
    return async (kind, send) => {
      if (stryMutAct_9fa48("212")) {
        {
        }
      } else {
        stryCov_9fa48("212");
        const began = clock.now();
        if (stryMutAct_9fa48("213")) {
          for (let failed = 0; false; ) {
            try {
              return await once(kind, send);
            } catch (error) {
              if ((0, import_errors.isThrottled)(error)) {
                if (clock.now() - began >= patience[kind]) throw error;
              } else {
                failed += 1;
                if (!(0, import_errors.isTransient)(error) || failed >= tries) throw error;
                await clock.sleep(firstPause * 2 ** failed);
              }
            }
          }
        } else {
          stryCov_9fa48("213");
          for (let failed = 0; ; ) {
            if (stryMutAct_9fa48("214")) {
              {
              }
            } else {
              stryCov_9fa48("214");
              try {
                if (stryMutAct_9fa48("215")) {
                  {
                  }
                } else {
                  stryCov_9fa48("215");
                  return await once(kind, send);
                }
              } catch (error) {
                if (stryMutAct_9fa48("216")) {
                  {
                  }
                } else {
                  stryCov_9fa48("216");
                  if (stryMutAct_9fa48("218") ? false : stryMutAct_9fa48("217") ? true : (stryCov_9fa48("217", "218"), (0, import_errors.isThrottled)(error))) {
                    if (stryMutAct_9fa48("219")) {
                      {
                      }
                    } else {
                      stryCov_9fa48("219");
                      if (stryMutAct_9fa48("223") ? clock.now() - began < patience[kind] : stryMutAct_9fa48("222") ? clock.now() - began > patience[kind] : stryMutAct_9fa48("221") ? false : stryMutAct_9fa48("220") ? true : (stryCov_9fa48("220", "221", "222", "223"), (stryMutAct_9fa48("224") ? clock.now() + began : (stryCov_9fa48("224"), clock.now() - began)) >= patience[kind])) throw error;
                    }
                  } else {
                    if (stryMutAct_9fa48("225")) {
                      {
                      }
                    } else {
                      stryCov_9fa48("225");
                      stryMutAct_9fa48("226") ? failed -= 1 : (stryCov_9fa48("226"), failed += 1);
                      if (stryMutAct_9fa48("229") ? !(0, import_errors.isTransient)(error) && failed >= tries : stryMutAct_9fa48("228") ? false : stryMutAct_9fa48("227") ? true : (stryCov_9fa48("227", "228", "229"), (stryMutAct_9fa48("230") ? (0, import_errors.isTransient)(error) : (stryCov_9fa48("230"), !(0, import_errors.isTransient)(error))) || (stryMutAct_9fa48("233") ? failed < tries : stryMutAct_9fa48("232") ? failed > tries : stryMutAct_9fa48("231") ? false : (stryCov_9fa48("231", "232", "233"), failed >= tries)))) throw error;
                      await clock.sleep(stryMutAct_9fa48("234") ? firstPause / 2 ** failed : (stryCov_9fa48("234"), firstPause * 2 ** failed));
                    }
                  }
                }
              }
            }
          }
        }
      }
    };
  }
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  createCalls,
  createPaces
});
