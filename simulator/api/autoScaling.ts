import { lifecycleTransitions } from "../../contract";
import { ServiceError, validationError } from "../errors";
import type { Activity, Group, Instance } from "../autoScaling/model";
import type { AutoScaling } from "../autoScaling/service";
import type { HookSettings } from "../world";
import { page, type Input, type TextRules } from "./input";
import type { Operation, Output } from "./operation";

/** Default number of hooks that a group may have. */
const maxHooks = 50;

const groupName: TextRules = { max: 255 };
const longGroupName: TextRules = { max: 1600 };
const hookName: TextRules = { max: 255, pattern: /^[A-Za-z0-9\-_/]+$/ };
const instanceId: TextRules = { max: 19 };
const tokenRules: TextRules = { min: 36, max: 36 };

/** Calls of Auto Scaling that the box answers. */
export function autoScalingOperations(service: AutoScaling): Readonly<Record<string, Operation>> {
  const groupOf = (name: string): Group => {
    const group = service.groups.get(name);
    if (group === undefined)
      throw validationError(`AutoScalingGroup name not found - AutoScalingGroup ${name} not found`);
    return group;
  };
  const onGroup = (action: string) => (input: Input) => {
    const group = service.groups.get(input.text("AutoScalingGroupName", longGroupName));
    return [requestOn(action, group)];
  };
  const onInstance = (action: string) => (input: Input) => [
    requestOn(action, findInstance(service, input.text("InstanceId", instanceId))?.group),
  ];
  const onAll = (action: string) => () => [{ action: `autoscaling:${action}`, resource: "*" }];
  const instances = (input: Input) => [input.optionalText("InstanceId")].filter((id) => id !== undefined);

  const actionOf = (input: Input) => {
    const group = groupOf(input.text("AutoScalingGroupName", longGroupName));
    const hook = input.text("LifecycleHookName", hookName);
    const token = input.optionalText("LifecycleActionToken", tokenRules);
    const instance = input.optionalText("InstanceId", instanceId);
    if (token === undefined && instance === undefined) {
      throw validationError("Either LifecycleActionToken or InstanceId must be specified");
    }
    const found = service.findAction(group, hook, { token, instance });
    if (found) return found;
    const named = token === undefined ? `instance ID ${instance ?? ""}` : `token ${token}`;
    throw validationError(`No active Lifecycle Action found with ${named}`);
  };

  return {
    CompleteLifecycleAction: {
      instances,
      requests: onGroup("CompleteLifecycleAction"),
      perform: (input, caller) => {
        const result = input.text("LifecycleActionResult");
        if (result !== "CONTINUE" && result !== "ABANDON") {
          throw validationError("Lifecycle action result must be either CONTINUE or ABANDON");
        }
        const { action, instance } = actionOf(input);
        service.complete(instance, action, result, caller);
        return {};
      },
    },

    RecordLifecycleActionHeartbeat: {
      instances,
      requests: onGroup("RecordLifecycleActionHeartbeat"),
      perform: (input, caller) => {
        const { action, instance } = actionOf(input);
        service.extend(instance, action, caller);
        return {};
      },
    },

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

    DescribeLifecycleHooks: {
      requests: onAll("DescribeLifecycleHooks"),
      perform: (input) => {
        const group = groupOf(input.text("AutoScalingGroupName", groupName));
        const names = input.texts("LifecycleHookNames", { max: 50 });
        const wanted = [...group.hooks.values()].filter(
          ({ name }) => names.length === 0 || names.includes(name),
        );
        return { LifecycleHooks: wanted.map((hook) => describeHook(group, hook)) };
      },
    },

    DescribeScalingActivities: {
      requests: onAll("DescribeScalingActivities"),
      perform: (input) => {
        const group = groupOf(input.text("AutoScalingGroupName", groupName));
        const size = input.optionalNumber("MaxRecords", 1, 100) ?? 100;
        const newest = [...group.activities].reverse();
        const { items, next } = page(newest, size, input.optionalText("NextToken"), "InvalidNextToken");
        return { Activities: items.map((activity) => describeActivity(group, activity)), NextToken: next };
      },
    },

    PutLifecycleHook: {
      requests: onGroup("PutLifecycleHook"),
      perform: (input) => {
        const group = groupOf(input.text("AutoScalingGroupName", groupName));
        service.putHook(group, hookOf(input, group));
        return {};
      },
    },

    DeleteLifecycleHook: {
      requests: onGroup("DeleteLifecycleHook"),
      perform: (input) => {
        const group = groupOf(input.text("AutoScalingGroupName", groupName));
        const name = input.text("LifecycleHookName", hookName);
        if (!group.hooks.has(name)) throw validationError(`No Lifecycle Hook found: ${name}`);
        service.deleteHook(group, name);
        return {};
      },
    },

    SetDesiredCapacity: {
      requests: onGroup("SetDesiredCapacity"),
      perform: (input) => {
        const group = groupOf(input.text("AutoScalingGroupName", groupName));
        const desired = input.number("DesiredCapacity", 0, 100_000);
        const { maxSize, minSize } = group.settings;
        if (desired > maxSize) {
          throw validationError(
            `New SetDesiredCapacity value ${desired} is above max value ${maxSize} for the AutoScalingGroup.`,
          );
        }
        if (desired < minSize) {
          throw validationError(
            `New SetDesiredCapacity value ${desired} is below min value ${minSize} for the AutoScalingGroup.`,
          );
        }
        service.setDesired(group, desired);
        return {};
      },
    },

    SetInstanceHealth: {
      instances,
      requests: onInstance("SetInstanceHealth"),
      perform: (input) => {
        const instance = instanceOf(service, input.text("InstanceId", instanceId));
        const health = input.text("HealthStatus");
        if (health !== "Healthy" && health !== "Unhealthy")
          throw validationError("HealthStatus must be Healthy or Unhealthy");
        if (health === "Unhealthy") service.replaceUnhealthy(instance, "a user health-check");
        else instance.health = "Healthy";
        return {};
      },
    },

    TerminateInstanceInAutoScalingGroup: {
      instances,
      requests: onInstance("TerminateInstanceInAutoScalingGroup"),
      perform: (input) => {
        const instance = instanceOf(service, input.text("InstanceId", instanceId));
        const decrement = input.boolean("ShouldDecrementDesiredCapacity");
        if (decrement && instance.state === "Terminating:Retained") {
          throw validationError("ShouldDecrementDesiredCapacity cannot be true for a retained instance");
        }
        if (instance.state !== "InService" && instance.state !== "Terminating:Retained") {
          throw new ServiceError(
            "ScalingActivityInProgress",
            `Instance ${instance.id} is in state ${instance.state}`,
          );
        }
        service.terminateAtRequest(instance, decrement);
        return { Activity: describeActivity(instance.group, pendingActivity(instance)) };
      },
    },
  };
}

