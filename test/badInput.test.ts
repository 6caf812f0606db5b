import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import {
  GracefulAutoScalingGroup,
  GracefulLifecycle,
  InvalidArguments,
  LifecycleHandler,
  type GracefulAutoScalingGroupArgs,
  type GracefulLifecycleArgs,
} from "../components";
import {
  environmentViolations,
  existingConstraints,
  groupConstraints,
  handlerConstraints,
} from "../components/constraints";
import { settingsConstraints } from "../program/constraints";
import { constraints as timeConstraints } from "../timing";
import {
  existingArgs,
  groupArgs,
  handlerElsewhere,
  registered,
  registeredByProgram,
  registeredUrns,
} from "./support/deployment";

/** One wrong use for each constraint that is exported, and the beginning of the line that it has to bring. */
interface Case {
  readonly wrong: () => Promise<unknown>;
  readonly line: RegExp;
}

const stack = (config: Record<string, string>) => () =>
  registeredByProgram(
    Object.fromEntries(Object.entries(config).map(([key, value]) => [`graceful-asg:${key}`, value])),
  );
const group =
  (changes: Partial<GracefulAutoScalingGroupArgs>, name = "web") =>
  () =>
    registered(() => new GracefulAutoScalingGroup(name, groupArgs(changes)));
const terminate = (changes: Partial<GracefulAutoScalingGroupArgs["terminate"]>) =>
  group({ terminate: { script: "stop", timeout: 120, ...changes } });
const existing =
  (changes: Partial<GracefulLifecycleArgs>, name = "legacy") =>
  () =>
    registered(() => new GracefulLifecycle(name, existingArgs(changes)));
// What a program in JavaScript, or a stack's configuration, can hand over in spite of the types.
const untyped = (value: unknown) => value as never;

