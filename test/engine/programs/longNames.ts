import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { GracefulAutoScalingGroup, GracefulLifecycle, LifecycleHandler } from "../../../components";
import { network } from "./network";

/** A stack in which every name is as long as it may be, with the arguments that make the most names. */
const longest = (start: string, length: number) => start.padEnd(length, "x");

const account = aws.getCallerIdentityOutput().accountId;
const { region } = aws.getRegionOutput();
const key = new aws.kms.Key("key", {
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { AWS: pulumi.interpolate`arn:aws:iam::${account}:root` },
        Action: "kms:*",
        Resource: "*",
      },
      {
        Effect: "Allow",
        Principal: { Service: ["sns.amazonaws.com", "events.amazonaws.com"] },
        Action: ["kms:GenerateDataKey*", "kms:Decrypt"],
        Resource: "*",
      },
      {
        Effect: "Allow",
        Principal: { Service: pulumi.interpolate`logs.${region}.amazonaws.com` },
        Action: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
        Resource: "*",
      },
    ],
  }),
});
const alarms = new aws.sns.Topic("alarms");
const lifecycle = {
  terminate: { script: "systemctl stop application", timeout: 120, onFailure: "retain" },
  launch: { script: "systemctl is-active application", timeout: 60 },
} as const;
const organisation = {
  kmsKeyArn: key.arn,
  alarmTopicArn: alarms.arn,
  rolePath: "/graceful/",
  tags: { team: "web" },
};
const group = {
  ...network,
  ...lifecycle,
  ...organisation,
  instance: {
    metadataOptions: { httpPutResponseHopLimit: 2 },
    disableApiStop: true,
    disableApiTermination: true,
  },
  minSize: 0,
  maxSize: 1,
  targetGroup: { port: 8080, deregistrationDelay: 0 },
  ignoreFailedScalingActivities: true,
  instanceRefresh: { strategy: "Rolling" },
  formerHandlers: ["former-handler"],
};

const shared = new LifecycleHandler(longest("handler-", 40), { ...organisation, spot: true });
new GracefulAutoScalingGroup(longest("shares-", 24), { ...group, handler: shared, transport: "eventbridge" });

const alone = new GracefulAutoScalingGroup(longest("alone-", 24), { ...group, spot: true });
new GracefulLifecycle(longest("legacy-", 32), {
  ...lifecycle,
  ...organisation,
  groupName: legacyGroup().name,
  instanceTag: { key: "Name", value: "legacy" },
  deregistrationDelay: 0,
  spot: true,
});

/** Names that AWS has to have taken in full. */
export const { groupName, terminateDocumentName } = alone;

/** A group of somebody else, whose image is no Amazon Linux. */
function legacyGroup(): aws.autoscaling.Group {
  const template = new aws.ec2.LaunchTemplate("legacy", {
    imageId: "ami-12c6146b",
    instanceType: "t3.small",
  });
  return new aws.autoscaling.Group(
    "legacy",
    {
      vpcZoneIdentifiers: network.subnetIds,
      minSize: 0,
      maxSize: 1,
      launchTemplate: { id: template.id },
      tags: [{ key: "Name", value: "legacy", propagateAtLaunch: true }],
    },
    { ignoreChanges: ["tags"] },
  );
}
