import { validationError } from "../../errors";
import type { Group, Instance } from "../../autoScaling/model";
import type { AutoScaling } from "../../autoScaling/service";
import type { TextRules } from "../input";

export const groupName: TextRules = { max: 255 };
export const longGroupName: TextRules = { max: 1600 };
export const instanceId: TextRules = { max: 19 };

/** The group of a name. */
export function groupOf(service: AutoScaling, name: string): Group {
  const group = service.groups.get(name);
  if (group === undefined)
    throw validationError(`AutoScalingGroup name not found - AutoScalingGroup ${name} not found`);
  return group;
}

/** An instance of any group; undefined if no instance has that id. */
export function findInstance(service: AutoScaling, id: string): Instance | undefined {
  return [...service.groups.values()]
    .map((group) => group.instances.get(id))
    .find((one) => one !== undefined);
}

/** An instance of any group. */
export function instanceOf(service: AutoScaling, id: string): Instance {
  const instance = findInstance(service, id);
  if (instance === undefined)
    throw validationError(`Instance Id not found - No managed instance found for instance ID: ${id}`);
  return instance;
}
