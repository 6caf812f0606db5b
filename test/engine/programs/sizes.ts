import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";
import { GracefulAutoScalingGroup, type GracefulAutoScalingGroupArgs } from "../../../components";
import { network } from "./network";

/** Groups that differ in the arguments for their number of instances. The handler is elsewhere, which saves time. */
const config = new pulumi.Config();
const template = new aws.ec2.LaunchTemplate("instances", {
  imageId: "ami-12c6146b",
  instanceType: "t3.micro",
});

function group(name: string, args: Partial<GracefulAutoScalingGroupArgs>): GracefulAutoScalingGroup {
  return new GracefulAutoScalingGroup(name, {
    ...network,
    launchTemplate: { id: template.id, version: "1" },
    minSize: config.requireNumber("minSize"),
    maxSize: config.requireNumber("maxSize"),
    targetGroup: { port: 8080, deregistrationDelay: 0 },
    terminate: { script: "systemctl stop application", timeout: 60 },
    handler: {
      name: "shared",
      topicArn: "arn:aws:sns:us-east-1:123456789012:shared",
      notificationRoleArn: "arn:aws:iam::123456789012:role/shared",
      functionRoleName: "shared",
      scriptLogGroupArn: "arn:aws:logs:us-east-1:123456789012:log-group:shared",
    },
    transport: "eventbridge",
    ...args,
  });
}

const free = group("free", {
  // A component of another plugin, whose children are not known here.
  listeners: (targetGroupArn) =>
    new awsx.lb.ApplicationLoadBalancer("free", {
      subnetIds: network.subnetIds,
      listener: { port: 80, defaultActions: [{ type: "forward", targetGroupArn }] },
    }),
});
const initial = group("initial", { initialCapacity: 2 });
const fixed = group("fixed", { desiredCapacity: 2 });
const waiting = group("waiting", { minSize: 1, maxSize: 1, waitForCapacity: true });

/** Names of the groups. */
export const names = {
  free: free.groupName,
  initial: initial.groupName,
  fixed: fixed.groupName,
  waiting: waiting.groupName,
};
