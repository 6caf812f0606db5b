import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { policyDocument } from "../iam/statement";

/**
 * Lets a function have network interfaces in a VPC. Lambda checks the role when it makes the function, so the policy is
 * made before the function; Lambda deletes the interfaces with the function, so the policy is deleted after the
 * function. The actions take no resources that could be named beforehand. Source: the managed policy
 * AWSLambdaVPCAccessExecutionRole.
 */
export function allowNetworkInterfaces(
  name: string,
  role: pulumi.Input<string>,
  opts: pulumi.CustomResourceOptions,
): aws.iam.RolePolicy {
  return new aws.iam.RolePolicy(
    `${name}-network`,
    {
      role,
      policy: policyDocument([
        {
          Action: [
            "ec2:AssignPrivateIpAddresses",
            "ec2:CreateNetworkInterface",
            "ec2:DeleteNetworkInterface",
            "ec2:DescribeNetworkInterfaces",
            "ec2:DescribeSubnets",
            "ec2:UnassignPrivateIpAddresses",
          ],
          Resource: "*",
        },
      ]),
    },
    opts,
  );
}
