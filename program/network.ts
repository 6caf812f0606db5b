import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";
import type { Settings } from "./settings";
import { subnetsForType } from "./zones";

/** The network in which the stack lives. */
export interface Network {
  readonly vpcId: pulumi.Output<string>;
  readonly subnetIds: pulumi.Output<string[]>;
}

/**
 * The given VPC and subnets, or the account's default VPC and its public subnets in zones that have the instance type.
 */
export function findNetwork({
  instanceType,
  network: given,
}: Pick<Settings, "instanceType" | "network">): Network {
  if (given) return { vpcId: pulumi.output(given.vpcId), subnetIds: pulumi.output(given.subnetIds) };
  const { publicSubnetIds, vpcId } = new awsx.ec2.DefaultVpc("default-vpc");
  const offerings = aws.ec2.getInstanceTypeOfferingsOutput({
    locationType: "availability-zone-id",
    filters: [{ name: "instance-type", values: [instanceType] }],
  });
  const subnets = publicSubnetIds.apply((ids) => Promise.all(ids.map((id) => aws.ec2.getSubnet({ id }))));
  const subnetIds = pulumi
    .all([subnets, offerings.locations])
    .apply(([all, zones]) => subnetsForType(all, zones, instanceType));
  return { vpcId, subnetIds };
}
