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
import type { Clock } from "../context";
import { OutOfTime } from "./errors";

/** Time between calls after AWS has throttled the first, and at most, ms. */
const firstInterval = 100;
const longestInterval = 2_000;

/** Below this calls are not kept apart any more, ms. */
const shortestInterval = 20;

/** How much later the next call is made after one that AWS throttled, and how much sooner after one that it took. */
const slowdown = 1.5;
const recovery = 0.9;

/**
 * How fast calls of one kind follow each other. It slows down when AWS throttles one and recovers with each that AWS takes, so
 * that it finds what AWS takes without being told. Instants are milliseconds since 1970.
 */
export class Pace {
  private interval = 0;
  private latest = stryMutAct_9fa48("385") ? +Infinity : (stryCov_9fa48("385"), -Infinity);
  private slowedAt = stryMutAct_9fa48("386") ? +Infinity : (stryCov_9fa48("386"), -Infinity);
  private queue: Promise<unknown> = Promise.resolve();

  /** @param random - A number from 0 to below 1, so that invocations side by side do not keep step. */
  constructor(private readonly random: () => number = Math.random) {}

  /**
   * Waits for the next turn; calls take turns in the order in which they ask.
   * @throws OutOfTime if it comes too late
   */
  turn(clock: Clock, until: number): Promise<void> {
    if (stryMutAct_9fa48("387")) {
      {}
    } else {
      stryCov_9fa48("387");
      const mine = this.queue.then(stryMutAct_9fa48("388") ? () => undefined : (stryCov_9fa48("388"), () => this.wait(clock, until)));
      this.queue = mine.catch(() => undefined);
      return mine;
    }
  }

  /** A call was throttled. Those that began before the last of this kind tell nothing new. */
  throttled(began: number, now: number): void {
    if (stryMutAct_9fa48("389")) {
      {}
    } else {
      stryCov_9fa48("389");
      if (stryMutAct_9fa48("393") ? began >= this.slowedAt : stryMutAct_9fa48("392") ? began <= this.slowedAt : stryMutAct_9fa48("391") ? false : stryMutAct_9fa48("390") ? true : (stryCov_9fa48("390", "391", "392", "393"), began < this.slowedAt)) return;
      this.slowedAt = now;
      this.interval = stryMutAct_9fa48("394") ? Math.max(longestInterval, Math.max(firstInterval, this.interval * slowdown)) : (stryCov_9fa48("394"), Math.min(longestInterval, stryMutAct_9fa48("395") ? Math.min(firstInterval, this.interval * slowdown) : (stryCov_9fa48("395"), Math.max(firstInterval, stryMutAct_9fa48("396") ? this.interval / slowdown : (stryCov_9fa48("396"), this.interval * slowdown)))));
    }
  }

  /** A call was taken. */
  taken(): void {
    if (stryMutAct_9fa48("397")) {
      {}
    } else {
      stryCov_9fa48("397");
      stryMutAct_9fa48("398") ? this.interval /= recovery : (stryCov_9fa48("398"), this.interval *= recovery);
      if (stryMutAct_9fa48("402") ? this.interval >= shortestInterval : stryMutAct_9fa48("401") ? this.interval <= shortestInterval : stryMutAct_9fa48("400") ? false : stryMutAct_9fa48("399") ? true : (stryCov_9fa48("399", "400", "401", "402"), this.interval < shortestInterval)) this.interval = 0;
    }
  }
  private async wait(clock: Clock, until: number): Promise<void> {
    if (stryMutAct_9fa48("403")) {
      {}
    } else {
      stryCov_9fa48("403");
      const now = clock.now();
      const at = stryMutAct_9fa48("404") ? this.latest - Math.round(this.interval * (0.5 + this.random())) : (stryCov_9fa48("404"), this.latest + Math.round(stryMutAct_9fa48("405") ? this.interval / (0.5 + this.random()) : (stryCov_9fa48("405"), this.interval * (stryMutAct_9fa48("406") ? 0.5 - this.random() : (stryCov_9fa48("406"), 0.5 + this.random())))));
      if (stryMutAct_9fa48("410") ? Math.max(now, at) <= until : stryMutAct_9fa48("409") ? Math.max(now, at) >= until : stryMutAct_9fa48("408") ? false : stryMutAct_9fa48("407") ? true : (stryCov_9fa48("407", "408", "409", "410"), (stryMutAct_9fa48("411") ? Math.min(now, at) : (stryCov_9fa48("411"), Math.max(now, at))) > until)) throw new OutOfTime();
      if (stryMutAct_9fa48("414") ? this.interval > 0 || at > now : stryMutAct_9fa48("413") ? false : stryMutAct_9fa48("412") ? true : (stryCov_9fa48("412", "413", "414"), (stryMutAct_9fa48("417") ? this.interval <= 0 : stryMutAct_9fa48("416") ? this.interval >= 0 : stryMutAct_9fa48("415") ? true : (stryCov_9fa48("415", "416", "417"), this.interval > 0)) && (stryMutAct_9fa48("420") ? at <= now : stryMutAct_9fa48("419") ? at >= now : stryMutAct_9fa48("418") ? true : (stryCov_9fa48("418", "419", "420"), at > now)))) await clock.sleep(stryMutAct_9fa48("421") ? at + now : (stryCov_9fa48("421"), at - now));
      this.latest = clock.now();
    }
  }
}