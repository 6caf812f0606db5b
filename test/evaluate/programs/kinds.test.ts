import { assertPlayed, components, type Case } from "../../support/rehearse";

const network = 'vpcId: "vpc-0123456789abcdef0", subnetIds: ["subnet-0123456789abcdef0"]';
const group = (changes = "", opts = "") => `new GracefulAutoScalingGroup("web", {
  ${network}, instance: {}, minSize: 1, maxSize: 2,
  targetGroup: { port: 80, deregistrationDelay: 20 },
  terminate: { script: "systemctl stop application", timeout: 60 },
  ${changes}
}, ${opts || "{}"});`;
const clean = /^ {2}stopped cleanly {2}3$/m;

/** A plain stack in JavaScript, without these components. */
const plain = `
  const targets = new aws.lb.TargetGroup("web", { port: 80, protocol: "HTTP", deregistrationDelay: 10 });
  new aws.autoscaling.Group("web", { minSize: 1, maxSize: 2, targetGroupArns: [targets.arn] });`;
const unsaved = /^ {2}ended without stop script {2}3$/m;

const top = `import * as aws from "@pulumi/aws"; import * as pulumi from "@pulumi/pulumi";
  import { GracefulAutoScalingGroup, GracefulLifecycle, LifecycleHandler } from ${components};\n`;

