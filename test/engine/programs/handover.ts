import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { GracefulAutoScalingGroup, GracefulLifecycle, LifecycleHandler } from "../../../components";
import { network } from "./network";

/** A group whose name, handler and instance role change as the stack's configuration says. */
const config = new pulumi.Config("handover");

const template = new aws.ec2.LaunchTemplate("legacy", { imageId: "ami-12c6146b", instanceType: "t3.small" });
const shared = new LifecycleHandler("shared");
const name = config.get("name") ?? "web";
export const { groupName: web } = new GracefulAutoScalingGroup(
  name,
  {
    ...network,
    ...(config.getBoolean("hasTemplate") ? { launchTemplate: { id: template.id } } : { instance: {} }),
    minSize: 1,
    maxSize: 1,
    targetGroup: { port: 8080, deregistrationDelay: 0 },
    terminate: { script: "systemctl stop application", timeout: 120 },
    handler: config.getBoolean("isShared") ? shared : undefined,
    formerHandlers: config.getObject<string[]>("formerHandlers"),
  },
  { aliases: config.getBoolean("hasAlias") ? [{ name: "web" }] : [] },
);

const legacy = new aws.autoscaling.Group(
  "legacy",
  { vpcZoneIdentifiers: network.subnetIds, minSize: 0, maxSize: 1, launchTemplate: { id: template.id } },
  { ignoreChanges: ["tags"] },
);
for (const component of config.requireObject<string[]>("lifecycles")) {
  new GracefulLifecycle(component, {
    groupName: legacy.name,
    instanceTag: { key: "Name", value: "legacy" },
    terminate: { script: "systemctl stop legacy", timeout: 60 },
    handler: shared,
  });
}
