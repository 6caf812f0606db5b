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
import type { SdkError } from "@smithy/types";
import { isServerError, isThrottlingError, isTransientError } from "@smithy/core/retry";

/** Name of an error of the SDK, which is the service's error code; empty for anything else. */
export function nameOf(error: unknown): string {
  if (stryMutAct_9fa48("322")) {
    {}
  } else {
    stryCov_9fa48("322");
    return error instanceof Error ? error.name : stryMutAct_9fa48("323") ? "Stryker was here!" : (stryCov_9fa48("323"), "");
  }
}

/** An error as one line for the log. */
export function describe(error: unknown): string {
  if (stryMutAct_9fa48("324")) {
    {}
  } else {
    stryCov_9fa48("324");
    return error instanceof Error ? stryMutAct_9fa48("325") ? `` : (stryCov_9fa48("325"), `${error.name}: ${error.message}`) : String(error);
  }
}

/** Whether an error is AWS's answer, its silence, or a call that the time did not suffice for, not a mistake in this code. */
export function comesFromAws(error: unknown): boolean {
  if (stryMutAct_9fa48("326")) {
    {}
  } else {
    stryCov_9fa48("326");
    if (stryMutAct_9fa48("329") ? false : stryMutAct_9fa48("328") ? true : stryMutAct_9fa48("327") ? error instanceof Error : (stryCov_9fa48("327", "328", "329"), !(error instanceof Error))) return stryMutAct_9fa48("330") ? true : (stryCov_9fa48("330"), false);
    return stryMutAct_9fa48("333") ? ("$metadata" in error || "code" in error || error.name === "TimeoutError") && isOutOfTime(error) : stryMutAct_9fa48("332") ? false : stryMutAct_9fa48("331") ? true : (stryCov_9fa48("331", "332", "333"), (stryMutAct_9fa48("335") ? ("$metadata" in error || "code" in error) && error.name === "TimeoutError" : stryMutAct_9fa48("334") ? false : (stryCov_9fa48("334", "335"), (stryMutAct_9fa48("337") ? "$metadata" in error && "code" in error : stryMutAct_9fa48("336") ? false : (stryCov_9fa48("336", "337"), (stryMutAct_9fa48("338") ? "" : (stryCov_9fa48("338"), "$metadata")) in error || (stryMutAct_9fa48("339") ? "" : (stryCov_9fa48("339"), "code")) in error)) || (stryMutAct_9fa48("341") ? error.name !== "TimeoutError" : stryMutAct_9fa48("340") ? false : (stryCov_9fa48("340", "341"), error.name === (stryMutAct_9fa48("342") ? "" : (stryCov_9fa48("342"), "TimeoutError")))))) || isOutOfTime(error));
  }
}

/** Whether AWS takes fewer calls than it gets. */
export function isThrottled(error: unknown): boolean {
  if (stryMutAct_9fa48("343")) {
    {}
  } else {
    stryCov_9fa48("343");
    return stryMutAct_9fa48("346") ? isSdkError(error) || isThrottlingError(error) : stryMutAct_9fa48("345") ? false : stryMutAct_9fa48("344") ? true : (stryCov_9fa48("344", "345", "346"), isSdkError(error) && isThrottlingError(error));
  }
}

/** Whether the same call may succeed in a moment: a failure of the service, or no answer at all. */
export function isTransient(error: unknown): boolean {
  if (stryMutAct_9fa48("347")) {
    {}
  } else {
    stryCov_9fa48("347");
    if (stryMutAct_9fa48("350") ? false : stryMutAct_9fa48("349") ? true : stryMutAct_9fa48("348") ? isSdkError(error) : (stryCov_9fa48("348", "349", "350"), !isSdkError(error))) return isUnanswered(error);
    return stryMutAct_9fa48("353") ? (isTransientError(error) || isServerError(error) || isStale(error)) && isUnanswered(error) : stryMutAct_9fa48("352") ? false : stryMutAct_9fa48("351") ? true : (stryCov_9fa48("351", "352", "353"), (stryMutAct_9fa48("355") ? (isTransientError(error) || isServerError(error)) && isStale(error) : stryMutAct_9fa48("354") ? false : (stryCov_9fa48("354", "355"), (stryMutAct_9fa48("357") ? isTransientError(error) && isServerError(error) : stryMutAct_9fa48("356") ? false : (stryCov_9fa48("356", "357"), isTransientError(error) || isServerError(error))) || isStale(error))) || isUnanswered(error));
  }
}

