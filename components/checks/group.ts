import * as pulumi from "@pulumi/pulumi";
import { check, type Violation } from "../../timing";
import type { GracefulAutoScalingGroupArgs } from "../arguments";
import { wrongLimit } from "../iam/limit";
import { formerHandler } from "../iam/rules";
import { targetGroupTimes } from "../lifecycle/targetGroupTimes";
import { planOf } from "../lifecycle/transitions";
import { shapeViolations } from "../shape";
import { busyChecks } from "./busyInstances";
import { instanceChecks } from "./instance";
import { instanceRefreshChecks } from "./instanceRefresh";
import { lifecycleChecks } from "./lifecycle";
import { checkName } from "./name";
import { organisationChecks } from "./organisation";
import { InvalidArguments, refuse, type ArgumentCheck } from "./refuse";
import { targetGroupChecks } from "./targetGroup";
import { groupValues, targetGroupValues, valueViolations } from "./values";
import { warmPoolChecks } from "./warmPool";

/** Name and arguments of a group. */
export interface GroupGiven {
  readonly name: string;
  readonly args: GracefulAutoScalingGroupArgs;
}

/** Longest name of a group: its target group is called after it, with a suffix, and takes 32 characters. */
const maxNameLength = 24;

/** Checks of name and arguments of a group. AWS checks sizes that are known only later. */
export const groupChecks = {
  groupName: ({ name }) => checkName(name, maxNameLength),
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
  formerHandlers: ({ args: { formerHandlers = [] } }) =>
    formerHandlers.flatMap((value, index) => wrongLimit(`formerHandlers[${index}]`, value, formerHandler)),
  ...busyChecks,
  ...instanceChecks,
  ...instanceRefreshChecks,
  ...targetGroupChecks,
  ...warmPoolChecks,
  groupValues: ({ args }) => valueViolations({ ...groupValues, ...targetGroupValues }, args),
  ...lifecycleChecks,
  ...organisationChecks,
  times: ({ args }) => check(planOf(args, targetGroupTimes(args))),
} satisfies Record<string, ArgumentCheck<GroupGiven>>;

/**
 * Checks arguments of instances that are outputs as soon as all of them are known: an update waits for that, a preview
 * may not. A violation fails the resource that takes the result.
 */
export function refuseOnceKnown(subject: string, args: GroupGiven["args"]): pulumi.Output<void> {
  const { instance, instanceRefresh, launchTemplate, mixedInstances, spot, warmPool } = args;
  return pulumi
    .output({
      // User data, security groups and policies are not checked here, and are often known last.
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
      const shape = shapeViolations("GracefulAutoScalingGroup", {
        ...args,
        ...known,
        instance: instance && { ...instance, ...known.instance },
      });
      if (shape.length > 0) throw new InvalidArguments(subject, shape);
      refuse(
        subject,
        { ...instanceChecks, ...instanceRefreshChecks, ...warmPoolChecks },
        { args: { ...known, spot, warmPool } },
      );
    });
}

function sizes(
  minSize: unknown,
  maxSize: unknown,
  capacities: Readonly<Record<string, unknown>>,
): Violation[] {
  const isNumber = (value: unknown) => typeof value === "number";
  const most = isNumber(maxSize) && isWhole(maxSize) ? maxSize : undefined;
  const least = isNumber(minSize) && isWhole(minSize) ? minSize : undefined;
  const found: Violation[] = [];
  if (isNumber(maxSize) && most === undefined) {
    found.push({
      argument: "maxSize",
      value: maxSize,
      allowed: "a whole number, 0 or more",
      cure: "Give the greatest number of instances.",
    });
  }
  if (isNumber(minSize) && (least === undefined || least > (most ?? Infinity))) {
    found.push({
      argument: "minSize",
      value: minSize,
      allowed:
        most === undefined
          ? "a whole number, 0 or more"
          : `a whole number from 0 to maxSize, which is ${most}`,
      cure: most === undefined ? "Give the least number of instances." : "Lower it, or raise maxSize.",
    });
  }
  for (const [argument, value] of Object.entries(capacities)) {
    if (!isNumber(value) || (isWhole(value) && value >= (least ?? 0) && value <= (most ?? Infinity)))
      continue;
    found.push({
      argument,
      value,
      allowed:
        least === undefined || most === undefined
          ? "a whole number from minSize to maxSize"
          : `a whole number from minSize to maxSize, ${least} to ${most}`,
      cure: "Leave it out to let scaling policies choose.",
    });
  }
  return found;
}

function isWhole(value: number): boolean {
  return Number.isInteger(value) && value >= 0;
}
