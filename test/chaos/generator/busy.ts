/**
 * What the callback of chaos says at an instant, ms since 1970: busy for the first half of every two minutes, each
 * instance at a time of its own; undefined where the callback throws or hangs.
 */
export function isBusyNow(instanceId: string, now: number): boolean | undefined {
  const own = parseInt(instanceId.slice(-4), 16);
  if (own % 13 === 0 || own % 17 === 0) return undefined;
  return (Math.floor(now / 1000) + own) % 120 < 60;
}

/** Length of the work of an instance that is asked by a check, ms; its rest takes as long. */
const shift = 240_000;

/** Whether an instance that is asked by a check works: each instance at a time of its own. */
export function worksNow(instanceId: string, elapsed: number): boolean {
  const own = parseInt(instanceId.slice(-4), 16) * 1_000;
  return Math.floor((elapsed + own) / shift) % 2 === 0;
}
