import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { OrganisationArgs } from "./arguments";

/** A role that one AWS service may assume. */
export function createRole(
  name: string,
  service: string,
  description: string,
  { permissionsBoundary, rolePath, tags }: OrganisationArgs,
  opts: pulumi.CustomResourceOptions,
): aws.iam.Role {
  return new aws.iam.Role(
    name,
    {
      description,
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
      }),
      path: rolePath,
      permissionsBoundary,
      tags,
    },
    opts,
  );
}
