import { validationError } from "../../errors";
import { isInPool, type Group, type Instance } from "../../autoScaling/model";
import { groupName, groupOf } from "./find";
import type { AutoScaling } from "../../autoScaling/service";
import type { GroupSettings, TemplateVersion } from "../../world";
import { page } from "../input";
import type { Operation, Output } from "../operation";
import { onAll } from "./permissions";

/** Calls that describe groups and instances. */
export function groupOperations(service: AutoScaling): Readonly<Record<string, Operation>> {
  return {
    DescribeAutoScalingGroups: {
      requests: onAll("DescribeAutoScalingGroups"),
      perform: (input) => {
        const names = input.texts("AutoScalingGroupNames");
        const filters = input
          .inputs("Filters")
          .map((filter) => ({ name: filter.text("Name"), values: filter.texts("Values") }));
        const size = input.optionalNumber("MaxRecords", 1, 100) ?? 50;
        const wanted = [...service.groups.values()].filter(
          ({ settings, tags }) =>
            (names.length === 0 || names.includes(settings.name)) &&
            filters.every((filter) => hasTag(tags, filter)),
        );
        const { items, next } = page(wanted, size, input.optionalText("NextToken"), "InvalidNextToken");
        return { AutoScalingGroups: items.map(describeGroup), NextToken: next };
      },
    },

    DescribeWarmPool: {
      requests: onAll("DescribeWarmPool"),
      perform: (input) => {
        const group = groupOf(service, input.text("AutoScalingGroupName", groupName));
        const size = input.optionalNumber("MaxRecords", 1, 50) ?? 50;
        const pooled = [...group.instances.values()].filter(isInPool);
        const { items, next } = page(pooled, size, input.optionalText("NextToken"), "InvalidNextToken");
        return {
          WarmPoolConfiguration: describePool(group),
          Instances: items.map(describeInstance),
          NextToken: next,
        };
      },
    },

    DescribeAutoScalingInstances: {
      instances: (input) => input.texts("InstanceIds"),
      requests: onAll("DescribeAutoScalingInstances"),
      perform: (input) => {
        const ids = input.texts("InstanceIds", { pattern: /^.{1,19}$/ });
        if (ids.length > 50)
          throw validationError("The number of instance ids that may be passed in is limited to 50");
        const size = input.optionalNumber("MaxRecords", 1, 50) ?? 50;
        const all = [...service.groups.values()].flatMap((group) => [...group.instances.values()]);
        const wanted = ids.length === 0 ? all : all.filter(({ id }) => ids.includes(id));
        const { items, next } = page(wanted, size, input.optionalText("NextToken"), "InvalidNextToken");
        return {
          AutoScalingInstances: items.map((instance) => ({
            ...describeInstance(instance),
            AutoScalingGroupName: instance.group.settings.name,
          })),
          NextToken: next,
        };
      },
    },
  };
}

/** Filters by tag: `tag:KEY` with values, `tag-key`, `tag-value`. */
function hasTag(
  tags: Readonly<Record<string, string>>,
  { name, values }: { readonly name: string; readonly values: readonly string[] },
): boolean {
  if (name === "tag-key") return Object.keys(tags).some((key) => values.includes(key));
  if (name === "tag-value") return Object.values(tags).some((value) => values.includes(value));
  if (!name.startsWith("tag:"))
    throw validationError(
      `Filter type ${name} is not correct. Allowed Filter types are: tag-key tag-value tag:<key>`,
    );
  return values.includes(tags[name.slice("tag:".length)] ?? "");
}

function describeGroup(group: Group): Output {
  const { settings } = group;
  return {
    AutoScalingGroupName: settings.name,
    AutoScalingGroupARN: settings.arn,
    MinSize: settings.minSize,
    MaxSize: settings.maxSize,
    DesiredCapacity: group.desired,
    DefaultCooldown: 300,
    AvailabilityZones: settings.zones,
    HealthCheckType: "ELB",
    HealthCheckGracePeriod: 60,
    // Observed: the list leaves out the instances of the warm pool, which DescribeAutoScalingInstances shows.
    Instances: [...group.instances.values()].filter((one) => !isInPool(one)).map(describeInstance),
    WarmPoolConfiguration: describePool(group),
    WarmPoolSize:
      group.warmPool === undefined ? undefined : [...group.instances.values()].filter(isInPool).length,
    CreatedTime: new Date(0),
    Tags: Object.entries(group.tags).map(([Key, Value]) => ({
      ResourceId: settings.name,
      ResourceType: "auto-scaling-group",
      Key,
      Value,
      PropagateAtLaunch: Key in settings.instanceTags,
    })),
    TerminationPolicies: settings.terminationPolicies.length > 0 ? settings.terminationPolicies : ["Default"],
    NewInstancesProtectedFromScaleIn: false,
    CapacityRebalance: settings.capacityRebalance,
    SuspendedProcesses: [...group.suspended].map((ProcessName) => ({ ProcessName })),
    TargetGroupARNs: settings.targetGroupArns,
    TrafficSources: settings.targetGroupArns.map((Identifier) => ({ Identifier, Type: "elbv2" })),
    ...describeLaunch(settings),
    InstanceLifecyclePolicy: {
      RetentionTriggers: { TerminateHookAbandon: settings.retains ? "retain" : "terminate" },
    },
  };
}

/** From what the group launches its instances. */
function describeLaunch({ imageOverrides, launch: { configuration, mixed, template } }: GroupSettings): Output {
  const version = (one: TemplateVersion) => ({ LaunchTemplateId: one.id, Version: one.version });
  const overrides = imageOverrides.map((ImageId) => ({ ImageId }));
  return {
    LaunchConfigurationName: configuration,
    LaunchTemplate: template && version(template),
    MixedInstancesPolicy:
      mixed === undefined && overrides.length === 0
        ? undefined
        : {
            LaunchTemplate: {
              LaunchTemplateSpecification: mixed && version(mixed.template),
              Overrides: overrides,
            },
            InstancesDistribution: mixed && {
              OnDemandBaseCapacity: mixed.onDemandBaseCapacity,
              OnDemandPercentageAboveBaseCapacity: mixed.onDemandPercentageAboveBaseCapacity,
            },
          },
  };
}

/** Without a pool that is left to describe there is no configuration; a pool that is deleted has one to its end. */
function describePool({ instances, warmPool }: Group): Output | undefined {
  if (warmPool === undefined)
    return [...instances.values()].some(isInPool) ? { Status: "PendingDelete" } : undefined;
  const { maxGroupPreparedCapacity, minSize, poolState, reuseOnScaleIn } = warmPool;
  return {
    MaxGroupPreparedCapacity: maxGroupPreparedCapacity,
    MinSize: minSize,
    PoolState: poolState,
    InstanceReusePolicy: { ReuseOnScaleIn: reuseOnScaleIn },
  };
}

function describeInstance({ health, id, isProtected, state, zone }: Instance): Output {
  return {
    InstanceId: id,
    AvailabilityZone: zone,
    LifecycleState: state,
    HealthStatus: health,
    ProtectedFromScaleIn: isProtected,
  };
}
