import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { GracefulAutoScalingGroup, type GracefulAutoScalingGroupArgs } from "../../../components";
import { network } from "./network";

/** A group whose warm pool is a setting. The handler is elsewhere, which saves time. */
const config = new pulumi.Config();
const template = new aws.ec2.LaunchTemplate("instances", {
  imageId: "ami-12c6146b",
  instanceType: "t3.micro",
});
const warmPool = config.getObject<GracefulAutoScalingGroupArgs["warmPool"]>("warmPool");

export const { groupName } = new GracefulAutoScalingGroup("pooled", {
  ...network,
  launchTemplate: { id: template.id, version: "1" },
  minSize: 1,
  maxSize: 3,
  targetGroup: { port: 8080, deregistrationDelay: 0 },
  terminate: { script: "systemctl stop application", timeout: 60 },
  launch: { script: "systemctl is-active application", timeout: 60 },
  handler: {
    name: "shared",
    topicArn: "arn:aws:sns:us-east-1:123456789012:shared",
    notificationRoleArn: "arn:aws:iam::123456789012:role/shared",
    functionRoleName: "shared",
    scriptLogGroupArn: "arn:aws:logs:us-east-1:123456789012:log-group:shared",
  },
  transport: "eventbridge",
  ...(warmPool ? { warmPool } : {}),
});
