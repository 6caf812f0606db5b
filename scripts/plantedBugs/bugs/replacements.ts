import { by, edit, type Bug } from "../bug";

/** Mistakes in the replacement of instances that AWS is going to end. */
export const replacementBugs: readonly Bug[] = [
  {
    name: "next replacement before the group is whole again",
    edits: edit("handler/replace/choose.ts", "if (inService < desired)", "if (inService < 0)"),
    caughtBy: by("promises/replacing", "one instance of a group at a time"),
  },
  {
    name: "retirement taken from the event alone",
    edits: edit(
      "handler/replace/announcements.ts",
      "await replaceInstances(context, own, [ReplaceOn.Retirement]);",
      "for (const id of named) await context.autoScaling.replace(id);",
    ),
    caughtBy: by("promises/replacing", "unless only the event says so"),
  },
  {
    name: "replacement in a group without its hook",
    edits: edit(
      "handler/replace/replace.ts",
      'if (!hooks.some(({ transition }) => transition === "terminate")) {',
      "if (hooks === undefined) {",
    ),
    caughtBy: by("promises/replacing", "but none while the group lacks capacity"),
  },
  {
    name: "mark of anybody taken for a recommendation",
    edits: edit("handler/replace/mark.ts", "clock.now() - at <= countsFor ? at : undefined", "clock.now()"),
    caughtBy: by("promises/replacing", "but no instance that somebody else has marked"),
  },
  {
    name: "replacement that shrinks the group",
    edits: edit(
      "handler/aws/autoScaling.ts",
      "ShouldDecrementDesiredCapacity: false",
      "ShouldDecrementDesiredCapacity: true",
    ),
    caughtBy: by("promises/replacing", "at once when AWS Health announces its retirement"),
  },
];
