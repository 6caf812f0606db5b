// @ts-nocheck
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

// Plain resources with one mistake for each policy. What is wrong is named after the mistake; all else is as it should be.

type HookSettings = Partial<Omit<aws.autoscaling.LifecycleHookArgs, "autoscalingGroupName">>;

const vpc = new aws.ec2.Vpc("network", { cidrBlock: "10.0.0.0/16" });
const subnet = new aws.ec2.Subnet("network", { vpcId: vpc.id, cidrBlock: "10.0.0.0/24" });
const template = new aws.ec2.LaunchTemplate("instances", {
  imageId: "ami-12c6146b",
  instanceType: "t3.micro",
});

function group(
  name: string,
  args: Partial<aws.autoscaling.GroupArgs> = {},
  opts: pulumi.CustomResourceOptions = {},
): aws.autoscaling.Group {
  const launchTemplate = args.mixedInstancesPolicy ? undefined : { id: template.id, version: "$Latest" };
  const usual = { vpcZoneIdentifiers: [subnet.id], minSize: 0, maxSize: 2, launchTemplate };
  return new aws.autoscaling.Group(name, { ...usual, ...args }, opts);
}

function hook(
  name: string,
  of: aws.autoscaling.Group,
  changes: HookSettings = {},
  opts: pulumi.CustomResourceOptions = {},
) {
  const usual = {
    autoscalingGroupName: of.name,
    lifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING",
    heartbeatTimeout: 300,
    defaultResult: "CONTINUE",
  };
  new aws.autoscaling.LifecycleHook(name, { ...usual, ...changes }, opts);
}

function targetGroup(name: string, deregistrationDelay: number): aws.lb.TargetGroup {
  return new aws.lb.TargetGroup(name, { port: 80, protocol: "HTTP", vpcId: vpc.id, deregistrationDelay });
}

hook("short-hook", group("of-short-hook"), { heartbeatTimeout: 45 });

group("of-silent-hook", {
  initialLifecycleHooks: [
    {
      name: "silent-hook",
      lifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING",
      heartbeatTimeout: 300,
    },
  ],
});

targetGroup("hasty-targets", 0);

const role = new aws.iam.Role("services", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({
    Service: ["autoscaling.amazonaws.com", "lambda.amazonaws.com"],
  }),
});
const slow = new aws.lambda.Function("slow-function", {
  role: role.arn,
  runtime: "nodejs22.x",
  handler: "index.handler",
  code: new pulumi.asset.AssetArchive({
    "index.js": new pulumi.asset.StringAsset("exports.handler = () => {};"),
  }),
  timeout: 301,
});
const topic = new aws.sns.Topic("hooks");
new aws.sns.TopicSubscription("hooks", { topic: topic.arn, protocol: "lambda", endpoint: slow.arn });
// PutLifecycleHook publishes a test message with the role.
const publishes = new aws.iam.RolePolicy("publishes", {
  role: role.id,
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "sns:Publish", Resource: topic.arn }],
  }),
});
hook(
  "of-slow-function",
  group("of-slow-function"),
  { notificationTargetArn: topic.arn, roleArn: role.arn },
  { dependsOn: [publishes] },
);

group("without-hook");

const retaining = group("retaining", {
  instanceLifecyclePolicy: { retentionTriggers: { terminateHookAbandon: "retain" } },
});
hook("letting-go", retaining);

hook(
  "of-impatient-delete",
  group("impatient-delete", { targetGroupArns: [targetGroup("of-impatient-delete", 300).arn] }),
);

const impatient = group("impatient-up", { minSize: 1, waitForCapacityTimeout: "5m" });
hook("stop-of-impatient-up", impatient);
hook("start-of-impatient-up", impatient, { lifecycleTransition: "autoscaling:EC2_INSTANCE_LAUNCHING" });

const stop = new aws.ssm.Document("stop", {
  documentType: "Command",
  content: JSON.stringify({
    schemaVersion: "2.2",
    description: "Stops the application.",
    mainSteps: [
      {
        action: "aws:runShellScript",
        name: "stop",
        inputs: { runCommand: ["systemctl stop application"], timeoutSeconds: "900" },
      },
    ],
  }),
});
hook("outrun-hook", group("of-outrun-hook"), {
  notificationMetadata: pulumi.jsonStringify({ document: stop.name }),
});

const slowTargets = targetGroup("of-endless-drain", 1200);
hook(
  "of-endless-drain",
  group("endless-drain", { targetGroupArns: [slowTargets.arn] }, { customTimeouts: { delete: "2h" } }),
  { heartbeatTimeout: 2700 },
);

const spot = group("slow-spot", {
  targetGroupArns: [targetGroup("of-slow-spot", 60).arn],
  mixedInstancesPolicy: {
    launchTemplate: { launchTemplateSpecification: { launchTemplateId: template.id, version: "$Latest" } },
    instancesDistribution: { onDemandPercentageAboveBaseCapacity: 0 },
  },
});
hook("of-slow-spot", spot, { heartbeatTimeout: 120 });