function requestOn(action: string, group: Group | undefined) {
  const tags = Object.entries(group?.tags ?? {});
  return {
    action: `autoscaling:${action}`,
    resource: group?.settings.arn ?? "*",
    context: Object.fromEntries(
      tags.flatMap(([key, value]) => [
        [`autoscaling:ResourceTag/${key}`, value],
        [`aws:ResourceTag/${key}`, value],
      ]),
    ),
  };
}

function findInstance(service: AutoScaling, id: string): Instance | undefined {
  return [...service.groups.values()]
    .map((group) => group.instances.get(id))
    .find((one) => one !== undefined);
}

function instanceOf(service: AutoScaling, id: string): Instance {
  const instance = findInstance(service, id);
  if (instance === undefined)
    throw validationError(`Instance Id not found - No managed instance found for instance ID: ${id}`);
  return instance;
}

/** A Put changes what it names and keeps the rest. */
function hookOf(input: Input, group: Group): HookSettings {
  const name = input.text("LifecycleHookName", hookName);
  const old = group.hooks.get(name);
  if (old === undefined && group.hooks.size >= maxHooks) {
    throw new ServiceError("LimitExceeded", `A group may have ${maxHooks} lifecycle hooks.`);
  }
  const lifecycleTransition = input.optionalText("LifecycleTransition") ?? old?.lifecycleTransition;
  if (lifecycleTransition === undefined) {
    throw validationError("Valid requests must contain LifecycleTransition when creating a lifecycle hook");
  }
  if (!Object.values<string>(lifecycleTransitions).includes(lifecycleTransition)) {
    throw validationError(`${lifecycleTransition} is not a lifecycle transition`);
  }
  const defaultResult = input.optionalText("DefaultResult") ?? old?.defaultResult ?? "ABANDON";
  if (defaultResult !== "CONTINUE" && defaultResult !== "ABANDON") {
    throw validationError("DefaultResult must be either CONTINUE or ABANDON");
  }
  const target =
    input.optionalText("NotificationTargetARN", { min: 0, max: 255 }) ?? old?.notificationTargetArn;
  const roleArn = input.optionalText("RoleARN", { max: 255 }) ?? old?.roleArn;
  const metadata =
    input.optionalText("NotificationMetadata", { max: 4000, pattern: /^[\t\n\r\x20-\x7e]+$/ }) ??
    old?.notificationMetadata;
  if (target && roleArn === undefined)
    throw validationError("RoleARN is required with a notification target");
  return {
    name,
    lifecycleTransition,
    heartbeatTimeout: input.optionalNumber("HeartbeatTimeout", 30, 7200) ?? old?.heartbeatTimeout ?? 3600,
    defaultResult,
    ...(target === undefined ? {} : { notificationTargetArn: target }),
    ...(roleArn === undefined ? {} : { roleArn }),
    ...(metadata === undefined ? {} : { notificationMetadata: metadata }),
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
    AvailabilityZones: ["us-east-1a"],
    HealthCheckType: "ELB",
    HealthCheckGracePeriod: 60,
    Instances: [...group.instances.values()].map(describeInstance),
    CreatedTime: new Date(0),
    Tags: Object.entries(group.tags).map(([Key, Value]) => ({
      ResourceId: settings.name,
      ResourceType: "auto-scaling-group",
      Key,
      Value,
      PropagateAtLaunch: Key in settings.instanceTags,
    })),
    NewInstancesProtectedFromScaleIn: false,
    MixedInstancesPolicy:
      settings.imageOverrides.length > 0
        ? { LaunchTemplate: { Overrides: settings.imageOverrides.map((ImageId) => ({ ImageId })) } }
        : undefined,
    InstanceLifecyclePolicy: {
      RetentionTriggers: { TerminateHookAbandon: settings.retains ? "retain" : "terminate" },
    },
  };
}

