import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import type * as pulumi from "@pulumi/pulumi";
import type { Network } from "./network";
import type { Settings } from "./settings";

const world = { cidrBlocks: ["0.0.0.0/0"], ipv6CidrBlocks: ["::/0"] };

/**
 * Security groups: the world reaches the listener, the listener reaches the application, and nothing else is open. EC2
 * takes no apostrophe in their descriptions, see CreateSecurityGroup.
 */
export function createSecurityGroups({ vpcId }: Network, { applicationPort, listener }: Settings) {
  const loadBalancer = new aws.ec2.SecurityGroup("load-balancer", {
    description: "Open to the world on the port of the listener only.",
    vpcId,
    ingress: [{ protocol: "tcp", fromPort: listener.port, toPort: listener.port, ...world }],
    egress: [{ protocol: "tcp", fromPort: applicationPort, toPort: applicationPort, ...world }],
  });
  const instances = new aws.ec2.SecurityGroup("instances", {
    description: "Open to the load balancer on the port of the application only.",
    vpcId,
    ingress: [
      {
        protocol: "tcp",
        fromPort: applicationPort,
        toPort: applicationPort,
        securityGroups: [loadBalancer.id],
      },
    ],
    egress: [{ protocol: "-1", fromPort: 0, toPort: 0, ...world }],
  });
  return { loadBalancer, instances };
}

/** The load balancer, without listeners: a listener needs the target group, which the group makes. */
export function createLoadBalancer(
  { subnetIds }: Network,
  securityGroup: aws.ec2.SecurityGroup,
): awsx.lb.ApplicationLoadBalancer {
  return new awsx.lb.ApplicationLoadBalancer("web", {
    subnetIds,
    securityGroups: [securityGroup.id],
    // awsx makes a target group of its own whether or not a listener uses it, for IP addresses unless told otherwise.
    defaultTargetGroup: { targetType: "instance", port: 80, protocol: "HTTP" },
    // awsx makes a listener for that target group unless told otherwise.
    listeners: [],
  });
}

/** The listener, which forwards to the target group. */
export function createListener(
  loadBalancer: pulumi.Output<aws.lb.LoadBalancer>,
  { listener: { certificateArn, port } }: Settings,
  targetGroupArn: pulumi.Output<string>,
): aws.lb.Listener {
  return new aws.lb.Listener("web", {
    loadBalancerArn: loadBalancer.arn,
    port,
    protocol: certificateArn === undefined ? "HTTP" : "HTTPS",
    certificateArn,
    defaultActions: [{ type: "forward", targetGroupArn }],
  });
}
