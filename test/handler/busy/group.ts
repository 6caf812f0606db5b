import type { Group, Instance } from "../../../handler/aws/autoScaling";
import type { Context } from "../../../handler/context";
import { tendBusy } from "../../../handler/sweep/busy";
import { handlerContext, type ContextChanges } from "../../support/handlerContext";
import { PassingTime } from "../../support/passingTime";
import { recordedLog } from "../../support/recordedLog";

/** When sweeps of these tests take place, ms since 1970. */
export const sweptAt = Date.UTC(2026, 0, 1);

/** Ids of so many instances. */
export const idsOf = (count: number) => Array.from({ length: count }, (_, index) => `i-${index + 1}`);

/** Instances with these ids, in service and without protection unless the changes say otherwise. */
export const instancesOf = (ids: readonly string[], changes: Partial<Instance> = {}): Instance[] =>
  ids.map((id) => ({ id, lifecycleState: "InService", isHealthy: true, isProtected: false, ...changes }));

/** A group whose tag has this value, and a sweep that tends it. */
export function busyGroup(busy: string | undefined, instances: readonly Instance[], changes: ContextChanges) {
  const { lines, log } = recordedLog();
  const clock = new PassingTime(sweptAt);
  const protections: [group: string, instances: string, isProtected: boolean][] = [];
  const group: Group = {
    name: "web",
    instances,
    hasUnreadPool: false,
    repeats: false,
    busy,
    revisions: [],
  };
  const context: Context = {
    ...handlerContext({
      log,
      autoScaling: {
        protect: (name, batch, isProtected) => {
          protections.push([name, batch.join(), isProtected]);
          return Promise.resolve();
        },
      },
      ...changes,
    }),
    clock,
  };
  return {
    clock,
    context,
    lines,
    protections,
    tend: (more: Partial<Context> = {}) => tendBusy({ ...context, ...more }, group),
  };
}