const cases: Readonly<Record<string, Case>> = {
  "TypeScript, as Pulumi's template has it": {
    files: { "index.ts": `${top}${group()} export const size: number = 1;` },
    says: [clean],
  },
  "transforms of a component": {
    files: {
      "index.ts": `${top}${group(
        "",
        `{ transforms: [({ type, props, opts }) =>
        type === "aws:lb/targetGroup:TargetGroup" ? { props: { ...props, deregistrationDelay: 100 }, opts } : undefined] }`,
      )}`,
    },
    says: [clean, /10\d\.\d s {2}i-\w+ {2}Terminating:Wait/],
  },
  "transforms of a stack": {
    files: {
      "index.ts": `${top}pulumi.runtime.registerResourceTransform(({ type, props, opts }) =>
        type === "aws:lb/targetGroup:TargetGroup" ? { props: { ...props, deregistrationDelay: 100 }, opts } : undefined);
        ${group()}`,
    },
    says: [clean, /10\d\.\d s {2}i-\w+ {2}Terminating:Wait/],
  },
  "scripts that depend on outputs which are not known": {
    files: {
      "index.ts": `${top}const url = new pulumi.StackReference("acme/jobs/prod").requireOutput("url");
        const [stop, ready] = ["stop", "ready"].map((verb) => url.apply((found) => verb + found));
        ${group("terminate: { script: stop, timeout: 60 }, launch: { script: ready, timeout: 60 },")}`,
    },
    says: [clean],
    notes: [
      /^note: The outputs of stack acme\/jobs\/prod are not known\./,
      /^note: The text of the terminate script in document \S+-web-terminate-\w+ depends on outputs that are not known before the deployment: it is played as any script\.$/,
      /^note: The text of the launch script in document \S+-web-launch-\w+ depends on outputs /,
    ],
  },
  "JavaScript without TypeScript": {
    files: {
      "Pulumi.yaml": "name: user\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n",
      "index.js": `const aws = require("@pulumi/aws"); ${plain}`,
    },
    code: 1,
    says: [unsaved],
  },
  "an exported asynchronous function": {
    files: {
      "index.ts": `${top}module.exports = async () => { await Promise.resolve(); ${group()} return { a: 1 }; };`,
    },
    says: [clean],
  },
  "an ES module in JavaScript": {
    files: {
      "package.json": '{"type":"module","main":"program.js"}',
      "program.js": `import * as aws from "@pulumi/aws"; await Promise.resolve(); ${plain} export const name = "web";`,
    },
    code: 1,
    says: [unsaved],
  },
  "an ES module in TypeScript": {
    files: {
      "package.json": '{"type":"module"}',
      "tsconfig.json":
        '{"compilerOptions":{"module":"nodenext","moduleResolution":"nodenext","target":"es2022"}}',
      "index.ts": `import * as aws from "@pulumi/aws"; const size: number = 1; ${plain} export default async () => ({ size });`,
    },
    code: 1,
    says: [unsaved],
  },
  "its own tsconfig, with JavaScript beside": {
    files: {
      "Pulumi.yaml": "name: user\nruntime:\n  name: nodejs\n  options:\n    tsconfig: tsconfig.infra.json\n",
      "tsconfig.infra.json":
        '{"compilerOptions":{"allowJs":true,"module":"commonjs","moduleResolution":"node","target":"es2020","esModuleInterop":true},"ts-node":{"transpileOnly":true}}',
      "index.ts": `${top}import settings from "./settings"; ${group("maxInstanceLifetime: undefined,".slice(0, 0))} export const count: number = settings.count;`,
      "settings.js": "export default { count: 3 };",
    },
    says: [clean],
  },
  "an entry point in another folder": {
    files: {
      "Pulumi.yaml": "name: user\nruntime: nodejs\nmain: infra/\n",
      "infra/index.ts": `${top}import { readFileSync } from "node:fs"; readFileSync("data.txt"); ${group()}`,
      "infra/data.txt": "found where the program runs",
    },
    says: [clean],
  },
  "look-ups inside apply": {
    files: {
      "index.ts": `${top}
        const vpc = aws.ec2.getVpcOutput({ default: true });
        const subnets = aws.ec2.getSubnetsOutput({ filters: [{ name: "vpc-id", values: [vpc.id] }] });
        const names = vpc.cidrBlockAssociations.apply((all) => all[0].cidrBlock.split("/")[0]);
        const ami = pulumi.output(aws.ssm.getParameter({ name: "/images/ami" })).apply(({ value }) => value.trim());
        ${group("vpcId: vpc.id, subnetIds: subnets.ids.apply((ids) => ids.map((id) => id.trim())), instance: { imageId: ami }, tags: { net: names },")}`,
    },
    says: [clean],
    notes: [
      /^note: Look-ups are answered with made-up values: aws\.ec2\.getSubnets, aws\.ec2\.getVpc, aws\.ssm\.getParameter\.$/,
    ],
  },
  "outputs of another stack inside apply": {
    files: {
      "index.ts": `${top}
        const net = new pulumi.StackReference("acme/network/prod");
        ${group('vpcId: net.requireOutput("vpcId"), subnetIds: net.requireOutput("subnetIds").apply((ids) => ids.slice(0, 2)), alarmTopicArn: net.getOutput("alarms"),')}`,
    },
    says: [clean],
    notes: [
      /^note: The outputs of stack acme\/network\/prod are not known\. Give them with --stack-outputs /,
    ],
  },
  "outputs of another stack that are given": {
    files: {
      "index.ts": `${top}
        const net = new pulumi.StackReference("acme/network/prod");
        export = async () => {
          const { value } = await net.getOutputDetails("names");
          ${group("tags: { first: value[0].toUpperCase() },")}
        };`,
      "outputs.json": '{"names":["a","b"]}',
    },
    args: ["--stack-outputs", "acme/network/prod=outputs.json"],
    says: [clean],
  },
  "a handler in another stack": {
    files: {
      "index.ts": `${top}${group(`handler: {
        name: "shared-0a1b2c3",
        topicArn: "arn:aws:sns:eu-central-1:210987654321:shared-hooks-9f",
        notificationRoleArn: "arn:aws:iam::210987654321:role/shared-hooks-4e",
        functionRoleName: "shared-function-7d",
        scriptLogGroupArn: "arn:aws:logs:eu-central-1:210987654321:log-group:shared-scripts",
      },`)}`,
    },
    says: [clean],
    notes: [
      /^note: The handler shared-0a1b2c3 is made elsewhere: it is played as this version makes one, without a callback\.$/,
    ],
  },
  "a group in another stack": {
    files: {
      "index.ts": `${top}new GracefulLifecycle("legacy", {
        groupName: "legacy-web", instanceTag: { key: "Name", value: "legacy-web" }, deregistrationDelay: 15,
        terminate: { script: "systemctl stop application", timeout: 60 } });`,
    },
    says: [clean, /of group legacy-web in stack dev/],
    notes: [/^note: The group legacy-web is made elsewhere: /],
  },
};

describe("rehearse plays", () => {
  for (const [name, one] of Object.entries(cases)) {
    it(name, async () => {
      await assertPlayed(one);
    });
  }
});
