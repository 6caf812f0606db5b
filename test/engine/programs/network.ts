import * as aws from "@pulumi/aws";

/** The account's default VPC. */
const { id: vpcId } = aws.ec2.getVpcOutput({ default: true });

/** The network of the groups of these programs. */
export const network = {
  vpcId,
  subnetIds: aws.ec2.getSubnetsOutput({ filters: [{ name: "vpc-id", values: [vpcId] }] }).ids,
};
