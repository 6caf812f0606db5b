import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { GracefulAutoScalingGroupArgs } from "./arguments";
import { accept, groupChecks, refuseOnceKnown, subjectOf } from "./checks";
import { createAutoScalingGroup } from "./group/autoScalingGroup";
import { createBusyInstances } from "./group/busyInstances";
import { grantFormerHandlers } from "./group/handover";
import { createLaunchTemplate } from "./group/launchTemplate";
import { createListeners } from "./group/listeners";
import { createTargetGroup } from "./group/targetGroup";
import { limitOrganisation } from "./iam/organisation";
import { createGroupLifecycle, lifecycleOutputs } from "./lifecycle/groupLifecycle";
import { createOwnHooks } from "./lifecycle/hooks";
import { createRetainedAlarms } from "./lifecycle/retainedAlarm";
import { targetGroupTimes } from "./lifecycle/targetGroupTimes";
import type { LifecycleHandler } from "./lifecycleHandler";
import { getNodes } from "./nodes";
import { setOutputs } from "./outputs";

/** The resources of a `GracefulAutoScalingGroup`, for programs that need more than its arguments and outputs. */
export interface GroupNodes {
  /** The Auto Scaling group. */
  readonly group: aws.autoscaling.Group;
  /** The target group; undefined if the component makes none. */
  readonly targetGroup: aws.lb.TargetGroup | undefined;
  /** The launch template; undefined if a launch template was given. */
  readonly launchTemplate: aws.ec2.LaunchTemplate | undefined;
  /** The role of the instances; undefined if a launch template was given. */
  readonly instanceRole: aws.iam.Role | undefined;
  /** The handler; undefined if it was made in another stack. */
  readonly handler: LifecycleHandler | undefined;
}

const nodesOf = new WeakMap<GracefulAutoScalingGroup, GroupNodes>();

/**
 * An Auto Scaling group whose instances are stopped cleanly before they are terminated and are ready before they take
 * traffic, behind a load balancer or without one.
 *
 * ```ts
 * const web = new GracefulAutoScalingGroup("web", {
 *   vpcId,
 *   subnetIds,
 *   instance: { userData },
 *   minSize: 2,
 *   maxSize: 10,
 *   targetGroup: { port: 8080, deregistrationDelay: 60 },
 *   listeners: (targetGroupArn) => [
 *     new aws.lb.Listener("web", {
 *       loadBalancerArn,
 *       port: 80,
 *       defaultActions: [{ type: "forward", targetGroupArn }],
 *     }),
 *   ],
 *   terminate: { systemdUnit: "application", timeout: 120 },
 *   launch: { httpReady: { port: 8080, path: "/health" }, timeout: 300 },
 * });
 * ```
 *
 * Pulumi deletes the resources that `listeners` returns after the last instance, so no open request is cut off. Name
 * other resources that the instances need in order to be reachable (routes, NAT gateways or endpoints) in the resource
 * option `dependsOn`: `pulumi destroy` then keeps them until the last instance is gone. For everything else that an
 * Auto Scaling group can do, use the resource option `transforms`.
 */
export class GracefulAutoScalingGroup extends pulumi.ComponentResource {
  /** Name of the group. */
  declare public readonly groupName: pulumi.Output<string>;
  /** ARN of the group. */
  declare public readonly groupArn: pulumi.Output<string>;
  /**
   * ARN of the target group that the component makes; empty if it makes none. Pulumi deletes a listener too early if it is made with this output instead of `listeners`.
   */
  declare public readonly targetGroupArn: pulumi.Output<string>;
  /** ARN of the topic for lifecycle hooks. */
  declare public readonly topicArn: pulumi.Output<string>;
  /** Name of the handler's function. */
  declare public readonly functionName: pulumi.Output<string>;
  /** Name of the function's role, for grants to an `isBusy` callback. */
  declare public readonly functionRoleName: pulumi.Output<string>;
  /** Name of the function's log group; empty if the handler was made in another stack. */
  declare public readonly logGroupName: pulumi.Output<string>;
  /** Name of the document that stops the application. */
  declare public readonly terminateDocumentName: pulumi.Output<string>;
  /** Name of the document that makes an instance ready; empty if there is none. */
  declare public readonly launchDocumentName: pulumi.Output<string>;
  /** URL of the handler's dashboard in the AWS console; empty if the handler was made in another stack. */
  declare public readonly dashboardUrl: pulumi.Output<string>;
  /** The worst case of a scale-in in words, one line a step. */
  declare public readonly timeline: pulumi.Output<string>;

