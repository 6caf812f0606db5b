import * as aws from "@pulumi/aws";
import { group, hooked, image, type Kind } from "./make";

/** A group that is launched from a launch configuration. */
function configured(part: string, heartbeatTimeout: number, spotPrice?: string) {
  const { name } = new aws.ec2.LaunchConfiguration(part, { ...image, spotPrice });
  hooked(part, { heartbeatTimeout }, { launchConfiguration: name });
}

function simplePolicy(part: string, { name }: aws.autoscaling.Group, policyType?: string) {
  new aws.autoscaling.Policy(`${part}_policy`, {
    autoscalingGroupName: name,
    adjustmentType: "ChangeInCapacity",
    scalingAdjustment: 1,
    cooldown: 300,
    ...(policyType === undefined ? {} : { policyType }),
  });
}

/** How groups scale and what they launch. */
export const scaling: Kind = {
  right: {
    "quick-spot": (part) => {
      configured(part, 60, "0.01");
    },
    "target-tracking": (part) => {
      new aws.autoscaling.Policy(`${part}_policy`, {
        autoscalingGroupName: hooked(part).name,
        policyType: "TargetTrackingScaling",
        targetTrackingConfiguration: {
          predefinedMetricSpecification: { predefinedMetricType: "ASGAverageCPUUtilization" },
          targetValue: 50,
        },
      });
    },
    "simple-without-hook": (part) => {
      const tags = [{ key: "AmazonECSManaged", value: "true", propagateAtLaunch: true }];
      simplePolicy(part, group(part, { tags }), "SimpleScaling");
    },
  },
  wrong: {
    "slow-spot": (part) => {
      configured(part, 300, "0.01");
    },
    configuration: (part) => {
      configured(part, 300);
    },
    "simple-scaling": (part) => {
      simplePolicy(part, hooked(part), "SimpleScaling");
    },
    "simple-by-default": (part) => {
      simplePolicy(part, hooked(part));
    },
  },
};