/** Whether an error comes from no answer at all, so that AWS may have done what was asked. */
export function isUnanswered(error: unknown): boolean {
  if (stryMutAct_9fa48("358")) {
    {}
  } else {
    stryCov_9fa48("358");
    if (stryMutAct_9fa48("361") ? (!(error instanceof Error) || !comesFromAws(error)) && isOutOfTime(error) : stryMutAct_9fa48("360") ? false : stryMutAct_9fa48("359") ? true : (stryCov_9fa48("359", "360", "361"), (stryMutAct_9fa48("363") ? !(error instanceof Error) && !comesFromAws(error) : stryMutAct_9fa48("362") ? false : (stryCov_9fa48("362", "363"), (stryMutAct_9fa48("364") ? error instanceof Error : (stryCov_9fa48("364"), !(error instanceof Error))) || (stryMutAct_9fa48("365") ? comesFromAws(error) : (stryCov_9fa48("365"), !comesFromAws(error))))) || isOutOfTime(error))) return stryMutAct_9fa48("366") ? true : (stryCov_9fa48("366"), false);
    const {
      $metadata
    } = error as {
      $metadata?: {
        httpStatusCode?: number;
      };
    };
    return stryMutAct_9fa48("369") ? $metadata?.httpStatusCode !== undefined : stryMutAct_9fa48("368") ? false : stryMutAct_9fa48("367") ? true : (stryCov_9fa48("367", "368", "369"), (stryMutAct_9fa48("370") ? $metadata.httpStatusCode : (stryCov_9fa48("370"), $metadata?.httpStatusCode)) === undefined);
  }
}

/** Whether an error is an answer of a service, or has the data of its request. */
function isSdkError(error: unknown): error is SdkError {
  if (stryMutAct_9fa48("371")) {
    {}
  } else {
    stryCov_9fa48("371");
    return stryMutAct_9fa48("374") ? error instanceof Error || "$metadata" in error : stryMutAct_9fa48("373") ? false : stryMutAct_9fa48("372") ? true : (stryCov_9fa48("372", "373", "374"), error instanceof Error && (stryMutAct_9fa48("375") ? "" : (stryCov_9fa48("375"), "$metadata")) in error);
  }
}

/** Credentials and signatures that are out of date are new with the next invocation. */
function isStale({
  name
}: Error): boolean {
  if (stryMutAct_9fa48("376")) {
    {}
  } else {
    stryCov_9fa48("376");
    return (stryMutAct_9fa48("377") ? [] : (stryCov_9fa48("377"), [stryMutAct_9fa48("378") ? "" : (stryCov_9fa48("378"), "ExpiredToken"), stryMutAct_9fa48("379") ? "" : (stryCov_9fa48("379"), "ExpiredTokenException"), stryMutAct_9fa48("380") ? "" : (stryCov_9fa48("380"), "RequestExpired"), stryMutAct_9fa48("381") ? "" : (stryCov_9fa48("381"), "SignatureDoesNotMatch")])).includes(name);
  }
}

/** A call that was not made, as the time of the invocation is over. */
export class OutOfTime extends Error {
  override readonly name = stryMutAct_9fa48("382") ? "" : (stryCov_9fa48("382"), "OutOfTime");
  constructor() {
    super(stryMutAct_9fa48("383") ? "" : (stryCov_9fa48("383"), "the time of this invocation is over"));
  }
}
export function isOutOfTime(error: unknown): boolean {
  if (stryMutAct_9fa48("384")) {
    {}
  } else {
    stryCov_9fa48("384");
    return error instanceof OutOfTime;
  }
}