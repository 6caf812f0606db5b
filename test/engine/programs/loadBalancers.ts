import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import {
  GracefulAutoScalingGroup,
  LifecycleHandler,
  type GracefulAutoScalingGroupArgs,
} from "../../../components";
import { network } from "./network";

/**
 * Groups with each kind of load balancer on one handler: workers without a load balancer, a group behind a Network Load
 * Balancer, and, as long as the stack's configuration says so, a group that joins two target groups whose listener
 * exists without it.
 */
const config = new pulumi.Config();
const handler = new LifecycleHandler("shared");
const template = new aws.ec2.LaunchTemplate("instances", {
  imageId: "ami-12c6146b",
  instanceType: "t3.micro",
});

function group(
  name: string,
  args: Partial<GracefulAutoScalingGroupArgs>,
  opts?: pulumi.ComponentResourceOptions,
): GracefulAutoScalingGroup {
  return new GracefulAutoScalingGroup(
    name,
    {
      subnetIds: network.subnetIds,
      launchTemplate: { id: template.id, version: "1" },
      minSize: 1,
      maxSize: 2,
      terminate: { script: "systemctl stop application", timeout: config.requireNumber("timeout") },
      handler,
      ...args,
    },
    opts,
  );
}

const workers = group("workers", {});

const database = group("database", {
  vpcId: network.vpcId,
  targetGroup: {
    port: 5432,
    protocol: "TCP",
    deregistrationDelay: 120,
    connectionTermination: true,
    preserveClientIp: false,
    healthCheck: { interval: 10 },
  },
  listeners: (targetGroupArn) =>
    new aws.lb.Listener("database", {
      loadBalancerArn: balancer("database", "network").arn,
      port: 5432,
      protocol: "TCP",
      defaultActions: [{ type: "forward", targetGroupArn }],
    }),
});

const delays = [30, 60];
const targets = delays.map(
  (deregistrationDelay, index) =>
    new aws.lb.TargetGroup(`shop-${index}`, {
      vpcId: network.vpcId,
      port: 80,
      protocol: "HTTP",
      deregistrationDelay,
    }),
);
const listener = new aws.lb.Listener("shop", {
  loadBalancerArn: balancer("shop", "application").arn,
  port: 80,
  defaultActions: [
    {
      type: "forward",
      forward: { targetGroups: targets.map(({ arn }) => ({ arn, weight: 1 })) },
    },
  ],
});
const shop = config.requireBoolean("hasShop")
  ? group(
      "shop",
      {
        targetGroups: targets.map(({ arn }, index) => ({ arn, deregistrationDelay: delays[index] ?? 0 })),
      },
      { dependsOn: [listener] },
    )
  : undefined;

function balancer(name: string, loadBalancerType: string): aws.lb.LoadBalancer {
  return new aws.lb.LoadBalancer(name, { loadBalancerType, subnets: network.subnetIds });
}

/** Timelines of the groups. */
export const timelines = {
  workers: workers.timeline,
  database: database.timeline,
  shop: shop?.timeline,
};
