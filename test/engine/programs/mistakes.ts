import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

// Plain resources with one mistake for each policy, after which the wrong resource is named; all else is right.

type HookSettings = Partial<Omit<aws.autoscaling.LifecycleHookArgs, "autoscalingGroupName" | "name">>;

const vpc = new aws.ec2.Vpc("network", { cidrBlock: "10.0.0.0/16" });
const subnet = new aws.ec2.Subnet("network", { vpcId: vpc.id, cidrBlock: "10.0.0.0/24" });
const template = new aws.ec2.LaunchTemplate("instances", {
  imageId: "ami-12c6146b",
  instanceType: "t3.micro",
  disableApiTermination: true,
  disableApiStop: true,
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

/** A group that is created with its hooks; resources of the same names let the hooks change. */
function groupWith(
  hooks: Readonly<Record<string, HookSettings>>,
  name: string,
  args: Partial<aws.autoscaling.GroupArgs> = {},
  opts: pulumi.CustomResourceOptions = {},
): void {
  const all = Object.entries(hooks).map(([hook, changes]) => ({
    name: hook,
    lifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING",
    heartbeatTimeout: 300,
    defaultResult: "CONTINUE",
    ...changes,
  }));
  const of = group(
    name,
    { ...args, initialLifecycleHooks: all },
    { ...opts, ignoreChanges: ["initialLifecycleHooks"] },
  );
  for (const { name: hook, ...settings } of all) {
    new aws.autoscaling.LifecycleHook(
      hook,
      { autoscalingGroupName: of.name, name: hook, ...settings },
      { deletedWith: of },
    );
  }
}

function targetGroup(name: string, deregistrationDelay: number): aws.lb.TargetGroup {
  return new aws.lb.TargetGroup(name, { port: 80, protocol: "HTTP", vpcId: vpc.id, deregistrationDelay });
}

groupWith({ "short-hook": { heartbeatTimeout: 45 } }, "of-short-hook");

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
groupWith(
  { "of-slow-function": { notificationTargetArn: topic.arn, roleArn: role.arn } },
  "with-slow-function",
  {},
  { dependsOn: [publishes] },
);

group("without-hook");

groupWith({ "letting-go": {} }, "retaining", {
  instanceLifecyclePolicy: { retentionTriggers: { terminateHookAbandon: "retain" } },
});

groupWith({ "of-impatient-delete": {} }, "impatient-delete", {
  targetGroupArns: [targetGroup("of-impatient-delete", 300).arn],
});

groupWith(
  {
    "stop-of-impatient-up": {},
    "start-of-impatient-up": { lifecycleTransition: "autoscaling:EC2_INSTANCE_LAUNCHING" },
  },
  "impatient-up",
  { minSize: 1, waitForCapacityTimeout: "5m" },
);

function stopDocument(name: string, command: string, timeoutSeconds: number): aws.ssm.Document {
  const inputs = { runCommand: [command], timeoutSeconds: String(timeoutSeconds) };
  return new aws.ssm.Document(name, {
    documentType: "Command",
    content: JSON.stringify({
      schemaVersion: "2.2",
      description: "Stops the application.",
      mainSteps: [{ action: "aws:runShellScript", name: "stop", inputs }],
    }),
  });
}

const plain = stopDocument("plain-systemctl", "systemctl stop application", 120);
groupWith(
  { "of-plain-systemctl": { notificationMetadata: pulumi.jsonStringify({ document: plain.name }) } },
  "with-plain-systemctl",
);

const stop = stopDocument("stop", "/opt/application/stop", 900);
groupWith(
  { "outrun-hook": { notificationMetadata: pulumi.jsonStringify({ document: stop.name }) } },
  "of-outrun-hook",
);

const slowTargets = targetGroup("of-endless-drain", 1200);
groupWith(
  { "of-endless-drain": { heartbeatTimeout: 2700 } },
  "endless-drain",
  { targetGroupArns: [slowTargets.arn] },
  { customTimeouts: { delete: "2h" } },
);

groupWith({ "of-slow-spot": { heartbeatTimeout: 120 } }, "slow-spot", {
  targetGroupArns: [targetGroup("of-slow-spot", 60).arn],
  mixedInstancesPolicy: {
    launchTemplate: { launchTemplateSpecification: { launchTemplateId: template.id, version: "$Latest" } },
    instancesDistribution: { onDemandPercentageAboveBaseCapacity: 0 },
  },
});

new aws.autoscaling.LifecycleHook("hook-alone", {
  autoscalingGroupName: group("of-hook-alone").name,
  lifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING",
  heartbeatTimeout: 300,
  defaultResult: "CONTINUE",
});

groupWith({ "of-forced": {} }, "forced", { forceDelete: true });

const { id: openId } = new aws.ec2.LaunchTemplate("open-to-all", {
  imageId: "ami-12c6146b",
  instanceType: "t3.micro",
  disableApiStop: true,
});
groupWith({ "of-unprotected": {} }, "unprotected", { launchTemplate: { id: openId, version: "$Latest" } });

const standing = group("standing-still", {
  initialLifecycleHooks: [
    {
      name: "of-standing-still",
      lifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING",
      heartbeatTimeout: 300,
      defaultResult: "CONTINUE",
    },
  ],
});
new aws.autoscaling.Policy("simple-scaling", {
  autoscalingGroupName: standing.name,
  adjustmentType: "ChangeInCapacity",
  scalingAdjustment: 1,
});