const cases: Record<Exclude<keyof typeof all, "times">, Case> = {
  deregistrationDelay: {
    wrong: stack({ deregistrationDelay: "3601" }),
    line: /^graceful-asg:deregistrationDelay is 3601; it must be a whole number of seconds from 0 to 3600\. Give/,
  },
  timeout: {
    wrong: stack({ terminateTimeout: "4" }),
    line: /^graceful-asg:terminateTimeout is 4; it must be a whole number of seconds from 5 to 172470\. Give/,
  },
  maxWait: {
    wrong: group({
      terminate: { script: "stop", timeout: 60, sessions: { maxWait: 0 } },
      isBusy: () => Promise.resolve(true),
    }),
    line: /^terminate\.sessions\.maxWait is 0; it must be a whole number of seconds from 1 to 172465\. Give/,
  },
  agentTimeout: {
    wrong: terminate({ agentTimeout: 179 }),
    line: /^terminate\.agentTimeout is 179; it must be a whole number of seconds from 180 to 172645\. Give/,
  },
  heartbeatTimeout: {
    wrong: terminate({ heartbeatTimeout: 299 }),
    line: /^terminate\.heartbeatTimeout is 299; it must be a whole number of seconds from 300 to 7200\. Leave/,
  },
  total: {
    wrong: group({
      terminate: { script: "stop", timeout: 100_000, sessions: { maxWait: 100_000 } },
      isBusy: () => Promise.resolve(true),
    }),
    line: /^terminate\.timeout \+ terminate\.sessions\.maxWait is 200000; it must be at most 172470 seconds: .* Shorten/,
  },
  globalTimeout: {
    wrong: terminate({ timeout: 100_000, heartbeatTimeout: 300 }),
    line: /^terminate\.heartbeatTimeout is 300; it must be at least 1011 seconds: .* Raise/,
  },
  groupName: {
    wrong: group({}, "a-name-that-is-too-long-by-far"),
    line: /^name is "a-name-that-is-too-long-by-far"; it must be 1 to 24 letters, digits and hyphens, a letter first\. Shorten/,
  },
  lifecycleName: {
    wrong: existing({}, "1st"),
    line: /^name is "1st"; it must be 1 to 32 letters, digits and hyphens, a letter first\. Shorten/,
  },
  existingGroup: {
    wrong: existing({ groupName: "*" }),
    line: /^groupName is "\*"; it must be the name of an Auto Scaling group, without colon, braces and control characters, at most 255 characters without \*, \? and \$\{\. Give/,
  },
  instanceTag: {
    wrong: existing({ instanceTag: { key: "Name", value: " " } }),
    line: /^instanceTag\.value is " "; it must be the value of a tag, at most 256 characters .*\. Give/,
  },
  handlerName: {
    wrong: () => registered(() => new LifecycleHandler("no blanks")),
    line: /^name is "no blanks"; it must be 1 to 40 letters, digits and hyphens, a letter first\. Shorten/,
  },
  instanceOrLaunchTemplate: {
    wrong: group({ launchTemplate: { id: "lt-0abc" } }),
    line: /^instance, launchTemplate is "both given"; it must be exactly one of the two\. Give/,
  },
  formerHandlers: {
    wrong: group({ formerHandlers: ["web-handler-1a2b3c4", "*"] }),
    line: /^formerHandlers\[1\] is "\*"; it must be the name of a handler, as its output name says it, .*\. Give/,
  },
  sizes: {
    wrong: stack({ minSize: "5" }),
    line: /^graceful-asg:minSize is 5; it must be a whole number from 0 to maxSize, which is 4\. Lower/,
  },
  oneCapacity: {
    wrong: group({ desiredCapacity: 1, initialCapacity: 1 }),
    line: /^desiredCapacity, initialCapacity is "both given"; it must be at most one of the two\. Give initialCapacity where/,
  },
  port: {
    wrong: stack({ applicationPort: "0" }),
    line: /^graceful-asg:applicationPort is 0; it must be a whole number from 1 to 65535\. Give/,
  },
  rootDevice: {
    wrong: group({ instance: { imageId: "ami-0abc", rootVolumeSize: 20 } }),
    line: /^instance\.rootDeviceName is not given; it must be given along with rootVolumeSize .* Give .*\/dev\/sda1 for Ubuntu/,
  },
  metadataEndpoint: {
    wrong: group({ instance: { metadataOptions: { httpEndpoint: "disabled" } } }),
    line: /^instance\.metadataOptions\.httpEndpoint is "disabled"; it must be enabled: .* Leave/,
  },
  spotProtection: {
    wrong: group({
      instance: { disableApiStop: true },
      mixedInstances: { instancesDistribution: { onDemandPercentageAboveBaseCapacity: 99 } },
    }),
    line: /^instance\.disableApiStop is true; it must be false where the group has Spot instances, .* Leave/,
  },
  architecture: {
    wrong: group({
      mixedInstances: { overrides: [{ instanceType: "t4g.micro" }, { instanceType: "t3.micro" }] },
    }),
    line: /^mixedInstances\.overrides\[1\]\.instanceType is "t3\.micro"; it must be an arm64 type, as t4g\.small of instance\.instanceType is: .* Give/,
  },
  refreshVersion: {
    wrong: group({
      instance: undefined,
      launchTemplate: { id: "lt-0abc" },
      instanceRefresh: { strategy: "Rolling" },
    }),
    line: /^launchTemplate\.version is not given; it must be a number along with instanceRefresh: .* Give template\.latestVersion/,
  },
  autoRollback: {
    wrong: group({ instanceRefresh: { strategy: "Rolling", preferences: { autoRollback: true } } }),
    line: /^instanceRefresh\.preferences\.autoRollback is true; it must be false with an image that EC2 looks up .* Give the id of an image/,
  },
  handler: {
    wrong: group({ handler: { ...handlerElsewhere, topicArn: "arn:aws:sns:::shared" } }),
    line: /^handler\.topicArn is "arn:aws:sns:::shared"; it must be an ARN like arn:\.\.\.:sns:\.\.\.:\.\.\.:\.\.\., at most .*\. Give/,
  },
  isBusyHandler: {
    wrong: group({
      handler: handlerElsewhere,
      isBusy: () => Promise.resolve(true),
      terminate: { script: "stop", timeout: 60, sessions: { maxWait: 60 } },
    }),
    line: /^isBusy, handler is "both given"; it must be at most one of the two: .* Give/,
  },
  spotHandler: {
    wrong: group({ handler: handlerElsewhere, spot: true }),
    line: /^spot, handler is "both given"; it must be at most one of the two: .* Give/,
  },
  functionHandler: {
    wrong: group({ handler: handlerElsewhere, environment: { STORE: "store.internal" } }),
    line: /^environment, handler is "both given"; it must be at most one of the two: .* Give environment to/,
  },
  environment: {
    wrong: group({ environment: { AWS_REGION: "eu-west-1" } }),
    line: /^a name in environment is "AWS_REGION"; it must be two or more letters, digits and underscores, .* Choose/,
  },
  functionValues: {
    wrong: existing({ vpc: { subnetIds: [], securityGroupIds: ["sg-0abc"] } }),
    line: /^vpc\.subnetIds is \[\]; it must be at least one\. Name/,
  },
  role: {
    wrong: () => registered(() => new LifecycleHandler("lifecycle", { role: { name: "busy", arn: "busy" } })),
    line: /^role\.arn is "busy"; it must be an ARN like arn:\.\.\.:iam::\.\.\.:role\/\.\.\., .* Give the ARN of a role/,
  },
  isBusyMaxWait: {
    wrong: group({ isBusy: () => Promise.resolve(true) }),
    line: /^terminate\.sessions\.maxWait is not given; it must be given along with isBusy\. Give/,
  },
  nothingToWaitFor: {
    wrong: stack({ sessionMaxWait: "60" }),
    line: /^graceful-asg:sessionMaxWait is 60; it must be given along with sessionPorts or sessionManager\. Say/,
  },
  sessionPorts: {
    wrong: stack({ sessionMaxWait: "60", sessionPorts: "[22,70000]" }),
    line: /^graceful-asg:sessionPorts\[1\] is 70000; it must be a whole number from 1 to 65535\. Give/,
  },
  oneScript: {
    wrong: terminate({ powershell: "Stop-Service web" }),
    line: /^terminate\.script, terminate\.powershell is "both given"; it must be exactly one of the two\. Give/,
  },
  script: {
    wrong: stack({ terminateScript: " " }),
    line: /^graceful-asg:terminateScript is " "; it must be a script that is not empty\. Give/,
  },
  documentSize: {
    wrong: terminate({ script: "x".repeat(60_000) }),
    line: /^terminate\.script is "60000 bytes"; it must be at most \d{5} bytes, .* Put/,
  },
  launchOnFailure: {
    wrong: stack({ launchOnFailure: "retain" }),
    line: /^graceful-asg:launchOnFailure is "retain"; it must be one of continue, abandon\. Auto Scaling retains/,
  },
  logRetentionDays: {
    wrong: stack({ logRetentionDays: "2" }),
    line: /^graceful-asg:logRetentionDays is 2; it must be one of 1, 3, 5, .*, 3653\. Take/,
  },
  kmsKeyArn: {
    wrong: group({ kmsKeyArn: "alias/aws/sns" }),
    line: /^kmsKeyArn is "alias\/aws\/sns"; it must be the ARN of a customer managed key, .* Auto Scaling cannot publish/,
  },
  permissionsBoundary: {
    wrong: group({ permissionsBoundary: "developers" }),
    line: /^permissionsBoundary is "developers"; it must be an ARN like arn:\.\.\.:iam::\.\.\.:policy\/\.\.\., .*\. Give/,
  },
  rolePath: {
    wrong: group({ rolePath: "graceful" }),
    line: /^rolePath is "graceful"; it must be a path of ASCII characters without blanks that begins and ends with \/, .*\. Give/,
  },
  tags: {
    wrong: group({ tags: { "graceful-asg:handler": "another" } }),
    line: /^tags\.graceful-asg:handler is "another"; it must be left out: .*\. Choose/,
  },
  network: {
    wrong: stack({ vpcId: "vpc-0abc" }),
    line: /^graceful-asg:subnetIds is not given; it must be given along with vpcId\. Give/,
  },
  listenerPort: {
    wrong: stack({ listenerPort: "65536" }),
    line: /^graceful-asg:listenerPort is 65536; it must be a whole number from 1 to 65535\. 80/,
  },
  groupValues: {
    wrong: stack({ healthPath: "health" }),
    line: /^graceful-asg:healthPath is "health"; it must be a path that begins with \/ and has no blanks, .* Give/,
  },
  instanceValues: {
    wrong: group({ instance: { imageId: "ubuntu" } }),
    line: /^instance\.imageId is "ubuntu"; it must be the id of an image, .*\. Give/,
  },
  managedPolicies: {
    wrong: group({ instance: { managedPolicyArns: ["CloudWatchAgentServerPolicy"] } }),
    line: /^instance\.managedPolicyArns\[0\] is "CloudWatchAgentServerPolicy"; it must be an ARN like arn:.*\. Give/,
  },
  alarmTopicArn: {
    wrong: stack({ alarmTopicArn: "arn:aws:sqs:us-east-1:123456789012:alarms" }),
    line: /^graceful-asg:alarmTopicArn is "arn:aws:sqs:.*; it must be an ARN like arn:\.\.\.:sns:.* Give .* Set it with: pulumi config set/,
  },
  certificateArn: {
    wrong: stack({ certificateArn: "web" }),
    line: /^graceful-asg:certificateArn is "web"; it must be the ARN of a certificate, .* Give/,
  },
  userDataFile: {
    wrong: stack({ userDataFile: "no/such/file.sh" }),
    line: /^graceful-asg:userDataFile is "no\/such\/file\.sh"; it must be a file, relative to the folder of Pulumi\.yaml\. Create/,
  },
};

/** All constraints; `times` only stands for those of `timing`. */
const all = {
  ...timeConstraints,
  ...groupConstraints,
  ...existingConstraints,
  ...handlerConstraints,
  ...settingsConstraints,
};

describe("bad input", () => {
  for (const [name, { line, wrong }] of Object.entries(cases)) {
    it(`is stopped by ${name} before any resource is registered, in one clear line`, async () => {
      const error: unknown = await wrong().then(
        () => undefined,
        (thrown: unknown) => thrown,
      );

      assert.ok(error instanceof InvalidArguments, String(error));
      assert.ok(pulumi.RunError.isInstance(error), "Pulumi would show a stack trace");
      const [heading, ...lines] = error.message.split("\n");
      assert.match(heading ?? "", / cannot be made:$/);
      assert.equal(lines.length, 1, error.message);
      assert.match(lines[0]?.trim() ?? "", line);
      assert.deepEqual(registeredUrns(), []);
    });
  }

  for (const name of ["aws", "AWS-web", "amazon1", "Amzn-web"]) {
    it(`is the name ${name}, as SSM keeps it for documents of AWS`, async () => {
      const line =
        /\n {2}name is "\w+(-web)?"; it must be a name that does not begin with aws, amazon or amzn\. Put something before/;

      await assert.rejects(group({}, name)(), line);
      await assert.rejects(existing({}, name)(), line);
      await assert.rejects(
        registered(() => new LifecycleHandler(name)),
        line,
      );
    });
  }

  it("has a case for each constraint", () => {
    const names = Object.keys(all).filter((name) => name !== "times");

    assert.deepEqual(Object.keys(cases).sort(), names.sort());
  });

  it("is stopped for each number of instances that minSize and maxSize do not allow", async () => {
    for (const capacity of ["desiredCapacity", "initialCapacity"]) {
      await assert.rejects(group({ [capacity]: 3 })(), (error: Error) => {
        assert.match(
          error.message,
          new RegExp(`${capacity} is 3; it must be a whole number from minSize to maxSize, 1 to 2\\.`),
        );
        return true;
      });
    }
  });

  it("is listed as a whole, not one mistake at a time", async () => {
    await assert.rejects(group({ maxSize: 0, targetGroup: { port: 0 } })(), (error: Error) => {
      assert.equal(error.message.split("\n").length, 3);
      return true;
    });
  });

  it("is told of the component that the user makes, not of a part of it", async () => {
    const environment = { AWS_REGION: "eu-west-1" };

    await assert.rejects(
      group({ environment })(),
      /^InvalidArguments: GracefulAutoScalingGroup "web" cannot/,
    );
    await assert.rejects(existing({ environment })(), /^InvalidArguments: GracefulLifecycle "legacy" cannot/);
  });

  it("is found in each environment variable that the function cannot have, and in no other", () => {
    const wrong = (environment: Record<string, unknown>) =>
      environmentViolations(environment).map(({ argument }) => argument);

    for (const name of [
      "AWS_REGION",
      "LAMBDA_TASK_ROOT",
      "GRACEFUL_ASG_SEAL",
      "_HANDLER",
      "A",
      "1ST",
      "with-hyphen",
    ])
      assert.deepEqual(wrong({ [name]: "x" }), ["a name in environment"], name);
    for (const name of ["TZ", "NODE_OPTIONS", "awsRegion", "STORE_URL2"])
      assert.deepEqual(wrong({ [name]: "x" }), []);
    assert.deepEqual(wrong({ STORE: undefined, PORT: 5432 }), ["environment.STORE", "environment.PORT"]);
    assert.deepEqual(wrong({ STORE: "x".repeat(3995) }), []);
    assert.deepEqual(wrong({ STORE: "é".repeat(1998) }), ["environment"]);
  });

  it("shows nothing of what is in the environment, as it may be secret", () => {
    const found = environmentViolations({ PASSWORD: 271828, TOKEN: `hunter2${"x".repeat(5000)}` });

    assert.equal(found.length, 2);
    assert.doesNotMatch(JSON.stringify(found), /271828|hunter2/);
  });

  it("is also stopped where a JavaScript program hands over what the types forbid", async () => {
    await assert.rejects(terminate({ timeout: untyped("120") })(), /terminate\.timeout is "120"; it must be/);
  });
});
