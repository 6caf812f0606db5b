import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { CheckedOrganisation } from "./iam/organisation";
import { trustPolicy } from "./iam/statement";

/** A role that one AWS service may assume. */
export function createRole(
  name: string,
  service: string,
  description: string,
  { permissionsBoundary, rolePath, tags }: CheckedOrganisation,
  opts: pulumi.CustomResourceOptions,
): aws.iam.Role {
  return new aws.iam.Role(
    name,
    {
      description,
      assumeRolePolicy: trustPolicy(service),
      path: rolePath,
      permissionsBoundary,
      tags,
    },
    opts,
  );
}
