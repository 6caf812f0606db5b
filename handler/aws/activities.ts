import type { Activity as ScalingActivity } from "@aws-sdk/client-auto-scaling";
import type { Transition } from "../../contract";
import type { Launch } from "../route";
import type { Activity } from "../situation";

/** Scaling activities of a group, newest first, page by page. */
export type ActivityPages = AsyncIterable<readonly ScalingActivity[]>;

/** The latest launch of instances, by instance. */
export async function readLaunches(
  pages: ActivityPages,
  instances: readonly string[],
): Promise<ReadonlyMap<string, Launch>> {
  const found = new Map<string, Launch>();
  const wanted = new Set(instances);
  for await (const page of pages) {
    for (const activity of page) {
      const own = launchOf(activity);
      if (own !== undefined && wanted.has(own.instance) && !found.has(own.instance))
        found.set(own.instance, own.launch);
    }
    if (found.size === wanted.size) break;
  }
  return found;
}

/**
 * The running activities of a transition, by instance: the latest, where an earlier one is not closed yet.
 * @param history - Whether to look for earlier activities of the same instances, too
 */
export async function readActivities(
  pages: ActivityPages,
  transition: Transition,
  instances: readonly string[],
  history: boolean,
): Promise<ReadonlyMap<string, Activity>> {
  const running = new Map<string, ScalingActivity>();
  const retained = new Set<string>();
  const wanted = new Set(instances);
  for await (const page of pages) {
    for (const activity of page) {
      const instance = instanceOf(activity, transition);
      if (instance === undefined || !wanted.has(instance)) continue;
      if (activity.EndTime !== undefined) {
        if (isCancelledTermination(activity)) retained.add(instance);
      } else if (startOf(activity) > startOf(running.get(instance))) running.set(instance, activity);
    }
    if (running.size === wanted.size && !history) break;
  }
  return new Map(
    [...running].map(([instance, activity]) => [
      instance,
      {
        startedAt: startOf(activity),
        cause: activity.Cause ?? "",
        retainedBefore: history && retained.has(instance),
      },
    ]),
  );
}

/** When an activity began, ms since 1970; before all times where there is none. */
function startOf(activity: ScalingActivity | undefined): number {
  return activity === undefined ? -Infinity : (activity.StartTime?.getTime() ?? 0);
}

/**
 * The instance of an activity that may pass hooks of this transition; Auto Scaling names it only in the description.
 * Launches into a warm pool and out of it begin with the same word as others. Not only terminations pass the hooks of
 * terminations: the replacement of a root volume does too, and no page of AWS gives the words of its description.
 */
function instanceOf(activity: ScalingActivity, transition: Transition): string | undefined {
  const description = descriptionOf(activity);
  const launches = description.startsWith("Launching");
  return launches === (transition === "launch") ? /\bi-[0-9a-f]+\b/.exec(description)?.[0] : undefined;
}

function descriptionOf({ Description = "" }: ScalingActivity): string {
  return Description;
}

/**
 * What an activity tells of the latest launch of its instance: that it goes on or is over, or, where the instance leaves
 * the service, that it was over before. Auto Scaling shows activities of six weeks, and the launch may be older.
 */
function launchOf(
  activity: ScalingActivity,
): { readonly instance: string; readonly launch: Launch } | undefined {
  const { EndTime } = activity;
  const launched = instanceOf(activity, "launch");
  if (launched !== undefined) {
    const isFromPool = descriptionOf(activity).includes("from warm pool");
    return { instance: launched, launch: { isRunning: EndTime === undefined, isFromPool } };
  }
  const leaving = EndTime === undefined ? instanceOf(activity, "terminate") : undefined;
  return leaving === undefined
    ? undefined
    : { instance: leaving, launch: { isRunning: false, isFromPool: false } };
}

/** The termination of a retained instance, or its return to the warm pool, ends as cancelled. */
function isCancelledTermination(activity: ScalingActivity): boolean {
  return /Terminating|warm pool/i.test(descriptionOf(activity)) && activity.StatusCode === "Cancelled";
}
