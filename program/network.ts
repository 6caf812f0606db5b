import * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";
import type { Settings } from "./settings";

/** Where the stack lives. */
export interface Network {
  readonly vpcId: pulumi.Output<string>;
  readonly subnetIds: pulumi.Output<string[]>;
}

/** The given VPC and subnets, or the public part of the account's default VPC. */
export function findNetwork(given: Settings["network"]): Network {
  if (given) return { vpcId: pulumi.output(given.vpcId), subnetIds: pulumi.output(given.subnetIds) };
  const { publicSubnetIds, vpcId } = new awsx.ec2.DefaultVpc("default-vpc");
  return { vpcId, subnetIds: publicSubnetIds };
}
