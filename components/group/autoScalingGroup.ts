import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { PoolState, busyTag, handlerTag, hooksTag, instanceRoleTag, retains } from "../../contract";
import { providerTimeouts, type Plan } from "../../timing";
import type { GracefulAutoScalingGroupArgs, WarmPoolArgs } from "../arguments";
import { hookRevisions, initialLifecycleHooks, type HookSettings } from "../lifecycle/hooks";
import { defaultOnFailure } from "../lifecycle/transitions";
import type { BusyInstances } from "./busyInstances";
import { refuseUnservedInstances } from "./handover";
import { retainedInPoolMetrics, retainedMetric } from "./metrics";

/** What a group is made of besides its arguments. */
export interface GroupParts {
  readonly plan: Plan;
  readonly hooks: readonly HookSettings[];
  readonly launchTemplate: { readonly id: pulumi.Input<string>; readonly version: pulumi.Input<string> };
  /** ARNs of all target groups, made here or elsewhere. */
  readonly targetGroupArns: readonly pulumi.Input<string>[];
  readonly handlerName: pulumi.Output<string>;
  readonly busy: BusyInstances;
  /** Role that was made for the instances; undefined where their role was made elsewhere. */
  readonly instanceRoleName: pulumi.Output<string> | undefined;
  /** Resources that have to exist before the first instance and after the last instance. */
  readonly prerequisites: readonly pulumi.Resource[];
  /**
   * Resources that forward requests to the target group: an instance that drains needs them as long as requests are
   * open.
   */
  readonly listeners: pulumi.ResourceOptions["dependsOn"];
  /** The component's own `dependsOn`; Pulumi does not hand this option on from a component to its children. */
  readonly dependsOn: pulumi.ResourceOptions["dependsOn"];
}

/**
 * Makes the group together with its hooks: the first instance runs through the hooks, and `destroy` scales in through
 * the hooks.
 */
export function createAutoScalingGroup(
  name: string,
  args: GracefulAutoScalingGroupArgs,
  parts: GroupParts,
  opts: pulumi.CustomResourceOptions,
): aws.autoscaling.Group {
  const { launchTemplate, targetGroupArns } = parts;
  const times = providerTimeouts(parts.plan, args.waitForCapacity ?? false);
  const isRetaining = retains(args.terminate.onFailure ?? defaultOnFailure.terminate);
  return new aws.autoscaling.Group(
    name,
    {
      vpcZoneIdentifiers: args.subnetIds,
      minSize: args.minSize,
      maxSize: args.maxSize,
      desiredCapacity: args.desiredCapacity ?? args.initialCapacity,
      ...(args.mixedInstances
        ? { mixedInstancesPolicy: mixed(args.mixedInstances, launchTemplate) }
        : { launchTemplate: { id: launchTemplate.id, version: launchTemplate.version } }),
      warmPool: args.warmPool && warmPool(args.warmPool),
      capacityRebalance: args.capacityRebalance,
      healthCheckType: args.healthCheckType ?? (targetGroupArns.length > 0 ? "ELB" : "EC2"),
      healthCheckGracePeriod: args.healthCheckGracePeriod ?? 60,
      instanceMaintenancePolicy: args.instanceMaintenance,
      instanceRefresh: args.instanceRefresh,
      ignoreFailedScalingActivities: args.ignoreFailedScalingActivities,
      enabledMetrics: metrics(args.enabledMetrics ?? [], [
        ...(isRetaining ? [retainedMetric] : []),
        ...(isRetaining && args.warmPool ? Object.values(retainedInPoolMetrics) : []),
      ]),
      targetGroupArns: [...targetGroupArns],
      initialLifecycleHooks: initialLifecycleHooks(parts.hooks),
      instanceLifecyclePolicy: isRetaining
        ? { retentionTriggers: { terminateHookAbandon: "retain" } }
        : undefined,
      terminationPolicies: parts.busy.terminationPolicies,
      // At a change of minSize the provider waits for exactly as many instances as its state says, whatever the group
      // has been scaled to since, and the provider has no other setting for the wait at creation.
      waitForCapacityTimeout: times.capacity === 0 ? "0" : `${times.capacity}s`,
      tags: pulumi
        .all([
          parts.handlerName,
          hookRevisions(parts.hooks),
          parts.instanceRoleName,
          parts.busy.tag,
          args.tags ?? {},
        ])
        .apply(([handler, revisions, role, busy, tags]) => [
          { key: handlerTag, value: handler, propagateAtLaunch: true },
          { key: hooksTag, value: revisions, propagateAtLaunch: false },
          ...(role === undefined ? [] : [{ key: instanceRoleTag, value: role, propagateAtLaunch: false }]),
          ...(busy === undefined ? [] : [{ key: busyTag, value: busy, propagateAtLaunch: false }]),
          ...Object.entries(tags).map(([key, value]) => ({ key, value, propagateAtLaunch: true })),
        ]),
    },
    {
      ...opts,
      dependsOn: pulumi
        .all([pulumi.output(parts.listeners), pulumi.output(parts.dependsOn)])
        .apply((given) => [...parts.prerequisites, ...given.flatMap(listOf)]),
      ignoreChanges: [
        // The provider replaces a group whose initial hooks change; Pulumi updates the hooks as resources of their own.
        "initialLifecycleHooks",
        // After a refresh the state has the number that scaling policies chose; Pulumi would set the initial number
        // again.
        ...(args.desiredCapacity === undefined ? ["desiredCapacity"] : []),
      ],
      hooks: refuseUnservedInstances(name, args.formerHandlers ?? []),
      customTimeouts: {
        create: `${times.create}s`,
        update: `${times.update}s`,
        delete: `${times.delete}s`,
      },
    },
  );
}

function listOf(given: pulumi.Unwrap<pulumi.ResourceOptions["dependsOn"]>): pulumi.Resource[] {
  if (given === undefined) return [];
  return Array.isArray(given) ? given : [given];
}

/** The SDK's enumeration lacks some metrics of Auto Scaling, among them the metrics of retained instances. */
function metrics(
  enabled: readonly string[],
  needed: readonly string[],
): aws.autoscaling.Metric[] | undefined {
  const all = [...new Set([...enabled, ...needed])];
  return all.length > 0 ? (all as aws.autoscaling.Metric[]) : undefined;
}

/** PutWarmPool keeps what it is not given, so all that has a default is given. */
function warmPool({
  maxGroupPreparedCapacity,
  minSize = 0,
  poolState = PoolState.Stopped,
  reuseOnScaleIn = false,
}: WarmPoolArgs): aws.types.input.autoscaling.GroupWarmPool {
  return {
    minSize,
    maxGroupPreparedCapacity: maxGroupPreparedCapacity ?? noLimit,
    poolState,
    instanceReusePolicy: { reuseOnScaleIn },
  };
}

/** Takes a limit of the prepared capacity away. Source: Auto Scaling API, PutWarmPool. */
const noLimit = -1;

function mixed(
  { instancesDistribution, overrides }: NonNullable<GracefulAutoScalingGroupArgs["mixedInstances"]>,
  template: GroupParts["launchTemplate"],
): aws.autoscaling.GroupArgs["mixedInstancesPolicy"] {
  return {
    instancesDistribution,
    launchTemplate: {
      launchTemplateSpecification: { launchTemplateId: template.id, version: template.version },
      overrides,
    },
  };
}
