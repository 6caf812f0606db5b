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
import type { Transition } from "../../contract";

/** What the comment of a command says, which lists show: no token, as whoever may list commands reads it. */
export interface CommentFacts {
  /** How long the command may take, seconds. */
  readonly budget: number;
  /** Whether it was sent ahead of the wait that it is for. */
  readonly early: boolean;
}
const earlyMark = stryMutAct_9fa48("303") ? "" : (stryCov_9fa48("303"), "before the hook fires");
const form = new RegExp(stryMutAct_9fa48("304") ? `` : (stryCov_9fa48("304"), `^(?:launch|terminate), (\\d{1,7}) s(, ${earlyMark})?$`));

/** Writes a comment, far below the 100 characters that SendCommand takes. */
export function commentOf({
  budget,
  early,
  transition
}: CommentFacts & {
  readonly transition: Transition;
}): string {
  if (stryMutAct_9fa48("305")) {
    {}
  } else {
    stryCov_9fa48("305");
    return (stryMutAct_9fa48("306") ? [] : (stryCov_9fa48("306"), [transition, stryMutAct_9fa48("307") ? `` : (stryCov_9fa48("307"), `${budget} s`), ...(early ? stryMutAct_9fa48("308") ? [] : (stryCov_9fa48("308"), [earlyMark]) : stryMutAct_9fa48("309") ? ["Stryker was here"] : (stryCov_9fa48("309"), []))])).join(stryMutAct_9fa48("310") ? "" : (stryCov_9fa48("310"), ", "));
  }
}

/** Reads a comment; undefined for one that no handler has written, as of a document that somebody ran by hand. */
export function readComment(comment = stryMutAct_9fa48("311") ? "Stryker was here!" : (stryCov_9fa48("311"), "")): CommentFacts | undefined {
  if (stryMutAct_9fa48("312")) {
    {}
  } else {
    stryCov_9fa48("312");
    const [, budget, mark] = stryMutAct_9fa48("313") ? form.exec(comment) && [] : (stryCov_9fa48("313"), form.exec(comment) ?? (stryMutAct_9fa48("314") ? ["Stryker was here"] : (stryCov_9fa48("314"), [])));
    return (stryMutAct_9fa48("317") ? budget !== undefined : stryMutAct_9fa48("316") ? false : stryMutAct_9fa48("315") ? true : (stryCov_9fa48("315", "316", "317"), budget === undefined)) ? undefined : stryMutAct_9fa48("318") ? {} : (stryCov_9fa48("318"), {
      budget: Number(budget),
      early: stryMutAct_9fa48("321") ? mark === undefined : stryMutAct_9fa48("320") ? false : stryMutAct_9fa48("319") ? true : (stryCov_9fa48("319", "320", "321"), mark !== undefined)
    });
  }
}