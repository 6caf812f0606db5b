import { assertPlayed, components, type Case } from "../../support/rehearse";

const network = 'vpcId: "vpc-0123456789abcdef0", subnetIds: ["subnet-0123456789abcdef0"]';
const group = (name = "web", changes = "") => `new GracefulAutoScalingGroup("${name}", {
  ${network}, instance: {}, minSize: 1, maxSize: 2, targetGroup: { port: 80, deregistrationDelay: 20 },
  terminate: { script: "systemctl stop application", timeout: 60 }, ${changes} });`;
const clean = /^ {2}stopped cleanly {2}3$/m;

const top = `import * as aws from "@pulumi/aws"; import * as awsx from "@pulumi/awsx"; import * as pulumi from "@pulumi/pulumi";
  import { GracefulAutoScalingGroup } from ${components};\n`;

/** A program as tutorials have it: a hook, its topic, and a function with the given code. */
const drainedBy = (code: string) => `${top}
  const topic = new aws.sns.Topic("hooks");
  const role = new aws.iam.Role("publish", { assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "autoscaling.amazonaws.com" }) });
  new aws.iam.RolePolicy("publish", { role: role.id, policy: aws.iam.getPolicyDocumentOutput({
    statements: [{ actions: ["sns:Publish"], resources: [topic.arn] }] }).json });
  const group = new aws.autoscaling.Group("legacy", { minSize: 1, maxSize: 2,
    trafficSources: [{ identifier: "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/x/1" }] });
  new aws.autoscaling.LifecycleHook("drain", { autoscalingGroupName: group.name, heartbeatTimeout: 120,
    defaultResult: "CONTINUE", lifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING",
    notificationTargetArn: topic.arn, roleArn: role.arn });
  const drain = new aws.lambda.Function("drain", { role: role.arn, ${code} });
  new aws.sns.TopicSubscription("drain", { topic: topic.arn, protocol: "lambda", endpoint: drain.arn });
  new aws.lambda.Permission("drain", { action: "lambda:InvokeFunction", function: drain.name,
    principal: "sns.amazonaws.com", sourceArn: topic.arn });`;
const waitsForTheHook = [/^ {2}ended without stop script {2}3$/m, /CONTINUE: it timed out/];

