// @ts-nocheck
function stryNS_9fa48() {
  var g = typeof globalThis === 'object' && globalThis && globalThis.Math === Math && globalThis || new Function("return this")();
  var ns = g.__stryker__ || (g.__stryker__ = {});
  if (ns.activeMutant === undefined && g.process && g.process.env && g.process.env.__STRYKER_ACTIVE_MUTANT__) {
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
  function isActive(id) {
    if (ns.activeMutant === id) {
      if (ns.hitCount !== void 0 && ++ns.hitCount > ns.hitLimit) {
        throw new Error('Stryker: Hit count limit reached (' + ns.hitCount + ')');
      }
      return true;
    }
    return false;
  }
  stryMutAct_9fa48 = isActive;
  return isActive(id);
}
import pLimit from "p-limit";
import type { Clock } from "../context";
import { OutOfTime, isThrottled, isTransient } from "./errors";
import { Pace } from "./pace";

/** Kinds of calls; AWS limits each action by itself, and one that changes something must not wait for one that reads. */
export type CallKind = "read" | "send" | "cancel" | "complete" | "heartbeat";

/** How fast each kind of call may be made, as this process has found out. */
export type Paces = Readonly<Record<CallKind, Pace>>;
export function createPaces(): Paces {
  if (stryMutAct_9fa48("199")) {
    {}
  } else {
    stryCov_9fa48("199");
    return stryMutAct_9fa48("200") ? {} : (stryCov_9fa48("200"), {
      read: new Pace(),
      send: new Pace(),
      cancel: new Pace(),
      complete: new Pace(),
      heartbeat: new Pace()
    });
  }
}

/** How an invocation makes its calls. */
export interface CallPolicy {
  /** When the last call may begin, ms since 1970. */
  readonly until: number;
  /** For how long a call of a kind that AWS throttles is tried again, ms; 0 gives up at once. */
  readonly patience: Readonly<Record<CallKind, number>>;
}

/** Makes a call to AWS. */
export type MakeCall = <T>(kind: CallKind, send: () => Promise<T>) => Promise<T>;

/** Calls under way side by side. */
const sideBySide = 20;

/** Tries of a call that AWS fails or does not answer. */
const tries = 3;

/** Pause before such a try, ms; it doubles. */
const firstPause = 100;

/**
 * Makes the calls of one invocation: so many side by side, at the pace that AWS takes, and none once its time is over, so
 * that Lambda never cuts one off.
 */
export function createCalls(clock: Clock, paces: Paces, {
  patience,
  until
}: CallPolicy): MakeCall {
  if (stryMutAct_9fa48("201")) {
    {}
  } else {
    stryCov_9fa48("201");
    const limit = pLimit(sideBySide);
    const once = async <T,>(kind: CallKind, send: () => Promise<T>): Promise<T> => {
      if (stryMutAct_9fa48("202")) {
        {}
      } else {
        stryCov_9fa48("202");
        await paces[kind].turn(clock, until);
        return limit(async () => {
          if (stryMutAct_9fa48("203")) {
            {}
          } else {
            stryCov_9fa48("203");
            const began = clock.now();
            if (stryMutAct_9fa48("207") ? began <= until : stryMutAct_9fa48("206") ? began >= until : stryMutAct_9fa48("205") ? false : stryMutAct_9fa48("204") ? true : (stryCov_9fa48("204", "205", "206", "207"), began > until)) throw new OutOfTime();
            try {
              if (stryMutAct_9fa48("208")) {
                {}
              } else {
                stryCov_9fa48("208");
                const answer = await send();
                paces[kind].taken();
                return answer;
              }
            } catch (error) {
              if (stryMutAct_9fa48("209")) {
                {}
              } else {
                stryCov_9fa48("209");
                if (stryMutAct_9fa48("211") ? false : stryMutAct_9fa48("210") ? true : (stryCov_9fa48("210", "211"), isThrottled(error))) paces[kind].throttled(began, clock.now());
                throw error;
              }
            }
          }
        });
      }
    };
    return async (kind, send) => {
      if (stryMutAct_9fa48("212")) {
        {}
      } else {
        stryCov_9fa48("212");
        const began = clock.now();
        if (stryMutAct_9fa48("213")) {
          for (let failed = 0; false;) {
            try {
              return await once(kind, send);
            } catch (error) {
              if (isThrottled(error)) {
                if (clock.now() - began >= patience[kind]) throw error;
              } else {
                failed += 1;
                if (!isTransient(error) || failed >= tries) throw error;
                await clock.sleep(firstPause * 2 ** failed);
              }
            }
          }
        } else {
          stryCov_9fa48("213");
          for (let failed = 0;;) {
            if (stryMutAct_9fa48("214")) {
              {}
            } else {
              stryCov_9fa48("214");
              try {
                if (stryMutAct_9fa48("215")) {
                  {}
                } else {
                  stryCov_9fa48("215");
                  return await once(kind, send);
                }
              } catch (error) {
                if (stryMutAct_9fa48("216")) {
                  {}
                } else {
                  stryCov_9fa48("216");
                  if (stryMutAct_9fa48("218") ? false : stryMutAct_9fa48("217") ? true : (stryCov_9fa48("217", "218"), isThrottled(error))) {
                    if (stryMutAct_9fa48("219")) {
                      {}
                    } else {
                      stryCov_9fa48("219");
                      if (stryMutAct_9fa48("223") ? clock.now() - began < patience[kind] : stryMutAct_9fa48("222") ? clock.now() - began > patience[kind] : stryMutAct_9fa48("221") ? false : stryMutAct_9fa48("220") ? true : (stryCov_9fa48("220", "221", "222", "223"), (stryMutAct_9fa48("224") ? clock.now() + began : (stryCov_9fa48("224"), clock.now() - began)) >= patience[kind])) throw error;
                    }
                  } else {
                    if (stryMutAct_9fa48("225")) {
                      {}
                    } else {
                      stryCov_9fa48("225");
                      stryMutAct_9fa48("226") ? failed -= 1 : (stryCov_9fa48("226"), failed += 1);
                      if (stryMutAct_9fa48("229") ? !isTransient(error) && failed >= tries : stryMutAct_9fa48("228") ? false : stryMutAct_9fa48("227") ? true : (stryCov_9fa48("227", "228", "229"), (stryMutAct_9fa48("230") ? isTransient(error) : (stryCov_9fa48("230"), !isTransient(error))) || (stryMutAct_9fa48("233") ? failed < tries : stryMutAct_9fa48("232") ? failed > tries : stryMutAct_9fa48("231") ? false : (stryCov_9fa48("231", "232", "233"), failed >= tries)))) throw error;
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