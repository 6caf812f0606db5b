import * as aws from "@pulumi/aws";
import { group, hook, hooked, inPreviewOnly, role, subnet, type Kind } from "./make";

const managedByEcs = [{ key: "AmazonECSManaged", value: "true", propagateAtLaunch: true }];

function capacityProvider(part: string, managedDraining?: string) {
  new aws.ecs.CapacityProvider(part, {
    autoScalingGroupProvider: {
      autoScalingGroupArn: group(part, { tags: managedByEcs }).arn,
      managedScaling: { status: "ENABLED", targetCapacity: 100 },
      ...(managedDraining === undefined ? {} : { managedDraining }),
    },
  });
}

function deploymentGroup(part: string, terminationHookEnabled: boolean) {
  const application = new aws.codedeploy.Application(part, { computePlatform: "Server" });
  new aws.codedeploy.DeploymentGroup(part, {
    appName: application.name,
    deploymentGroupName: part,
    serviceRoleArn: role.arn,
    autoscalingGroups: [group(part).name],
    terminationHookEnabled,
  });
}

/** Groups that other services own or hook. */
export const owners: Kind = {
  right: {
    "ecs-drains": (part) => {
      capacityProvider(part);
    },
    "ecs-elsewhere": (part) => {
      group(part, { tags: managedByEcs });
    },
    "codedeploy-hooks": inPreviewOnly((part) => {
      deploymentGroup(part, true);
    }),
    "read-only": (part) => {
      aws.autoscaling.Group.get(`${part}_again`, hooked(part).id);
    },
    "made-by-eks": (part) => {
      group(part, { tags: [{ key: "eks:nodegroup-name", value: "workers", propagateAtLaunch: true }] });
    },
  },
  wrong: {
    "ecs-does-not-drain": (part) => {
      capacityProvider(part, "DISABLED");
    },
    "codedeploy-only": inPreviewOnly((part) => {
      deploymentGroup(part, false);
    }),
    "beside-node-group": inPreviewOnly((part) => {
      const nodes = new aws.eks.NodeGroup(part, {
        clusterName: "cluster",
        nodeRoleArn: role.arn,
        subnetIds: [subnet.id],
        scalingConfig: { minSize: 0, maxSize: 1, desiredSize: 0 },
      });
      hook(
        `${part}_nodes`,
        nodes.resources.apply(([first]) => first?.autoscalingGroups[0]?.name ?? ""),
      );
      group(part);
    }),
  },
};
