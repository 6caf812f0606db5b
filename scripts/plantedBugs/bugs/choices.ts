import { by, edit, type Bug } from "../bug";

/** Mistakes in which instance goes, and in what protects busy instances. */
export const choiceBugs: readonly Bug[] = [
  {
    name: "busy instances go before instances that say nothing",
    edits: edit(
      "handler/termination/choose.ts",
      'const order = ["idle", "unknown", "busy"] as const;',
      'const order = ["idle", "busy", "unknown"] as const;',
    ),
    caughtBy: by("handler/termination", "names in a share no instance where a better one is left"),
  },
  {
    name: "policy that fills up with busy instances",
    edits: edit(
      "handler/termination/choose.ts",
      ".filter(({ standing }) => standing === best)",
      ".filter(() => best !== undefined)",
    ),
    caughtBy: by("promises/preferring", "and busy instances go where nothing else is left"),
  },
  {
    name: "policy that names more than have to go in a zone",
    edits: edit("handler/termination/choose.ts", ".slice(0, share.capacity)", ".slice(0)"),
    caughtBy: by("handler/termination", "is never empty, names no instance twice"),
  },
  {
    name: "policy that waits for its callbacks as long as they take",
    edits: edit(
      "handler/termination/answer.ts",
      "await clock.within(until - began, asking);",
      "await asking;",
    ),
    caughtBy: by("handler/termination", "names an instance whatever fails"),
  },
  {
    name: "policy with an empty answer where no share fits",
    edits: edit(
      "handler/termination/request.ts",
      "candidates.some((one) => isIn(share, one))) ? shares : [whole(shares)]",
      "candidates.some((one) => isIn(share, one))) ? shares : shares",
    ),
    caughtBy: by("handler/termination", "is one share where its shares fit no instance"),
  },
  {
    name: "anybody may invoke the policy",
    edits: edit(
      "components/lifecycleHandler/terminationPolicy.ts",
      "principal: serviceLinkedRoleOf(subject, lambda),",
      'principal: "autoscaling.amazonaws.com",',
    ),
    caughtBy: by(
      "components/gracefulAutoScalingGroup/busyInstances",
      "lets Auto Scaling's role invoke the function",
    ),
  },
  {
    name: "protection that is never removed",
    edits: edit(
      "handler/busy/protection.ts",
      "release: instances.filter((one) => !isBusy(one) && one.isProtected)",
      "release: instances.filter((one) => false && !isBusy(one) && one.isProtected)",
    ),
    caughtBy: by("promises/protecting", "within two sweeps, and no longer than two sweeps after its work"),
  },
  {
    name: "protection of an instance that says nothing for ever",
    edits: edit(
      "handler/busy/protection.ts",
      "export const answerLife = 600_000;",
      "export const answerLife = 600_000_000;",
    ),
    caughtBy: by("promises/protecting", "for ten minutes where it says nothing any more"),
  },
  {
    name: "end of a check is an event of the handler",
    edits: edit("contract/busy.ts", "return `${handler}.`;", "return `${handler}-`;"),
    caughtBy: by("components/gracefulAutoScalingGroup/busyInstances", "names its check so that no rule"),
  },
];
