// @ts-nocheck
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { GracefulAutoScalingGroup } from "../../../components";
import { network } from "./network";

/** A group whose callback uses a package, a secret, a VPC, and a queue that it is granted. */
const sessions = new aws.sqs.Queue("sessions");
const securityGroup = new aws.ec2.SecurityGroup("callback", { vpcId: network.vpcId });

const web = new GracefulAutoScalingGroup("web", {
  ...network,
  instance: {},
  minSize: 1,
  maxSize: 1,
  targetGroup: { port: 8080, deregistrationDelay: 0 },
  terminate: { script: "systemctl stop application", timeout: 120, sessions: { maxWait: 600 } },
  environment: { SESSIONS: sessions.url, PASSWORD: new pulumi.Config().requireSecret("password") },
  vpc: { subnetIds: network.subnetIds, securityGroupIds: [securityGroup.id] },
  isBusy: ({ groupName }) => {
    const busy = parse(`groups: [${process.env["PASSWORD"] === undefined ? "" : groupName}]`) as {
      groups: string[];
    };
    return Promise.resolve(busy.groups.includes(groupName));
  },
});

new aws.iam.RolePolicy("sessions", {
  role: web.functionRoleName,
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "sqs:GetQueueAttributes", Resource: sessions.arn }],
  }),
});
