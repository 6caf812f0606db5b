import type { Violation } from "../../timing";
import type { GracefulAutoScalingGroupArgs } from "../arguments";
import { architectureOf, defaultInstanceType } from "../group/architecture";
import { amazonLinuxRootDevice } from "../group/rootVolume";
import { wrongLimitIfKnown } from "../iam/limit";
import { managedPolicyArn } from "../iam/rules";
import { known } from "./known";
import type { ArgumentCheck } from "./refuse";
import { instanceValues, valueViolations } from "./values";

/** The arguments that decide how instances come up. */
export interface InstanceGiven {
  readonly args: Pick<GracefulAutoScalingGroupArgs, "instance" | "mixedInstances">;
}

/** Checks of the arguments of instances. Outputs are checked when they are known. */
export const instanceChecks = {
  instanceValues: ({ args }) => valueViolations(instanceValues, args),
  managedPolicies: ({ args: { instance } }) =>
    (known(instance?.managedPolicyArns) ?? []).flatMap((arn, index) =>
      wrongLimitIfKnown(`instance.managedPolicyArns[${index}]`, arn, managedPolicyArn),
    ),
  rootDevice: ({ args: { instance = {} } }) => {
    const { imageId, rootDeviceName, rootVolumeSize } = instance;
    if (imageId !== undefined && rootDeviceName === undefined && rootVolumeSize !== undefined) {
      return [
        {
          argument: "instance.rootDeviceName",
          value: undefined,
          allowed: "given along with rootVolumeSize of an image of your own",
          cure: "Give the image's root device: /dev/sda1 for Ubuntu, Debian, RHEL and Windows, /dev/xvda for Amazon Linux.",
        },
      ];
    }
    const device = known(rootDeviceName);
    return imageId === undefined && device !== undefined && device !== amazonLinuxRootDevice
      ? [
          {
            argument: "instance.rootDeviceName",
            value: device,
            allowed: `${amazonLinuxRootDevice}, as Amazon Linux has it, unless imageId is given`,
            cure: "Leave it out, or give the image that it belongs to.",
          },
        ]
      : [];
  },
  metadataEndpoint: ({ args: { instance } }) => {
    const endpoint = known(known(instance?.metadataOptions)?.httpEndpoint);
    return endpoint !== undefined && endpoint !== "enabled"
      ? [
          {
            argument: "instance.metadataOptions.httpEndpoint",
            value: endpoint,
            allowed: "enabled: the SSM agent gets its credentials there",
            cure: "Leave it out; httpTokens are required already.",
          },
        ]
      : [];
  },
  spotProtection: ({ args: { instance = {}, mixedInstances } }) => {
    const onDemandShare = known(
      known(mixedInstances?.instancesDistribution)?.onDemandPercentageAboveBaseCapacity,
    );
    if (onDemandShare === undefined || onDemandShare >= 100) return [];
    return (["disableApiTermination", "disableApiStop"] as const).flatMap((argument) =>
      known(instance[argument]) === true
        ? [
            {
              argument: `instance.${argument}`,
              value: true,
              allowed: "false where the group has Spot instances, which EC2 protects from neither",
              cure: "Leave it out, or set onDemandPercentageAboveBaseCapacity to 100.",
            },
          ]
        : [],
    );
  },
  architecture: ({ args }) => {
    const [first, ...others] = instanceTypes(args);
    if (first === undefined) return [];
    const architecture = architectureOf(first.type);
    return others
      .filter(({ type }) => architectureOf(type) !== architecture)
      .map(({ argument, type }): Violation => ({
        argument,
        value: type,
        allowed: `an ${architecture} type, as ${first.type} of ${first.argument} is: they boot the same image`,
        cure: "Give types of one architecture, or the override a launchTemplateSpecification with an image of its own.",
      }));
  },
} satisfies Record<string, ArgumentCheck<InstanceGiven>>;

/** An instance type and the argument that names it. */
interface NamedType {
  readonly argument: string;
  readonly type: string;
}

/**
 * All instance types that boot the same image, as far as they are known; first the type that chose the image, if any.
 */
function instanceTypes({ instance, mixedInstances }: InstanceGiven["args"]): NamedType[] {
  // The overrides replace the type of the launch template, so the template's type counts only where it has chosen the
  // image.
  const choosing =
    instance !== undefined && instance.imageId === undefined
      ? [{ argument: "instance.instanceType", type: known(instance.instanceType ?? defaultInstanceType) }]
      : [];
  const overrides = (known(mixedInstances?.overrides) ?? []).map((given, index) => {
    const override = known(given);
    return {
      argument: `mixedInstances.overrides[${index}].instanceType`,
      type: override?.launchTemplateSpecification === undefined ? known(override?.instanceType) : undefined,
    };
  });
  return [...choosing, ...overrides].flatMap(({ argument, type }) =>
    type === undefined ? [] : [{ argument, type }],
  );
}
