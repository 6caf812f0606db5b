import { by, edit, type Bug } from "../bug";

/** Mistakes about warm pools. */
export const warmPoolBugs: readonly Bug[] = [
  {
    name: "warm pool left out of the sweep",
    edits: edit(
      "handler/aws/autoScaling.ts",
      "hasUnreadPool: group.WarmPoolConfiguration !== undefined,",
      "hasUnreadPool: group.WarmPoolConfiguration === null,",
    ),
    caughtBy: by("handler/aws/warmPoolRequests", "knows a group with a warm pool"),
  },
  {
    name: "stop script for an instance that launches into the pool",
    edits: edit(
      "handler/route.ts",
      "return launch?.isRunning === false ?",
      "return launch?.isRunning !== undefined ?",
    ),
    caughtBy: by(
      "handler/warmPool",
      "does not run the stop script for an instance that launches into the pool",
    ),
  },
  {
    name: "both scripts where the latest launch is not known",
    edits: edit(
      "handler/route.ts",
      "return launch?.isRunning === false ?",
      "return launch?.isRunning !== true ?",
    ),
    caughtBy: by(
      "handler/warmPool",
      "does not run the stop script for an instance that launches into the pool",
    ),
  },
  {
    name: "one pool that cannot be read ends the sweep",
    edits: edit(
      "handler/sweep/sweep.ts",
      "guarded(context, group.name, () => withPool(context, group))",
      'withPool(context, group).then((result) => ({ group: group.name, kind: "done" as const, result }))',
    ),
    caughtBy: by("handler/warmPool", "serves the group and all other groups although a pool cannot be read"),
  },
  {
    name: "route sent to a document that takes none",
    edits: edit(
      "handler/send.ts",
      "if (instructions.inWarmPool === undefined) return {};",
      'if (instructions.document === "") return {};',
    ),
    caughtBy: by("handler/warmPool", "sends no route to documents that do not take routes"),
  },
  {
    name: "command for a stopped machine of the pool",
    edits: edit(
      "handler/decide/ask.ts",
      'return isPoolOnly && instructions.inWarmPool === "skip" ?',
      'return isPoolOnly && instructions.document === "" ?',
    ),
    caughtBy: by("promises/warmPool", "completes the termination of a stopped instance of the pool at once"),
  },
  {
    name: "earlier activity of an instance taken for the present one",
    edits: edit(
      "handler/aws/activities.ts",
      "startOf(activity) > startOf(running.get(instance))",
      "activity.EndTime === undefined",
    ),
    caughtBy: by("handler/aws/warmPoolRequests", "takes the latest activity of an instance that runs"),
  },
  {
    name: "EC2 asked every minute because of a pool",
    edits: edit("handler/sweep/sweep.ts", "replace(context, listed)", "replace(context, groups)"),
    caughtBy: by("promises/warmPoolBeside", "replaces no instance of the pool"),
  },
  {
    name: "no time for the pool at destroy",
    edits: edit(
      "timing/plan.ts",
      "plan.warmPool === undefined ? emptying : 2 * emptying",
      "plan.warmPool === null ? 2 * emptying : emptying",
    ),
    caughtBy: by(
      "components/gracefulAutoScalingGroup/warmPool",
      "gives the provider twice the time to delete the group",
    ),
  },
];
