import * as pulumi from "@pulumi/pulumi";
import { deregistrationDelayOf, describeTimeline, timeline } from "../timing";
import type { GracefulLifecycleArgs } from "./arguments";
import { accept, existingConstraints, subjectOf } from "./constraints";
import { limitOrganisation } from "./iam/organisation";
import { createDocuments } from "./lifecycle/documents";
import { grantGroup, tagGroup } from "./lifecycle/grant";
import { handlerOutputs } from "./lifecycle/handlerOutputs";
import { createHooksOnExisting, hookSettings } from "./lifecycle/hooks";
import { ownHandlerArgs } from "./lifecycle/ownHandler";
import { planOf, transitionPlans } from "./lifecycle/plan";
import { createRetainedAlarm } from "./lifecycle/retainedAlarm";
import { LifecycleHandler } from "./lifecycleHandler";

/**
 * Hooks and documents for an Auto Scaling group that exists already and stays somebody else's. Its instances need the
 * SSM agent and its permissions; docs/existing-groups.md says what else.
 *
 *     new GracefulLifecycle("legacy", {
 *       groupName: "legacy-web",
 *       instanceTag: { key: "Name", value: "legacy-web" },
 *       terminate: { script: "systemctl stop application", timeout: 120 },
 *     });
 *
 * The hooks are deleted with this component, not with the group: what is waiting then goes on at once.
 */
export class GracefulLifecycle extends pulumi.ComponentResource {
  /** Name of the handler's function. */
  public readonly functionName: pulumi.Output<string>;
  /** Name of the function's role, for grants to an `isBusy` callback. */
  public readonly functionRoleName: pulumi.Output<string>;
  /** Name of the document that stops the application. */
  public readonly terminateDocumentName: pulumi.Output<string>;
  /** Name of the document that makes an instance ready; empty if there is none. */
  public readonly launchDocumentName: pulumi.Output<string>;
  /** The worst case of a scale-in in words, one line a step. */
  public readonly timeline: pulumi.Output<string>;

  constructor(name: string, args: GracefulLifecycleArgs, opts?: pulumi.ComponentResourceOptions) {
    args = accept("GracefulLifecycle", existingConstraints, name, args);
    super("graceful-asg:index:GracefulLifecycle", name, args, opts);
    const subject = subjectOf("GracefulLifecycle", name);
    const child = { parent: this };
    const checked = limitOrganisation(subject, args);
    const plan = planOf(args, args.deregistrationDelay);
    const plans = transitionPlans(args);
    const deregistrationDelay = deregistrationDelayOf(plan);

    const given = args.handler ?? new LifecycleHandler(`${name}-handler`, ownHandlerArgs(args), child);
    const handler = handlerOutputs(subject, given);
    const documents = createDocuments(name, handler.name, plans, deregistrationDelay, checked, child);
    const grants = grantGroup(name, args.groupName, args.instanceTag, handler, child);
    const hooks = hookSettings(plans, documents, handler, deregistrationDelay, args);
    const tags = tagGroup(name, args.groupName, handler, hooks, child);
    const prerequisites = [...grants, ...tags, ...(pulumi.Resource.isInstance(given) ? [given] : [])];
    createHooksOnExisting(name, args.groupName, hooks, { ...child, dependsOn: prerequisites });
    createRetainedAlarm(name, args.groupName, checked, child);

    this.functionName = handler.name;
    this.functionRoleName = handler.functionRoleName;
    this.terminateDocumentName = pulumi.output(documents.terminate?.name).apply((found = "") => found);
    this.launchDocumentName = pulumi.output(documents.launch?.name).apply((found = "") => found);
    this.timeline = pulumi.output(describeTimeline(timeline(plan)));
    this.registerOutputs({
      functionName: this.functionName,
      functionRoleName: this.functionRoleName,
      terminateDocumentName: this.terminateDocumentName,
      launchDocumentName: this.launchDocumentName,
      timeline: this.timeline,
    });
  }
}
