import { groupMetrics } from "../../group/metrics";
import { id, matching, notEmpty, oneOf, wholeNumber } from "./kinds";
import type { ValueRules } from "./rule";

/** Percentages of a group that is being replaced. Source: Auto Scaling API, InstanceMaintenancePolicy. */
const healthy = {
  least: { cure: "Give the share of the group that has to stay in service." },
  most: { cure: "Give how far the group may grow while instances are replaced, 110 for a tenth." },
};

/** Rules for the arguments of a group, except its instances and its target group. */
export const groupValues: ValueRules = {
  vpcId: id("vpc", "VPC"),
  subnetIds: notEmpty("Name the subnets in which instances are launched."),
  "subnetIds[]": id("subnet", "subnet"),
  // Source: Auto Scaling API, CreateAutoScalingGroup.
  healthCheckType: matching(
    /^(EC2|EBS|ELB|VPC_LATTICE)(,(EC2|EBS|ELB|VPC_LATTICE))*$/,
    "EC2, ELB, EBS or VPC_LATTICE, or several of them with commas",
    "Leave it out: with target groups it is ELB, which replaces what the load balancer finds unhealthy.",
  ),
  healthCheckGracePeriod: wholeNumber(0, Infinity, {
    unit: "seconds",
    cure: "Give how long failed health checks of a new instance do not count.",
  }),
  "enabledMetrics[]": oneOf(groupMetrics),
  "instanceMaintenance.minHealthyPercentage": wholeNumber(0, 100, { also: -1, ...healthy.least }),
  "instanceMaintenance.maxHealthyPercentage": wholeNumber(100, 200, { also: -1, ...healthy.most }),
  "instanceRefresh.preferences.minHealthyPercentage": wholeNumber(0, 100, healthy.least),
  "instanceRefresh.preferences.maxHealthyPercentage": wholeNumber(100, 200, healthy.most),
  // Source: Auto Scaling API, InstancesDistribution.
  "mixedInstances.instancesDistribution.onDemandAllocationStrategy": oneOf(["prioritized", "lowest-price"]),
  "mixedInstances.instancesDistribution.onDemandBaseCapacity": wholeNumber(0, Infinity, {
    cure: "Give the number of instances that are On-Demand whatever the shares are.",
  }),
  "mixedInstances.instancesDistribution.onDemandPercentageAboveBaseCapacity": wholeNumber(0, 100, {
    cure: "Give the share of On-Demand instances, 0 for Spot instances only.",
  }),
  "mixedInstances.instancesDistribution.spotAllocationStrategy": oneOf([
    ...["price-capacity-optimized", "capacity-optimized", "capacity-optimized-prioritized", "lowest-price"],
  ]),
  // Source: Auto Scaling API, PutWarmPool.
  "warmPool.minSize": wholeNumber(0, Infinity, { cure: "Give the least number of instances in the pool." }),
  "warmPool.maxGroupPreparedCapacity": wholeNumber(0, Infinity, {
    also: -1,
    cure: "Give the most instances in pool and group together, or leave it out for maxSize.",
  }),
  "launchTemplate.id": id("lt", "launch template"),
  // Source: Auto Scaling API, LaunchTemplateSpecification.
  "launchTemplate.version": matching(
    /^(\$Latest|\$Default|\d+)$/,
    "a number in quotes, $Latest or $Default",
    "Give template.latestVersion.apply(String), or leave it out for $Default.",
  ),
};

/** Most bytes of user data before they are encoded. Source: EC2 API, RequestLaunchTemplateData. */
const maxUserDataSize = 16_384;

/** Rules for the arguments that describe instances. */
export const instanceValues: ValueRules = {
  "instance.instanceType": matching(
    /^[a-z0-9-]+\.[a-z0-9-]+$/,
    "an instance type, as in t4g.small",
    "Give family and size with a dot between them.",
  ),
  // Source: EC2 API, RequestLaunchTemplateData.
  "instance.imageId": matching(
    /^(ami-[\w-]+|resolve:ssm:.+)$/,
    "the id of an image, as in ami-0123456789abcdef0, or resolve:ssm: and the name of a parameter",
    "Give the id, or leave it out for Amazon Linux 2023.",
  ),
  "instance.userData": {
    allows: (value) => typeof value === "string" && Buffer.byteLength(value) <= maxUserDataSize,
    allowed: `at most ${maxUserDataSize} bytes, before they are encoded`,
    cure: "Put the bulk of it into the image, or into a bucket from which user data fetch it.",
  },
  "instance.securityGroupIds[]": id("sg", "security group"),
  "instance.rootVolumeSize": wholeNumber(1, Infinity, { unit: "GiB", cure: "Give the size in GiB." }),
  // Source: EC2 API, LaunchTemplateInstanceMetadataOptionsRequest.
  "instance.metadataOptions.httpTokens": oneOf(["required", "optional"]),
  "instance.metadataOptions.httpPutResponseHopLimit": wholeNumber(1, 64, {
    cure: "Take 2 where containers need the metadata service, else leave it out.",
  }),
};