const cases: Readonly<Record<string, Case>> = {
  "no file of the stack": {
    files: { "Pulumi.dev.yaml": "", "index.ts": `${top}${group()}` },
    says: [clean],
    notes: [/^note: Stack dev has no file of its own: the configuration is that of Pulumi\.yaml\.$/],
  },
  "the one stack that there is": {
    files: { "Pulumi.dev.yaml": "", "Pulumi.prod.yaml": "config: {}\n", "index.ts": `${top}${group()}` },
    says: [clean, /in stack prod$/m],
  },
  "several stacks, none of which is named": {
    files: {
      "Pulumi.dev.yaml": "",
      "Pulumi.a.yaml": "{}\n",
      "Pulumi.b.yaml": "{}\n",
      "index.ts": `${top}${group()}`,
    },
    code: 1,
    notes: [/^error: Name the stack to rehearse: .* has a, b\.$/],
  },
  "secrets, numbers, flags and objects in the configuration": {
    files: {
      "Pulumi.dev.yaml":
        "encryptionsalt: v1:x\nconfig:\n  user:token:\n    secure: v1:abc\n  user:size: 2\n  user:isOn: true\n  user:net: { ids: [subnet-0123456789abcdef0] }\n",
      "index.ts": `${top} const config = new pulumi.Config();
        if (config.requireNumber("size") !== 2 || !config.requireBoolean("isOn")) throw new Error("wrong types");
        ${group("web", 'environment: { TOKEN: config.requireSecret("token") }, subnetIds: config.requireObject("net").ids, isBusy: async () => false, terminate: { script: "stop", timeout: 60, sessions: { maxWait: 60 } },')}`,
    },
    says: [clean],
    notes: [
      /^note: Secrets are not read: user:token has the value \[secret\]\. Give others with --config\.$/,
    ],
  },
  "configuration on the command line": {
    files: {
      "index.ts": `${top} const delay = new pulumi.Config("user").requireNumber("delay");
        ${group("web", "targetGroup: { port: 80, deregistrationDelay: delay },")}`,
    },
    args: ["--config", "user:delay=100"],
    says: [clean, /10\d\.\d s {2}i-\w+ {2}Terminating:Wait/],
  },
  "a value that Pulumi.yaml asks for and nobody gives": {
    files: {
      "Pulumi.yaml": "name: user\nruntime: nodejs\nconfig:\n  size: { type: integer }\n",
      "index.ts": `${top}${group()}`,
    },
    code: 1,
    notes: [
      /^error: Stack dev has no value for user:size\. Set it with pulumi config set, or give --config user:size=VALUE\.$/,
    ],
  },
  "a value of the wrong type": {
    files: {
      "Pulumi.yaml": "name: user\nruntime: nodejs\nconfig:\n  size: { type: integer }\n",
      "Pulumi.dev.yaml": "config:\n  user:size: large\n",
      "index.ts": `${top}${group()}`,
    },
    code: 1,
    notes: [
      /^error: Stack dev has large for user:size; Pulumi\.yaml declares the type integer\. Correct one of them\.$/,
    ],
  },
  "rules, schedules, buckets and functions beside the group": {
    files: {
      "index.ts": `${top}${group()}
        new aws.s3.Bucket("files");
        const nightly = new aws.cloudwatch.EventRule("nightly", { scheduleExpression: "cron(0 3 * * ? *)" });
        const calls = new aws.cloudwatch.EventRule("calls", { eventPattern: JSON.stringify({
          source: ["aws.ec2"], detail: { sourceIPAddress: [{ cidr: "10.0.0.0/8" }], count: [{ numeric: [">", 0] }] } }) });
        const role = new aws.iam.Role("beside", { assumeRolePolicy: "{}", managedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"] });
        const report = new aws.lambda.Function("report", { runtime: "python3.13", handler: "a.b", role: role.arn, s3Bucket: "code", s3Key: "x.zip" });
        new aws.cloudwatch.EventTarget("nightly", { rule: nightly.name, arn: report.arn });
        new aws.cloudwatch.EventTarget("calls", { rule: calls.name, arn: report.arn });`,
    },
    says: [clean],
    notes: [/^note: The function report-\w+ is not run: its code is in S3\.$/],
  },
  "a function in Python that a hook sets off": {
    files: {
      "index.ts": drainedBy(
        'runtime: "python3.13", handler: "main.handler", code: new pulumi.asset.AssetArchive({ "main.py": new pulumi.asset.StringAsset("x") })',
      ),
    },
    code: 1,
    says: waitsForTheHook,
    notes: [/^note: The function drain-\w+ is not run: its runtime is python3\.13\.$/],
  },
  "a container image that a hook sets off": {
    files: { "index.ts": drainedBy('packageType: "Image", imageUri: "x"') },
    code: 1,
    says: waitsForTheHook,
    notes: [/^note: The function drain-\w+ is not run: its code is a container image\.$/],
  },
  "an archive that a hook sets off": {
    files: {
      "drain.zip": "PK",
      "index.ts": drainedBy(
        'runtime: "nodejs22.x", handler: "index.handler", code: new pulumi.asset.FileArchive("drain.zip")',
      ),
    },
    code: 1,
    says: waitsForTheHook,
    notes: [/^note: The function drain-\w+ is not run: its code is the archive drain\.zip\.$/],
  },
  "a function of one's own that a hook sets off": {
    files: {
      "index.ts":
        drainedBy(`runtime: "nodejs22.x", handler: "index.handler", code: new pulumi.asset.AssetArchive({
        "index.js": new pulumi.asset.StringAsset('exports.handler = async (event) => { console.log("drained", event.Records[0].Sns.Message); };') })`),
    },
    code: 1,
    says: waitsForTheHook,
  },
  "several groups, of which none is chosen": {
    files: { "index.ts": `${top}${group("web")}${group("jobs")}` },
    code: 1,
    notes: [/^error: --group is not given; it must be one of jobs-\w+, web-\w+\.$/],
  },
  "one of several groups": {
    files: { "index.ts": `${top}${group("web")}${group("jobs")}` },
    args: ["--group", "jobs"],
    says: [clean, /of group jobs-\w+ in stack dev/],
  },
  "another Region, and a network of awsx": {
    files: {
      "index.ts": `${top} const tokyo = new aws.Provider("tokyo", { region: "ap-northeast-1" });
        const vpc = new awsx.ec2.Vpc("net");
        ${group("web", "vpcId: vpc.vpcId, subnetIds: vpc.privateSubnetIds,")}
        new aws.sns.Topic("news", {}, { provider: tokyo });`,
    },
    says: [clean],
  },
  "a program without a group": {
    files: { "index.ts": `${top} new aws.s3.Bucket("files");` },
    code: 1,
    notes: [/^error: The program registers no Auto Scaling group\. There is nothing to rehearse\.$/],
  },
  "a program that talks": {
    files: {
      "index.ts": `${top}${group()} console.log("to the output"); console.warn("to the errors"); pulumi.log.warn("to the log");`,
    },
    says: [clean],
    notes: [/^to the output$/, /^warning: to the log$/, /^to the errors$/],
  },
  "a program that talks before it fails": {
    files: { "index.ts": `${top} console.error("a hint"); throw new Error("failed");` },
    code: 1,
    notes: [/^a hint$/, /^error: Error: failed \(at index\.ts:3:33\)$/],
  },
  "a program that fails": {
    files: { "index.ts": `${top} const nothing: any = undefined;\n nothing.name;` },
    code: 1,
    notes: [
      /^error: TypeError: Cannot read properties of undefined \(reading 'name'\) \(at index\.ts:4:10\)$/,
    ],
  },
  "a program that cannot be read": {
    files: { "index.ts": "const = 3;" },
    code: 1,
    notes: [/^error: index\.ts\(1,7\): error TS1134: Variable declaration expected\./],
  },
  "a package that is not there": {
    files: { "index.ts": 'import "absent";' },
    code: 1,
    notes: [/^error: .*Cannot find module 'absent'/],
  },
  "another language": {
    files: { "Pulumi.yaml": "name: user\nruntime: yaml\n" },
    code: 1,
    notes: [
      /^error: .*Pulumi\.yaml has the runtime "yaml"; programs in TypeScript and JavaScript \(nodejs\) can be rehearsed\.$/,
    ],
  },
  "a project file that is no YAML": {
    files: { "Pulumi.yaml": "name: [\n" },
    code: 1,
    notes: [/^error: .*Pulumi\.yaml cannot be read: .* Correct it\.$/],
  },
};

describe("rehearse handles", () => {
  for (const [name, one] of Object.entries(cases)) {
    it(name, async () => {
      await assertPlayed(one);
    });
  }
});
