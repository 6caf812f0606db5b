import { lifecycleTransitions } from "../../../contract";
import {
  defaultHeartbeatTimeout,
  globalTimeout,
  maxHeartbeatTimeout,
  shortestHeartbeatTimeout,
} from "../../../timing";
import { ServiceError, validationError } from "../../errors";
import type { Group } from "../../autoScaling/model";
import type { AutoScaling } from "../../autoScaling/service";
import type { HookSettings } from "../../world";
import type { Input, TextRules } from "../input";
import type { Operation, Output } from "../operation";
import { groupName, groupOf } from "./find";
import { onAll, onGroup } from "./permissions";

/** Default number of hooks that a group may have. */
const maxHooks = 50;

export const hookName: TextRules = { max: 255, pattern: /^[A-Za-z0-9\-_/]+$/ };

/** Calls on the hooks of a group. */
export function hookOperations(service: AutoScaling): Readonly<Record<string, Operation>> {
  return {
    DescribeLifecycleHooks: {
      requests: onAll("DescribeLifecycleHooks"),
      perform: (input) => {
        const group = groupOf(service, input.text("AutoScalingGroupName", groupName));
        const names = input.texts("LifecycleHookNames", { max: 50 });
        const wanted = [...group.hooks.values()].filter(
          ({ name }) => names.length === 0 || names.includes(name),
        );
        return { LifecycleHooks: wanted.map((hook) => describeHook(group, hook)) };
      },
    },

    PutLifecycleHook: {
      requests: onGroup(service, "PutLifecycleHook"),
      perform: (input) => {
        const group = groupOf(service, input.text("AutoScalingGroupName", groupName));
        service.putHook(group, hookOf(input, group));
        return {};
      },
    },

    DeleteLifecycleHook: {
      requests: onGroup(service, "DeleteLifecycleHook"),
      perform: (input) => {
        const group = groupOf(service, input.text("AutoScalingGroupName", groupName));
        const name = input.text("LifecycleHookName", hookName);
        if (!group.hooks.has(name)) throw validationError(`No Lifecycle Hook found: ${name}`);
        service.deleteHook(group, name);
        return {};
      },
    },
  };
}

/** PutLifecycleHook changes the settings that it names and keeps the rest. */
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
    heartbeatTimeout:
      input.optionalNumber("HeartbeatTimeout", shortestHeartbeatTimeout, maxHeartbeatTimeout) ??
      old?.heartbeatTimeout ??
      defaultHeartbeatTimeout,
    defaultResult,
    ...(target === undefined ? {} : { notificationTargetArn: target }),
    ...(roleArn === undefined ? {} : { roleArn }),
    ...(metadata === undefined ? {} : { notificationMetadata: metadata }),
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
    GlobalTimeout: globalTimeout(hook.heartbeatTimeout),
    DefaultResult: hook.defaultResult,
  };
}
