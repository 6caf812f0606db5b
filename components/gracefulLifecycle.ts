import * as pulumi from "@pulumi/pulumi";
import type { GracefulLifecycleArgs } from "./arguments";
import { accept, existingChecks, subjectOf } from "./checks";
import { limitOrganisation } from "./iam/organisation";
import { grantGroup, tagGroup } from "./lifecycle/grant";
import { createGroupLifecycle, lifecycleOutputs } from "./lifecycle/groupLifecycle";
import { createHooksOnExisting } from "./lifecycle/hooks";
import { createRetainedAlarms } from "./lifecycle/retainedAlarm";
import { existingTargetGroupTimes } from "./lifecycle/targetGroupTimes";
import { setOutputs } from "./outputs";

/**
 * Hooks and documents for an Auto Scaling group that exists already and is managed elsewhere. The group's instances
 * need the SSM agent and its permissions; docs/existing-groups.md says what else they need.
 *
 * ```ts
 * new GracefulLifecycle("legacy", {
 *   groupName: "legacy-web",
 *   instanceTag: { key: "Name", value: "legacy-web" },
 *   terminate: { systemdUnit: "application", timeout: 120 },
 * });
 * ```
 *
 * Pulumi deletes the hooks with this component, not with the group: instances that wait at a hook then go on at once.
 */
export class GracefulLifecycle extends pulumi.ComponentResource {
  /** Name of the handler's function. */
  declare public readonly functionName: pulumi.Output<string>;
  /** Name of the function's role, for grants to an `isBusy` callback. */
  declare public readonly functionRoleName: pulumi.Output<string>;
  /** Name of the document that stops the application. */
  declare public readonly terminateDocumentName: pulumi.Output<string>;
  /** Name of the document that makes an instance ready; empty if there is none. */
  declare public readonly launchDocumentName: pulumi.Output<string>;
  /** The worst case of a scale-in in words, one line a step. */
  declare public readonly timeline: pulumi.Output<string>;

  constructor(name: string, args: GracefulLifecycleArgs, opts?: pulumi.ComponentResourceOptions) {
    args = accept("GracefulLifecycle", existingChecks, name, args);
    super("graceful-asg:index:GracefulLifecycle", name, args, opts);
    const subject = subjectOf("GracefulLifecycle", name);
    const child = { parent: this };
    const checked = limitOrganisation(subject, args);
    const lifecycle = createGroupLifecycle(
      subject,
      name,
      args,
      existingTargetGroupTimes(args),
      checked,
      child,
    );
    const { handler, hooks } = lifecycle;
    const grants = grantGroup(name, args.groupName, args.instanceTag, handler, child);
    const tags = tagGroup(name, args.groupName, handler, hooks, child);
    createHooksOnExisting(name, args.groupName, hooks, {
      ...child,
      dependsOn: [...grants, ...tags, ...lifecycle.prerequisites],
    });
    createRetainedAlarms(name, args.groupName, checked, child);
    this.registerOutputs(setOutputs<GracefulLifecycle>(this, lifecycleOutputs(lifecycle)));
  }
}