function describeInstance({ health, id, state }: Instance): Output {
  return {
    InstanceId: id,
    AvailabilityZone: "us-east-1a",
    LifecycleState: state,
    HealthStatus: health,
    ProtectedFromScaleIn: false,
  };
}

function describeHook({ settings }: Group, hook: HookSettings): Output {
  return {
    LifecycleHookName: hook.name,
    AutoScalingGroupName: settings.name,
    LifecycleTransition: hook.lifecycleTransition,
    NotificationTargetARN: hook.notificationTargetArn,
    RoleARN: hook.roleArn,
    NotificationMetadata: hook.notificationMetadata,
    HeartbeatTimeout: hook.heartbeatTimeout,
    GlobalTimeout: Math.min(172_800, 100 * hook.heartbeatTimeout),
    DefaultResult: hook.defaultResult,
  };
}

function describeActivity({ settings }: Group, activity: Activity): Output {
  return {
    ActivityId: activity.id,
    AutoScalingGroupName: settings.name,
    AutoScalingGroupARN: settings.arn,
    Description: activity.description,
    Cause: activity.cause,
    StartTime: new Date(activity.startTime),
    EndTime: activity.endTime === undefined ? undefined : new Date(activity.endTime),
    StatusCode: activity.statusCode,
    StatusMessage: activity.statusMessage === "" ? undefined : activity.statusMessage,
    Progress: activity.progress,
  };
}

/** The activity that a request starts a moment later. */
function pendingActivity(instance: Instance): Activity {
  return {
    id: instance.id,
    instance: instance.id,
    description: `Terminating EC2 instance: ${instance.id}`,
    cause: `instance ${instance.id} was taken out of service in response to a user request.`,
    startTime: 0,
    endTime: undefined,
    statusCode: "InProgress",
    statusMessage: "",
    progress: 0,
  };
}
