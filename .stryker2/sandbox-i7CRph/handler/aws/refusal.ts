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
import { comesFromAws, describe, isThrottled, isTransient, nameOf } from "./errors";

/**
 * What became of a command.
 *
 * - `failed`: AWS did not take it now; it may take it the next time.
 * - `refused`: AWS does not take it as it is. `instances` are those that are at fault, none if AWS does not say; `whole` is set
 *   where no instance is at fault.
 */
export type Sent = {
  readonly kind: "sent";
  readonly commandId: string;
} | {
  readonly kind: "failed";
  readonly error: string;
} | {
  readonly kind: "refused";
  readonly instances: readonly string[];
  readonly whole: boolean;
  /** Whether SSM knows no agent on them; else it knows them and refuses for another reason. */
  readonly isUnknown: boolean;
  /** The likely cause, for the log. */
  readonly cause: string;
};

/** Sends, and sorts the errors. */
export async function sentOrNot(instances: readonly string[], send: () => Promise<string>): Promise<Sent> {
  if (stryMutAct_9fa48("422")) {
    {}
  } else {
    stryCov_9fa48("422");
    try {
      if (stryMutAct_9fa48("423")) {
        {}
      } else {
        stryCov_9fa48("423");
        return stryMutAct_9fa48("424") ? {} : (stryCov_9fa48("424"), {
          kind: stryMutAct_9fa48("425") ? "" : (stryCov_9fa48("425"), "sent"),
          commandId: await send()
        });
      }
    } catch (error) {
      if (stryMutAct_9fa48("426")) {
        {}
      } else {
        stryCov_9fa48("426");
        if (stryMutAct_9fa48("429") ? false : stryMutAct_9fa48("428") ? true : stryMutAct_9fa48("427") ? comesFromAws(error) : (stryCov_9fa48("427", "428", "429"), !comesFromAws(error))) throw error;
        if (stryMutAct_9fa48("432") ? (isThrottled(error) || isTransient(error)) && nameOf(error) === "OutOfTime" : stryMutAct_9fa48("431") ? false : stryMutAct_9fa48("430") ? true : (stryCov_9fa48("430", "431", "432"), (stryMutAct_9fa48("434") ? isThrottled(error) && isTransient(error) : stryMutAct_9fa48("433") ? false : (stryCov_9fa48("433", "434"), isThrottled(error) || isTransient(error))) || (stryMutAct_9fa48("436") ? nameOf(error) !== "OutOfTime" : stryMutAct_9fa48("435") ? false : (stryCov_9fa48("435", "436"), nameOf(error) === (stryMutAct_9fa48("437") ? "" : (stryCov_9fa48("437"), "OutOfTime")))))) return stryMutAct_9fa48("438") ? {} : (stryCov_9fa48("438"), {
          kind: stryMutAct_9fa48("439") ? "" : (stryCov_9fa48("439"), "failed"),
          error: describe(error)
        });
        return refusalOf(error, instances);
      }
    }
  }
}
function refusalOf(error: unknown, instances: readonly string[]): Sent {
  if (stryMutAct_9fa48("440")) {
    {}
  } else {
    stryCov_9fa48("440");
    const name = nameOf(error);
    const text = error instanceof Error ? error.message : stryMutAct_9fa48("441") ? "Stryker was here!" : (stryCov_9fa48("441"), "");
    const named = stryMutAct_9fa48("442") ? instances : (stryCov_9fa48("442"), instances.filter(stryMutAct_9fa48("443") ? () => undefined : (stryCov_9fa48("443"), instance => text.includes(instance))));
    const cause = stryMutAct_9fa48("444") ? `` : (stryCov_9fa48("444"), `${describe(error)} (${stryMutAct_9fa48("445") ? causes[name] && "SSM does not take the command as it is" : (stryCov_9fa48("445"), causes[name] ?? (stryMutAct_9fa48("446") ? "" : (stryCov_9fa48("446"), "SSM does not take the command as it is")))})`);
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

/** Errors that have nothing to do with any instance. */
const aboutTheDocument = new Set(stryMutAct_9fa48("463") ? [] : (stryCov_9fa48("463"), [stryMutAct_9fa48("464") ? "" : (stryCov_9fa48("464"), "InvalidDocument"), stryMutAct_9fa48("465") ? "" : (stryCov_9fa48("465"), "InvalidDocumentVersion"), stryMutAct_9fa48("466") ? "" : (stryCov_9fa48("466"), "InvalidParameters"), stryMutAct_9fa48("467") ? "" : (stryCov_9fa48("467"), "MaxDocumentSizeExceeded")]));

/** Likely causes of errors, by name. */
const causes: Readonly<Record<string, string>> = stryMutAct_9fa48("468") ? {} : (stryCov_9fa48("468"), {
  InvalidInstanceId: stryMutAct_9fa48("469") ? "" : (stryCov_9fa48("469"), "its agent is not registered, or the machine does not run"),
  AccessDenied: stryMutAct_9fa48("470") ? "" : (stryCov_9fa48("470"), "the instance lacks the tag of its handler, or a policy of the organisation denies it"),
  AccessDeniedException: stryMutAct_9fa48("471") ? "" : (stryCov_9fa48("471"), "the instance lacks the tag of its handler, or a policy of the organisation denies it"),
  InvalidDocument: stryMutAct_9fa48("472") ? "" : (stryCov_9fa48("472"), "the document of the hook was deleted; deploy the stack of the group again"),
  InvalidDocumentVersion: stryMutAct_9fa48("473") ? "" : (stryCov_9fa48("473"), "the document of the hook was changed by hand; deploy the stack of the group again"),
  InvalidParameters: stryMutAct_9fa48("474") ? "" : (stryCov_9fa48("474"), "the document is of another version than the handler; deploy the stacks of both with the same version"),
  UnsupportedPlatformType: stryMutAct_9fa48("475") ? "" : (stryCov_9fa48("475"), "the document has no step for the platform of the instance")
});