// @ts-nocheck
import * as aws from "@pulumi/aws";

/** The account's default VPC. */
const { id: vpcId } = aws.ec2.getVpcOutput({ default: true });

/** Where a group of these programs lives. */
export const network = {
  vpcId,
  subnetIds: aws.ec2.getSubnetsOutput({ filters: [{ name: "vpc-id", values: [vpcId] }] }).ids,
};
