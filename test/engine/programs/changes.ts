import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { GracefulAutoScalingGroup, GracefulLifecycle, LifecycleHandler } from "../../../components";
import { changedArguments, type ChangedArguments, type World } from "./changedArguments";
import { network } from "./network";

/**
 * A component for each argument of the public API, all else alike: with the first value of the argument, or with the
 * second value once the stack's configuration says so.
 */
const config = new pulumi.Config();
const isChanged = config.getBoolean("changed") ?? false;
const isPreview = config.getBoolean("previewed") ?? false;

const otherVpc = new aws.ec2.Vpc("other", { cidrBlock: "10.0.0.0/16" });
const otherSubnet = new aws.ec2.Subnet("other", { vpcId: otherVpc.id, cidrBlock: "10.0.0.0/24" });
const template = (name: string) =>
  new aws.ec2.LaunchTemplate(name, { imageId: "ami-12c6146b", instanceType: "t3.small" });
const legacy = (name: string) =>
  new aws.autoscaling.Group(
    name,
    {
      vpcZoneIdentifiers: network.subnetIds,
      minSize: 0,
      maxSize: 1,
      launchTemplate: { id: templates[0].id },
    },
    { ignoreChanges: ["tags"] },
  );
const templates = [template("one"), template("two")] as const;
const handlers = [new LifecycleHandler("shared"), new LifecycleHandler("successor")] as const;
const groups = [legacy("legacy"), legacy("legacy-successor")] as const;
const key = new aws.kms.Key("key");
const alarms = new aws.sns.Topic("alarms");
const boundary = new aws.iam.Policy("boundary", {
  policy: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] },
});
const role = new aws.iam.Role("function", {
  assumeRolePolicy: {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
    ],
  },
});
const securityGroup = new aws.ec2.SecurityGroup("function", { vpcId: otherVpc.id });

const targets = (name: string) => {
  const { arn } = new aws.lb.TargetGroup(name, { port: 80, protocol: "HTTP", vpcId: network.vpcId });
  return { arn };
};

const world: World = {
  network,
  otherNetwork: { vpcId: otherVpc.id, subnetIds: [otherSubnet.id] },
  templates,
  targetGroups: [targets("blue"), targets("green")],
  handlers,
  groupNames: [groups[0].name, groups[1].name],
  kmsKeyArn: key.arn,
  alarmTopicArn: alarms.arn,
  permissionsBoundary: boundary.arn,
  role,
  securityGroupId: securityGroup.id,
};
const { group, handler, lifecycle } = changedArguments(world);
const valueOf = <Args>({ isPreviewed = false, values: [before, after] }: ChangedArguments<Args>) =>
  (isPreviewed ? isPreview : isChanged) ? after : before;
group.forEach((one, index) => new GracefulAutoScalingGroup(`group-${index}`, valueOf(one)));
lifecycle.forEach((one, index) => new GracefulLifecycle(`lifecycle-${index}`, valueOf(one)));
handler.forEach((one, index) => new LifecycleHandler(`handler-${index}`, valueOf(one)));
