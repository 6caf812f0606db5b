import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** Parts of stacks by name; the names of a part's resources begin with its name. */
export type Parts = Readonly<Record<string, (part: string) => void>>;

/** Parts of one kind: right parts, and parts with a mistake. */
export interface Kind {
  readonly right: Parts;
  readonly wrong: Parts;
}

export type HookArgs = Partial<Omit<aws.autoscaling.LifecycleHookArgs, "autoscalingGroupName" | "name">>;

/** Where the parts are deployed; the account is that of the tests' AWS endpoint. */
export const region = new pulumi.Config("aws").require("region");
export const account = "123456789012";

export const terminating = "autoscaling:EC2_INSTANCE_TERMINATING";
export const launching = "autoscaling:EC2_INSTANCE_LAUNCHING";

const vpc = new aws.ec2.Vpc("network", { cidrBlock: "10.0.0.0/16" });
export const subnet = new aws.ec2.Subnet("network", { vpcId: vpc.id, cidrBlock: "10.0.0.0/24" });

/** Image and type of instances if a part gives no other template. */
export const image = { imageId: "ami-12c6146b", instanceType: "t3.micro" };
export const template = new aws.ec2.LaunchTemplate("instances", {
  ...image,
  disableApiTermination: true,
  disableApiStop: true,
});

export const role = new aws.iam.Role("services", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({
    Service: ["autoscaling.amazonaws.com", "lambda.amazonaws.com", "codedeploy.amazonaws.com"],
  }),
});
const permissions = new aws.iam.RolePolicy("services", {
  role: role.id,
  policy: JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: ["sns:Publish", "sqs:*"], Resource: "*" }],
  }),
});

/** Long enough for the drain of any part. */
const patient = { create: "10m", delete: "3h" };

export function group(
  name: string,
  args: Partial<aws.autoscaling.GroupArgs> = {},
  opts: pulumi.CustomResourceOptions = {},
): aws.autoscaling.Group {
  const launches = args.mixedInstancesPolicy ?? args.launchConfiguration ?? args.launchTemplate;
  return new aws.autoscaling.Group(
    name,
    {
      vpcZoneIdentifiers: [subnet.id],
      minSize: 0,
      maxSize: 2,
      ...(launches === undefined ? { launchTemplate: { id: template.id, version: "$Latest" } } : {}),
      ...args,
    },
    { customTimeouts: patient, dependsOn: [permissions], ...opts },
  );
}

/** A hook on termination with the given changes, as a group is created with it. */
export function initialHook(name: string, changes: HookArgs = {}) {
  return {
    name,
    lifecycleTransition: terminating,
    heartbeatTimeout: 300,
    defaultResult: "CONTINUE",
    ...changes,
  };
}

/** The same hook as a resource. */
export function hook(
  name: string,
  of: pulumi.Input<string>,
  changes: HookArgs & { name?: string } = {},
  opts: pulumi.CustomResourceOptions = {},
): aws.autoscaling.LifecycleHook {
  const { name: _, ...usual } = initialHook(name);
  return new aws.autoscaling.LifecycleHook(
    name,
    { autoscalingGroupName: of, ...usual, ...changes },
    { dependsOn: [permissions], ...opts },
  );
}

/** A group that is created with one hook. */
export function hooked(
  name: string,
  changes: HookArgs = {},
  args: Partial<aws.autoscaling.GroupArgs> = {},
  opts: pulumi.CustomResourceOptions = {},
): aws.autoscaling.Group {
  return group(name, { initialLifecycleHooks: [initialHook("drain", changes)], ...args }, opts);
}

export function targetGroup(name: string, deregistrationDelay: number): aws.lb.TargetGroup {
  return new aws.lb.TargetGroup(name, { port: 80, protocol: "HTTP", vpcId: vpc.id, deregistrationDelay });
}

/** Arguments of a hook that send its notification to a topic or a queue. */
export function to(target: aws.sns.Topic | aws.sqs.Queue) {
  return { notificationTargetArn: target.arn, roleArn: role.arn };
}

export function subscribe(
  name: string,
  topic: aws.sns.Topic,
  endpoint: pulumi.Input<string>,
  args: Partial<aws.sns.TopicSubscriptionArgs> = {},
): void {
  new aws.sns.TopicSubscription(name, { topic: topic.arn, protocol: "lambda", endpoint, ...args });
}

/** A function that may run for a minute, or for the given timeout. */
export function handler(
  name: string,
  timeout = 60,
  args: Partial<aws.lambda.FunctionArgs> = {},
): aws.lambda.Function {
  return new aws.lambda.Function(name, {
    role: role.arn,
    runtime: "nodejs22.x",
    handler: "index.handler",
    code: new pulumi.asset.AssetArchive({
      "index.js": new pulumi.asset.StringAsset("exports.handler = () => {};"),
    }),
    timeout,
    ...args,
  });
}

/** A document that stops an application. */
export function stopDocument(
  name: string,
  timeoutSeconds: number | string,
  {
    parameters,
    physicalName,
    script = "/opt/application/stop",
  }: { parameters?: object; physicalName?: string; script?: string } = {},
): aws.ssm.Document {
  return new aws.ssm.Document(name, {
    name: physicalName,
    documentType: "Command",
    content: JSON.stringify({
      schemaVersion: "2.2",
      description: "Stops the application.",
      parameters,
      mainSteps: [
        {
          action: "aws:runShellScript",
          name: "stop",
          inputs: { runCommand: [script], timeoutSeconds: String(timeoutSeconds) },
        },
      ],
    }),
  });
}

/** The rule that hears of the terminations of a group, by its pattern. */
export function lifecycleRule(
  name: string,
  pattern: object,
  args: Partial<aws.cloudwatch.EventRuleArgs> = {},
): aws.cloudwatch.EventRule {
  return new aws.cloudwatch.EventRule(name, {
    eventPattern: pulumi.jsonStringify({
      source: ["aws.autoscaling"],
      "detail-type": ["EC2 Instance-terminate Lifecycle Action"],
      ...pattern,
    }),
    ...args,
  });
}

export function sendTo(
  name: string,
  rule: aws.cloudwatch.EventRule,
  arn: pulumi.Input<string>,
  args: Partial<aws.cloudwatch.EventTargetArgs> = {},
): void {
  new aws.cloudwatch.EventTarget(name, { rule: rule.name, arn, ...args });
}

/** A part that the tests' AWS endpoint cannot make: only a preview has such parts. */
export function inPreviewOnly(make: (part: string) => void): (part: string) => void {
  return (part) => {
    if (pulumi.runtime.isDryRun()) make(part);
  };
}