  constructor(name: string, args: GracefulAutoScalingGroupArgs, opts?: pulumi.ComponentResourceOptions) {
    args = GracefulAutoScalingGroup.check(name, args);
    super("graceful-asg:index:GracefulAutoScalingGroup", name, args, opts);
    const subject = subjectOf("GracefulAutoScalingGroup", name);
    const child = { parent: this };
    const checked = limitOrganisation(subject, args);
    const lifecycle = createGroupLifecycle(subject, name, args, targetGroupTimes(args), checked, child);
    const { component, documents, handler, hooks, plan } = lifecycle;
    const targetGroup = args.targetGroup && createTargetGroup(name, checked, args.targetGroup, child);
    const listeners = targetGroup && createListeners(name, args, targetGroup.arn);
    const template =
      args.launchTemplate ??
      createLaunchTemplate(
        name,
        args.instance ?? {},
        {
          scriptLogGroupArn: args.scriptLogs ? handler.scriptLogGroupArn : undefined,
          poolState: args.warmPool?.poolState,
        },
        checked,
        child,
      );
    const busy = createBusyInstances(name, checked, lifecycle.given, handler, child);
    const formerGrants = grantFormerHandlers(name, args.formerHandlers ?? [], handler, child);
    const group = createAutoScalingGroup(
      name,
      checked,
      {
        plan,
        hooks,
        launchTemplate: {
          id: template.id,
          version: pulumi
            .all([template.version ?? "$Default", refuseOnceKnown(subject, args)])
            .apply(([version]) => version),
        },
        targetGroupArns: [...(targetGroup ? [targetGroup] : []), ...(args.targetGroups ?? [])].map(
          ({ arn }) => arn,
        ),
        handlerName: handler.name,
        busy,
        instanceRoleName: "template" in template ? template.role.name : undefined,
        prerequisites: [
          ...lifecycle.prerequisites,
          ...formerGrants,
          ...busy.prerequisites,
          ...Object.values(documents),
          ...("template" in template ? template.prerequisites : []),
        ],
        listeners,
        dependsOn: opts?.dependsOn,
      },
      child,
    );
    createOwnHooks(name, group, hooks, child);
    createRetainedAlarms(name, group.name, checked, child);

    nodesOf.set(this, {
      group,
      targetGroup,
      launchTemplate: "template" in template ? template.template : undefined,
      instanceRole: "template" in template ? template.role : undefined,
      handler: component,
    });
    this.registerOutputs(
      setOutputs<GracefulAutoScalingGroup>(this, {
        ...lifecycleOutputs(lifecycle),
        groupName: group.name,
        groupArn: group.arn,
        targetGroupArn: targetGroup?.arn ?? pulumi.output(""),
        topicArn: handler.topicArn,
        logGroupName: component?.logGroupName ?? pulumi.output(""),
        dashboardUrl: component?.dashboardUrl ?? pulumi.output(""),
      }),
    );
  }

  /** The resources of the component. In TypeScript only. */
  public get nodes(): GroupNodes {
    return getNodes(nodesOf, this);
  }

  /**
   * Checks name and arguments as the constructor does, and makes nothing: for a program that makes other resources
   * before the group. An argument that the program does not know yet can be any output.
   * @returns the arguments without null values.
   * @throws InvalidArguments that lists everything that is wrong.
   */
  public static check(name: string, args: GracefulAutoScalingGroupArgs): GracefulAutoScalingGroupArgs {
    return accept("GracefulAutoScalingGroup", groupChecks, name, args);
  }
}
