import type { Group } from "../../autoScaling/model";
import type { AutoScaling } from "../../autoScaling/service";
import type { Input } from "../input";
import { findInstance, instanceId, longGroupName } from "./find";

/** The IAM request of a call on the group that it names. */
export function onGroup(service: AutoScaling, action: string) {
  return (input: Input) => [
    requestOn(action, service.groups.get(input.text("AutoScalingGroupName", longGroupName))),
  ];
}

/** The IAM request of a call on the group of the instance that it names. */
export function onInstance(service: AutoScaling, action: string) {
  return (input: Input) => [
    requestOn(action, findInstance(service, input.text("InstanceId", instanceId))?.group),
  ];
}

/** The IAM request of a call that cannot be limited to a group. */
export function onAll(action: string) {
  return () => [{ action: `autoscaling:${action}`, resource: "*" }];
}

/** Instances that a call names. */
export function instancesIn(input: Input): string[] {
  return [input.optionalText("InstanceId")].filter((id) => id !== undefined);
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
