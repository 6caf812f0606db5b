import * as pulumi from "@pulumi/pulumi";
import { check, outside, type Violation } from "../../timing";
import type { GracefulAutoScalingGroupArgs } from "../arguments";
import { wrongLimit } from "../iam/limit";
import { formerHandler } from "../iam/rules";
import { planOf } from "../lifecycle/plan";
import { instanceConstraints } from "./instance";
import { instanceRefreshConstraints } from "./instanceRefresh";
import { lifecycleConstraints } from "./lifecycle";
import { nameConstraint } from "./name";
import { organisationConstraints } from "./organisation";
import { refuse, type Constraint } from "./refuse";

/** Name and arguments of a group, as far as they are not resources. */
export interface GroupGiven {
  readonly name: string;
  readonly args: Omit<GracefulAutoScalingGroupArgs, "vpcId" | "subnetIds">;
}

/** Longest name of a group: its target group is called after it, with a suffix, and takes 32 characters. */
const maxNameLength = 24;

/** What a group cannot be made of. Sizes that are known only later are checked by AWS. */
export const groupConstraints = {
  groupName: ({ name }) => nameConstraint(name, maxNameLength),
  instanceOrLaunchTemplate: ({ args: { instance, launchTemplate } }) =>
    (instance === undefined) === (launchTemplate === undefined)
      ? [
          {
            argument: "instance, launchTemplate",
            value: instance === undefined ? undefined : "both given",
            allowed: "exactly one of the two",
            cure: "Give instance, which may be {}, or a launch template of your own.",
          },
        ]
      : [],
  sizes: ({ args: { desiredCapacity, initialCapacity, maxSize, minSize } }) =>
    sizes(minSize, maxSize, { desiredCapacity, initialCapacity }),
  oneCapacity: ({ args: { desiredCapacity, initialCapacity } }) =>
    desiredCapacity === undefined || initialCapacity === undefined
      ? []
      : [
          {
            argument: "desiredCapacity, initialCapacity",
            value: "both given",
            allowed: "at most one of the two",
            cure: "Give initialCapacity where scaling policies change the number later, else desiredCapacity.",
          },
        ],
  port: ({ args: { targetGroup } }) =>
    outside(
      "targetGroup.port",
      targetGroup.port,
      { min: 1, max: 65_535 },
      "",
      "Give the port of the application.",
    ),
  formerHandlers: ({ args: { formerHandlers = [] } }) =>
    formerHandlers.flatMap((value, index) => wrongLimit(`formerHandlers[${index}]`, value, formerHandler)),
  ...instanceConstraints,
  ...instanceRefreshConstraints,
  ...lifecycleConstraints,
  ...organisationConstraints,
  times: ({ args }) => check(planOf(args, args.targetGroup.deregistrationDelay)),
} satisfies Record<string, Constraint<GroupGiven>>;

/**
 * Checks those arguments of instances that are outputs as soon as all of them are known, which an update waits for and a
 * preview may not. What is wrong fails the resource that takes the result.
 */
export function refuseOnceKnown(subject: string, args: GroupGiven["args"]): pulumi.Output<void> {
  const { instance, instanceRefresh, launchTemplate, mixedInstances } = args;
  return pulumi
    .output({
      // User data, security groups and policies are not looked at, and are often known last.
      instance: instance && {
        disableApiStop: instance.disableApiStop,
        disableApiTermination: instance.disableApiTermination,
        imageId: instance.imageId,
        instanceType: instance.instanceType,
        metadataOptions: instance.metadataOptions,
        rootDeviceName: instance.rootDeviceName,
        rootVolumeSize: instance.rootVolumeSize,
      },
      instanceRefresh,
      launchTemplate: launchTemplate && { id: "", version: launchTemplate.version },
      mixedInstances,
    })
    .apply((known) => {
      refuse(subject, { ...instanceConstraints, ...instanceRefreshConstraints }, { args: known });
    });
}

function sizes(
  minSize: unknown,
  maxSize: unknown,
  capacities: Readonly<Record<string, unknown>>,
): Violation[] {
  if (typeof minSize !== "number" || typeof maxSize !== "number") return [];
  const found: Violation[] = [];
  if (!Number.isInteger(minSize) || minSize < 0 || minSize > maxSize) {
    found.push({
      argument: "minSize",
      value: minSize,
      allowed: `a whole number from 0 to maxSize, which is ${maxSize}`,
      cure: "Lower it, or raise maxSize.",
    });
  }
  for (const [argument, value] of Object.entries(capacities)) {
    if (typeof value !== "number" || (value >= minSize && value <= maxSize)) continue;
    found.push({
      argument,
      value,
      allowed: `from minSize to maxSize, ${minSize} to ${maxSize}`,
      cure: "Leave it out to let scaling policies choose.",
    });
  }
  return found;
}
