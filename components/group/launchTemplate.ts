import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { PoolState } from "../../contract";
import type { InstanceArgs } from "../arguments";
import { placeOf } from "../arn";
import type { Limit } from "../iam/limit";
import type { CheckedOrganisation } from "../iam/organisation";
import { pattern, policyDocument } from "../iam/statement";
import { createRole } from "../role";
import { architectureOf, defaultInstanceType } from "./architecture";
import { rootVolume } from "./rootVolume";

/** A launch template, and resources that have to exist before SSM can reach its instances. */
export interface LaunchTemplate {
  readonly id: pulumi.Output<string>;
  readonly version: pulumi.Output<string>;
  readonly template: aws.ec2.LaunchTemplate;
  /** The role of the instances. */
  readonly role: aws.iam.Role;
  readonly prerequisites: readonly pulumi.Resource[];
}

/** What other arguments of a group ask of its instances. */
export interface InstanceNeeds {
  /** Log group to which their agents send the output of scripts; undefined if they send none. */
  readonly scriptLogGroupArn: pulumi.Output<Limit> | undefined;
  /** The state of the warm pool. */
  readonly poolState: PoolState | undefined;
}

/** Makes a launch template whose instances the SSM agent can serve. */
export function createLaunchTemplate(
  name: string,
  instance: InstanceArgs,
  { poolState, scriptLogGroupArn }: InstanceNeeds,
  args: CheckedOrganisation,
  opts: pulumi.CustomResourceOptions,
): LaunchTemplate {
  const { role, profile, prerequisites } = createInstanceRole(name, instance, scriptLogGroupArn, args, opts);
  const instanceType = instance.instanceType ?? defaultInstanceType;
  const template = new aws.ec2.LaunchTemplate(
    name,
    {
      updateDefaultVersion: true,
      instanceType,
      imageId: instance.imageId ?? pulumi.output(instanceType).apply(amazonLinux),
      userData: instance.userData && pulumi.output(instance.userData).apply(toBase64),
      keyName: instance.keyName,
      vpcSecurityGroupIds: instance.securityGroupIds,
      iamInstanceProfile: { arn: profile.arn },
      metadataOptions: pulumi.output(instance.metadataOptions).apply(metadataOptions),
      blockDeviceMappings: rootVolume(instance),
      disableApiTermination: instance.disableApiTermination,
      disableApiStop: instance.disableApiStop,
      hibernationOptions: poolState === PoolState.Hibernated ? { configured: true } : undefined,
      tagSpecifications:
        args.tags && ["instance", "volume"].map((resourceType) => ({ resourceType, tags: args.tags })),
      tags: args.tags,
    },
    opts,
  );
  return {
    id: template.id,
    version: template.latestVersion.apply(String),
    template,
    role,
    prerequisites: [...prerequisites, profile],
  };
}

/** Running instances need the role that they were launched with, and a new path would make a new role. */
const keepPath = { ignoreChanges: ["path"] };

function createInstanceRole(
  name: string,
  { managedPolicyArns = [] }: InstanceArgs,
  scriptLogGroupArn: pulumi.Output<Limit> | undefined,
  args: CheckedOrganisation,
  opts: pulumi.CustomResourceOptions,
) {
  const role = createRole(
    `${name}-instance`,
    "ec2.amazonaws.com",
    "Lets the SSM agent of the instances work.",
    args,
    { ...opts, ...keepPath },
  );
  const ssmCore = role.arn.apply(
    (arn) => `arn:${placeOf(arn).partition}:iam::aws:policy/AmazonSSMManagedInstanceCore`,
  );
  const attachments = [ssmCore, ...managedPolicyArns].map(
    (policyArn, index) =>
      new aws.iam.RolePolicyAttachment(
        index === 0 ? `${name}-instance` : `${name}-instance-${index}`,
        { role: role.name, policyArn },
        opts,
      ),
  );
  const logs =
    scriptLogGroupArn &&
    new aws.iam.RolePolicy(
      `${name}-instance-logs`,
      { role: role.id, policy: scriptOutputPolicy(scriptLogGroupArn) },
      opts,
    );
  const profile = new aws.iam.InstanceProfile(
    `${name}-instance`,
    { role: role.name, path: args.rolePath, tags: args.tags },
    { ...opts, ...keepPath },
  );
  return { role, profile, prerequisites: [...attachments, ...(logs ? [logs] : [])] };
}

/** Permissions that the agent needs to send the output of scripts to CloudWatch Logs. */
function scriptOutputPolicy(logGroupArn: pulumi.Output<Limit>): pulumi.Output<string> {
  return policyDocument([
    {
      Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      Resource: [logGroupArn, pattern`${logGroupArn}:*`],
    },
    { Action: "logs:DescribeLogGroups", Resource: "*" },
  ]);
}

/** The public parameter of the latest Amazon Linux 2023; EC2 looks it up at each launch, not Pulumi at each change. */
function amazonLinux(instanceType: string): string {
  return `resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-${architectureOf(instanceType)}`;
}

/** IMDSv2 only, and out of reach of containers, unless the user says otherwise. */
function metadataOptions(
  given: pulumi.Unwrap<InstanceArgs["metadataOptions"]>,
): aws.types.input.ec2.LaunchTemplateMetadataOptions {
  return {
    ...given,
    httpEndpoint: given?.httpEndpoint ?? "enabled",
    httpTokens: given?.httpTokens ?? "required",
    httpPutResponseHopLimit: given?.httpPutResponseHopLimit ?? 1,
  };
}

function toBase64(text: string): string {
  return Buffer.from(text).toString("base64");
}
