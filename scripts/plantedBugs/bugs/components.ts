import { by, edit, type Bug } from "../bug";

/** Mistakes in what is deployed. */
export const componentBugs: readonly Bug[] = [
  {
    name: "dashboard that searches by other dimensions",
    edits: edit(
      "components/lifecycleHandler/dashboard.ts",
      "[namespace, ...metricDimensions[metric]]",
      "[namespace, ...metricDimensions.WaitTime]",
    ),
    caughtBy: by(
      "components/lifecycleHandler/monitoring",
      "searches its own namespace for the durations and outcomes of all groups",
    ),
  },
  {
    name: "48 h limit off by one heartbeat",
    edits: edit(
      "timing/limits.ts",
      "export const maxHeartbeatTimeouts = 100;",
      "export const maxHeartbeatTimeouts = 101;",
    ),
    caughtBy: by("timing/constraints", "leaves a hundred heartbeat timeouts for the whole wait"),
  },
  {
    name: "deregistrationDelay forgotten",
    edits: edit(
      "components/lifecycle/hooks.ts",
      "          deregistrationDelay,\n",
      "          deregistrationDelay: 0,\n",
    ),
    caughtBy: by("components/gracefulAutoScalingGroup/hooks", "tell the handler what to do"),
  },
  {
    name: "new connections of a Network Load Balancer not counted",
    edits: edit(
      "timing/targetGroups.ts",
      "Math.max(deregistrationDelay, networkDeregistration)",
      "deregistrationDelay",
    ),
    caughtBy: by("components/gracefulAutoScalingGroup/targetGroup", "counts for two minutes at least"),
  },
  {
    name: "a delay for workers without a target group",
    edits: edit(
      "components/lifecycle/targetGroupTimes.ts",
      '(targetGroup === undefined ? [] : [timesOf("targetGroup", targetGroup)])',
      '[timesOf("targetGroup", targetGroup ?? {})]',
    ),
    caughtBy: by(
      "components/gracefulAutoScalingGroup/targetGroup",
      "is a group of workers, whose hook fires at once",
    ),
  },
  {
    name: "hook deleted before the group",
    edits: edit(
      "components/lifecycle/hooks.ts",
      "{ ...opts, deletedWith: group, deleteBeforeReplace: false }",
      "{ ...opts, deleteBeforeReplace: false }",
    ),
    caughtBy: by("components/gracefulAutoScalingGroup/hooks", "are deleted with the group"),
  },
  {
    name: "role policy deleted before the group",
    edits: edit(
      "components/lifecycle/groupLifecycle.ts",
      "prerequisites: pulumi.Resource.isInstance(given) ? [given] : [],",
      "prerequisites: [],",
    ),
    caughtBy: by(
      "components/gracefulAutoScalingGroup/resources",
      "are made before the group, and destroyed after it",
    ),
  },
  {
    name: "document deleted before its successor",
    edits: edit("components/lifecycle/ssmDocuments.ts", "{ ...opts, deleteBeforeReplace: false }", "opts"),
    caughtBy: by("promises/deploying", "does not delete a predecessor first whose name we choose"),
  },
  {
    name: "hook deleted before its successor",
    edits: edit(
      "components/lifecycle/hooks.ts",
      "{ ...opts, deletedWith: group, deleteBeforeReplace: false }",
      "{ ...opts, deletedWith: group }",
    ),
    caughtBy: by("promises/deploying", "does not delete a predecessor first whose name we choose"),
  },
  {
    name: "one tag for all components on a group",
    edits: edit("components/lifecycle/grant.ts", "`${key}:${ownerHash(name)}`", "key"),
    caughtBy: by("components/gracefulLifecycle", "owns hooks and tags alone"),
  },
  {
    name: "instance role moves while instances run",
    edits: edit("components/group/launchTemplate.ts", 'ignoreChanges: ["path"]', "ignoreChanges: []"),
    caughtBy: by("promises/deploying", "keeps the role that running instances live on"),
  },
  {
    name: "permission without source ARN",
    edits: edit("components/lifecycleHandler/permission.ts", ", sourceArn: source", ""),
    caughtBy: by(
      "components/lifecycleHandler/function",
      "may be invoked by the handler's own topic and rules only",
    ),
  },
  {
    name: "function timeout above the shortest heartbeat",
    edits: edit(
      "components/lifecycleHandler/function.ts",
      "export const functionTimeout = 60;",
      "export const functionTimeout = 360;",
    ),
    caughtBy: by("components/lifecycleHandler/function", "ends long before the shortest hook could time out"),
  },
];
