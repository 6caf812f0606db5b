import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { GracefulAutoScalingGroup, GracefulLifecycle, type LifecycleHandlerRef } from "../../../components";
import { network } from "./network";

/** A stack that uses the handler of another stack: for a group of ours, and for a plain group that only gets hooks. */
const handler = new pulumi.StackReference("organization/graceful-asg/owner")
  .requireOutput("handler")
  .apply((given: LifecycleHandlerRef) => given);

new GracefulAutoScalingGroup("jobs", {
  ...network,
  instance: {},
  minSize: 1,
  maxSize: 1,
  targetGroup: { port: 8080, deregistrationDelay: 0 },
  terminate: { script: "systemctl stop jobs", timeout: 60, onFailure: "retain" },
  warmPool: { maxGroupPreparedCapacity: 1 },
  handler,
});

const template = new aws.ec2.LaunchTemplate("legacy", {
  imageId: "ami-12c6146b",
  instanceType: "t3.small",
});
const legacy = new aws.autoscaling.Group(
  "legacy",
  {
    vpcZoneIdentifiers: network.subnetIds,
    minSize: 1,
    maxSize: 1,
    launchTemplate: { id: template.id },
    tags: [{ key: "Name", value: "legacy", propagateAtLaunch: true }],
  },
  { ignoreChanges: ["tags"] },
);
/** Seconds that the legacy application may take to stop; a test changes them. */
const timeout = new pulumi.Config().getNumber("timeout") ?? 60;
new GracefulLifecycle("legacy", {
  groupName: legacy.name,
  instanceTag: { key: "Name", value: "legacy" },
  deregistrationDelay: 0,
  terminate: { script: "systemctl stop legacy", timeout },
  launch: { script: "systemctl is-active legacy", timeout: 60 },
  handler,
  transport: "eventbridge",
});
