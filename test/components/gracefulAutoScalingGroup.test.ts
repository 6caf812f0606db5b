import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import {
  GracefulAutoScalingGroup,
  LifecycleHandler,
  type GracefulAutoScalingGroupArgs,
} from "../../components";
import { decodeInstructions, revisionsOf } from "../../contract";
import type { Deployment } from "../../evaluate/record";
import { ofType, type Registration } from "../../evaluate/registration";
import { account, groupArgs, handlerElsewhere, only, registered } from "../support/deployment";

const types = {
  alarm: "aws:cloudwatch/metricAlarm:MetricAlarm",
  component: "graceful-asg:index:GracefulAutoScalingGroup",
  document: "aws:ssm/document:Document",
  function: "aws:lambda/function:Function",
  group: "aws:autoscaling/group:Group",
  handler: "graceful-asg:index:LifecycleHandler",
  hook: "aws:autoscaling/lifecycleHook:LifecycleHook",
  launchTemplate: "aws:ec2/launchTemplate:LaunchTemplate",
  listener: "aws:lb/listener:Listener",
  logGroup: "aws:cloudwatch/logGroup:LogGroup",
  policy: "aws:iam/rolePolicy:RolePolicy",
  attachment: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  profile: "aws:iam/instanceProfile:InstanceProfile",
  role: "aws:iam/role:Role",
  rule: "aws:cloudwatch/eventRule:EventRule",
  targetGroup: "aws:lb/targetGroup:TargetGroup",
  topic: "aws:sns/topic:Topic",
} as const;

const launch = { script: "wait-until-ready", timeout: 300 };
const make = (changes?: Partial<GracefulAutoScalingGroupArgs>, deployment?: Partial<Deployment>) =>
  registered(() => new GracefulAutoScalingGroup("web", groupArgs(changes)), deployment);
const groupOf = (all: readonly Registration[]) => only(all, types.group);
const metadataOf = (all: readonly Registration[], name: string) =>
  String(only(all, types.hook, name).inputs["notificationMetadata"]);

describe("GracefulAutoScalingGroup", () => {
  let all: readonly Registration[];
  before(async () => {
    all = await make({ launch });
  });

  it("gives the group its hooks at birth, before the first instance, and never changes them there", () => {
    const { ignoreChanges, inputs } = groupOf(all);
    const hooks = ofType(all, types.hook).map((hook) => {
      const { autoscalingGroupName, ...settings } = hook.inputs;
      assert.equal(autoscalingGroupName, groupOf(all).state["name"]);
      return settings;
    });

    assert.deepEqual(inputs["initialLifecycleHooks"], hooks);
    assert.equal(hooks.length, 2);
    assert.ok(ignoreChanges.includes("initialLifecycleHooks"));
  });

  it("lets the hooks go with the group, so that destroy scales in through them", () => {
    for (const hook of ofType(all, types.hook)) {
      assert.equal(hook.deletedWith, groupOf(all).urn);
      assert.equal(hook.retainOnDelete, false);
    }
  });

  it("makes everything that hooks and instances need before the group, and destroys it after", () => {
    const { dependencies } = groupOf(all);
    const independent = new Set([groupOf(all).urn, ...ofType(all, types.hook).map(({ urn }) => urn)]);
    const handlerUrn = only(all, types.handler).urn;

    const needed = all.filter(
      ({ parent, type, urn }) =>
        !independent.has(urn) &&
        (parent === handlerUrn ||
          [
            types.document,
            types.launchTemplate,
            types.policy,
            types.profile,
            types.attachment,
            types.targetGroup,
          ].some((one) => one === type)),
    );
    assert.ok(needed.length > 30);
    for (const { name, type, urn } of needed) assert.ok(dependencies.includes(urn), `${type} ${name}`);
  });

  it("makes hooks only after the group", () => {
    for (const hook of ofType(all, types.hook)) assert.ok(hook.dependencies.includes(groupOf(all).urn));
  });

  it("derives the hooks from the times", () => {
    const { inputs: terminate } = only(all, types.hook, "web-terminate");
    const { inputs: onLaunch } = only(all, types.hook, "web-launch");

    assert.equal(terminate["name"], "graceful-terminate-sns");
    assert.equal(terminate["lifecycleTransition"], "autoscaling:EC2_INSTANCE_TERMINATING");
    assert.equal(terminate["heartbeatTimeout"], 450);
    assert.equal(terminate["defaultResult"], "CONTINUE");
    assert.equal(terminate["notificationTargetArn"], only(all, types.topic).state["arn"]);
    assert.equal(terminate["roleArn"], only(all, types.role, "web-handler-hooks").state["arn"]);
    assert.equal(onLaunch["name"], "graceful-launch-sns");
    assert.equal(onLaunch["lifecycleTransition"], "autoscaling:EC2_INSTANCE_LAUNCHING");
    assert.equal(onLaunch["heartbeatTimeout"], 630);
    assert.equal(onLaunch["defaultResult"], "ABANDON");
  });

  it("tells the handler through each hook what to do", () => {
    const { inputs } = only(all, types.hook, "web-terminate");

    assert.deepEqual(decodeInstructions(String(inputs["notificationMetadata"])), {
      handler: only(all, types.function).state["name"],
      transport: "sns",
      document: only(all, types.document, "web-terminate").state["name"],
      delivery: 30,
      execution: 120,
      maxWait: 0,
      deregistrationDelay: 300,
      agentTimeout: 180,
      heartbeatTimeout: 450,
      onFailure: "continue",
    });
  });

  it("tells the handler how long each agent is asked that does not answer", async () => {
    const some = await make({
      terminate: { script: "stop", timeout: 120, agentTimeout: 400, heartbeatTimeout: 3600 },
      launch: { script: "start", timeout: 120, agentTimeout: 500 },
    });
    const told = (name: string) => {
      const { inputs } = only(some, types.hook, name);
      const { agentTimeout, heartbeatTimeout } =
        decodeInstructions(String(inputs["notificationMetadata"])) ?? {};
      return [agentTimeout, heartbeatTimeout, inputs["heartbeatTimeout"]];
    };

    assert.deepEqual(told("web-terminate"), [400, 3600, 3600]);
    assert.deepEqual(told("web-launch"), [500, 770, 770]);
  });

  it("names documents after the handler, whose role allows no others", () => {
    for (const { state } of ofType(all, types.document)) {
      assert.ok(String(state["name"]).startsWith(`${String(only(all, types.function).state["name"])}-`));
    }
  });

  it("marks the group and its instances with the handler, and the group alone with the revisions of its hooks and the role of its instances", async () => {
    const handler = {
      key: "graceful-asg:handler",
      value: only(all, types.function).state["name"],
      propagateAtLaunch: true,
    };
    const hooks = {
      key: "graceful-asg:hooks",
      value: revisionsOf([
        { transition: "terminate", metadata: metadataOf(all, "web-terminate") },
        { transition: "launch", metadata: metadataOf(all, "web-launch") },
      ]),
      propagateAtLaunch: false,
    };
    const role = only(all, "aws:iam/role:Role", "web-instance").state["name"];
    const elsewhere = await make({ instance: undefined, launchTemplate: { id: "lt-0abc" } });

    assert.deepEqual(groupOf(all).inputs["tags"], [
      handler,
      hooks,
      { key: "graceful-asg:instance-role", value: role, propagateAtLaunch: false },
    ]);
    assert.deepEqual(
      (groupOf(elsewhere).inputs["tags"] as { key: string }[]).map(({ key }) => key),
      ["graceful-asg:handler", "graceful-asg:hooks"],
    );
  });

  it("gives the tag of the hooks another value with every change of what the handler is told", async () => {
    const tagOf = (some: readonly Registration[]) =>
      (groupOf(some).inputs["tags"] as { key: string; value: string }[]).find(
        ({ key }) => key === "graceful-asg:hooks",
      )?.value;
    const terminate = { script: "stop", timeout: 120 };
    const values = [
      all,
      await make({ terminate: { ...terminate, agentTimeout: 200 } }),
      await make({ terminate: { ...terminate, heartbeatTimeout: 3600 } }),
      await make({ terminate: { ...terminate, onFailure: "abandon" } }),
      await make({ terminate, launch: { script: "start", timeout: 60 } }),
      await make({ terminate, scriptLogs: true }),
    ].map(tagOf);

    assert.match(values[0] ?? "", /^terminate=[0-9a-f]{8} launch=[0-9a-f]{8}$/);
    assert.equal(new Set(values).size, values.length);
    assert.equal(
      tagOf(await make({ terminate: { ...terminate, script: "stop harder" } })),
      tagOf(await make({ terminate })),
    );
  });

  it("lets the provider take as long as a graceful group may take, and wait for no number of instances", () => {
    assert.equal(groupOf(all).inputs["waitForCapacityTimeout"], "0");
    assert.deepEqual(groupOf(all).customTimeouts, { create: "600s", update: "900s", delete: "2580s" });
  });

  it("lets the provider wait for instances as long as they may take where it is told to", async () => {
    const { customTimeouts, inputs } = groupOf(await make({ launch, waitForCapacity: true }));

    assert.equal(inputs["waitForCapacityTimeout"], "1230s");
    assert.deepEqual(customTimeouts, { create: "1830s", update: "2130s", delete: "2580s" });
  });

  it("never deletes by force", () => {
    assert.equal(groupOf(all).inputs["forceDelete"], undefined);
  });

  it("leaves the number of instances to scaling policies unless it is given", async () => {
    assert.equal(groupOf(all).inputs["desiredCapacity"], undefined);
    assert.ok(groupOf(all).ignoreChanges.includes("desiredCapacity"));

    const given = groupOf(await make({ desiredCapacity: 2 }));
    assert.equal(given.inputs["desiredCapacity"], 2);
    assert.ok(!given.ignoreChanges.includes("desiredCapacity"));
  });

  it("begins with the number of instances that is given for the beginning, and leaves it to scaling policies then", async () => {
    const { ignoreChanges, inputs } = groupOf(await make({ initialCapacity: 2 }));

    assert.equal(inputs["desiredCapacity"], 2);
    assert.ok(ignoreChanges.includes("desiredCapacity"));
  });

  it("gives instances what the SSM agent needs and nothing else", () => {
    assert.deepEqual(
      ofType(all, types.attachment).map(({ inputs }) => inputs),
      [
        {
          role: only(all, types.role, "web-instance").state["name"],
          policyArn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
        },
      ],
    );
    assert.ok(!ofType(all, types.policy).some(({ name }) => name.startsWith("web-instance")));
  });

  it("brings the output of scripts to CloudWatch Logs on request only, with permissions for just that", async () => {
    const withLogs = await make({ scriptLogs: true });
    const { inputs, state } = only(withLogs, types.logGroup, "web-handler-scripts");
    const logGroup = String(state["arn"]);
    const target = (some: readonly Registration[]) =>
      decodeInstructions(String(only(some, types.hook, "web-terminate").inputs["notificationMetadata"]))
        ?.scriptLogGroup;

    assert.equal(target(all), undefined);
    assert.equal(target(withLogs), state["name"]);
    assert.equal(inputs["retentionInDays"], 30);
    assert.deepEqual(JSON.parse(String(only(withLogs, types.policy, "web-instance-logs").inputs["policy"])), {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
          Resource: [logGroup, `${logGroup}:*`],
        },
        {
          Effect: "Allow",
          Action: "logs:DescribeLogGroups",
          Resource: "*",
        },
      ],
    });
  });

  it("launches the latest Amazon Linux with tokens for its metadata and an encrypted disk", () => {
    const { inputs } = only(all, types.launchTemplate);

    assert.equal(
      inputs["imageId"],
      "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64",
    );
    assert.deepEqual(inputs["metadataOptions"], {
      httpEndpoint: "enabled",
      httpTokens: "required",
      httpPutResponseHopLimit: 1,
    });
    assert.deepEqual(inputs["blockDeviceMappings"], [
      {
        deviceName: "/dev/xvda",
        ebs: { encrypted: "true", volumeType: "gp3", volumeSize: 8, deleteOnTermination: "true" },
      },
    ]);
    assert.deepEqual(inputs["iamInstanceProfile"], { arn: only(all, types.profile).state["arn"] });
  });

  it("says nothing about the root volume of another image, whose device has another name perhaps", async () => {
    const { inputs } = only(await make({ instance: { imageId: "ami-0abc" } }), types.launchTemplate);

    assert.equal(inputs["imageId"], "ami-0abc");
    assert.ok(!("blockDeviceMappings" in inputs));
  });

  it("encrypts the root volume of another image whose device is named, in the size of the image or another", async () => {
    const mapping = async (rootVolumeSize?: number) => {
      const instance = { imageId: "ami-0abc", rootDeviceName: "/dev/sda1", rootVolumeSize };
      return only(await make({ instance }), types.launchTemplate).inputs["blockDeviceMappings"];
    };
    const ebs = { encrypted: "true", volumeType: "gp3", deleteOnTermination: "true" };

    assert.deepEqual(await mapping(), [{ deviceName: "/dev/sda1", ebs }]);
    assert.deepEqual(await mapping(20), [{ deviceName: "/dev/sda1", ebs: { ...ebs, volumeSize: 20 } }]);
  });

  it("changes of the metadata options only those that are given", async () => {
    const instance = {
      metadataOptions: pulumi.output({ httpPutResponseHopLimit: 2, instanceMetadataTags: "enabled" }),
    };
    const { inputs } = only(await make({ instance }), types.launchTemplate);

    assert.deepEqual(inputs["metadataOptions"], {
      httpEndpoint: "enabled",
      httpTokens: "required",
      httpPutResponseHopLimit: 2,
      instanceMetadataTags: "enabled",
    });
  });

  it("forbids EC2 to stop and to terminate instances only where it is told to", async () => {
    const instance = { disableApiStop: true, disableApiTermination: true };
    const told = only(await make({ instance }), types.launchTemplate).inputs;
    const usual = only(all, types.launchTemplate).inputs;

    assert.equal(told["disableApiStop"], true);
    assert.equal(told["disableApiTermination"], true);
    assert.ok(!("disableApiStop" in usual) && !("disableApiTermination" in usual));
  });

  it("takes the image that fits the processor of the instance type", async () => {
    const architectures = {
      "t4g.small": "arm64",
      "m7gd.large": "arm64",
      "a1.large": "arm64",
      "p6e-gb200.36xlarge": "arm64",
      "is4gen.medium": "arm64",
      "t3.small": "x86_64",
      "g4dn.xlarge": "x86_64",
      "gr6.4xlarge": "x86_64",
      "u-6tb1.metal": "x86_64",
      "c7i-flex.large": "x86_64",
    };
    for (const [instanceType, architecture] of Object.entries(architectures)) {
      const { inputs } = only(await make({ instance: { instanceType } }), types.launchTemplate);
      assert.match(String(inputs["imageId"]), new RegExp(`-${architecture}$`), instanceType);
    }
  });

  it("drains for as long as the hook's instructions say", () => {
    const { inputs } = only(all, types.targetGroup);

    assert.equal(inputs["deregistrationDelay"], 300);
    assert.equal(inputs["targetType"], "instance");
    assert.deepEqual(groupOf(all).inputs["targetGroupArns"], [only(all, types.targetGroup).state["arn"]]);
  });

  it("is the ancestor of all that it makes", () => {
    const component = only(all, types.component);
    const handler = only(all, types.handler);
    for (const { name, parent, type, urn } of all) {
      if (urn !== component.urn) assert.ok([component.urn, handler.urn].includes(parent), `${type} ${name}`);
    }
  });

  it("names no partition but the one it is in", async () => {
    const elsewhere = await make(
      { launch },
      { account: { ...account, partition: "aws-us-gov", region: "us-gov-west-1" } },
    );

    assert.ok(!JSON.stringify(elsewhere.map(({ inputs }) => inputs)).includes("arn:aws:"));
  });
});

describe("GracefulAutoScalingGroup with less or more", () => {
  it("has no launch hook and no launch document without a launch script", async () => {
    const all = await make();

    assert.deepEqual(
      ofType(all, types.hook).map(({ name }) => name),
      ["web-terminate"],
    );
    assert.deepEqual(
      ofType(all, types.document).map(({ name }) => name),
      ["web-terminate"],
    );
    assert.equal((groupOf(all).inputs["initialLifecycleHooks"] as unknown[]).length, 1);
  });

  it("uses a launch template of somebody else as it is", async () => {
    const all = await make({ instance: undefined, launchTemplate: { id: "lt-0abc", version: "7" } });

    assert.deepEqual(groupOf(all).inputs["launchTemplate"], { id: "lt-0abc", version: "7" });
    for (const type of [types.launchTemplate, types.profile, types.attachment])
      assert.deepEqual(ofType(all, type), []);
  });

  it("takes the default version of such a template if none is given", async () => {
    const all = await make({ instance: undefined, launchTemplate: { id: "lt-0abc" } });

    assert.deepEqual(groupOf(all).inputs["launchTemplate"], { id: "lt-0abc", version: "$Default" });
  });

  it("goes on after a failed launch only where it is told to", async () => {
    const told = await make({ ignoreFailedScalingActivities: true });

    assert.equal(groupOf(told).inputs["ignoreFailedScalingActivities"], true);
    assert.ok(!("ignoreFailedScalingActivities" in groupOf(await make()).inputs));
  });

  it("makes a mixed instances policy in place of the plain launch template", async () => {
    const { inputs } = groupOf(
      await make({ mixedInstances: { instancesDistribution: { onDemandPercentageAboveBaseCapacity: 0 } } }),
    );

    assert.equal(inputs["launchTemplate"], undefined);
    assert.ok(inputs["mixedInstancesPolicy"]);
  });

  it("makes no handler of its own where one is given, and waits for that one", async () => {
    const all = await registered(() => {
      const handler = new LifecycleHandler("shared");
      new GracefulAutoScalingGroup("web", groupArgs({ handler }));
      new GracefulAutoScalingGroup("jobs", groupArgs({ handler }));
    });
    const shared = only(all, types.function);

    assert.equal(ofType(all, types.handler).length, 1);
    for (const group of ofType(all, types.group)) {
      const [mark] = group.inputs["tags"] as unknown[];
      assert.deepEqual(mark, {
        key: "graceful-asg:handler",
        value: shared.state["name"],
        propagateAtLaunch: true,
      });
      for (const { urn, parent } of all)
        if (parent === only(all, types.handler).urn) assert.ok(group.dependencies.includes(urn));
    }
    const names = ofType(all, types.document).map(({ state }) => state["name"]);
    assert.equal(new Set(names).size, 2);
  });

  it("lets its handler serve instances that carry the tag of a former handler, before the group has another tag", async () => {
    const all = await make({ handler: handlerElsewhere, formerHandlers: ["web-handler-1a2b3c4", "older"] });
    const grant = only(all, "aws:iam/rolePolicy:RolePolicy", "web-former-handlers");

    assert.equal(grant.inputs["role"], handlerElsewhere.functionRoleName);
    assert.deepEqual(JSON.parse(String(grant.inputs["policy"])), {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "ssm:SendCommand",
          Resource: "arn:aws:ec2:us-east-1:123456789012:instance/*",
          Condition: {
            StringEquals: { "ssm:resourceTag/graceful-asg:handler": ["web-handler-1a2b3c4", "older"] },
          },
        },
      ],
    });
    assert.ok(only(all, types.group).dependencies.includes(grant.urn));
  });

  it("takes a handler of another stack as plain values, and makes nothing of a handler then", async () => {
    const all = await make({ handler: handlerElsewhere });

    assert.deepEqual(all.map(({ name, type }) => `${type} ${name}`).sort(), [
      "aws:autoscaling/group:Group web",
      "aws:autoscaling/lifecycleHook:LifecycleHook web-terminate",
      "aws:ec2/launchTemplate:LaunchTemplate web",
      "aws:iam/instanceProfile:InstanceProfile web-instance",
      "aws:iam/role:Role web-instance",
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment web-instance",
      "aws:lb/targetGroup:TargetGroup web",
      "aws:ssm/document:Document web-terminate",
      "graceful-asg:index:GracefulAutoScalingGroup web",
    ]);
    assert.equal(only(all, types.hook).inputs["notificationTargetArn"], handlerElsewhere.topicArn);
    assert.equal(only(all, types.hook).inputs["roleArn"], handlerElsewhere.notificationRoleArn);
    assert.match(
      String(only(all, types.document).state["name"]),
      /^shared-1234567-web-terminate-[0-9a-f]{8}$/,
    );
  });

  it("waits for what the caller says the group needs", async () => {
    const all = await registered(() => {
      const route = new LifecycleHandler("network");
      new GracefulAutoScalingGroup("web", groupArgs(), { dependsOn: [route] });
    });

    assert.ok(groupOf(all).dependencies.includes(only(all, types.topic, "network-hooks").urn));
    assert.ok(groupOf(all).dependencies.includes(only(all, types.topic, "web-handler-hooks").urn));
  });

  it("makes listeners between target group and group, each way to return them", async () => {
    const listener = (targetGroupArn: pulumi.Output<string>, name = "web") =>
      new aws.lb.Listener(name, {
        loadBalancerArn: "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/web/0",
        defaultActions: [{ type: "forward", targetGroupArn }],
      });
    const ways: NonNullable<GracefulAutoScalingGroupArgs["listeners"]>[] = [
      (arn) => listener(arn),
      (arn) => [listener(arn), listener(arn, "second")],
      (arn) => pulumi.output(listener(arn)),
      (arn) => pulumi.output([listener(arn)]),
      (arn) => [pulumi.output(listener(arn)), Promise.resolve(listener(arn, "second"))],
    ];
    for (const listeners of ways) {
      const all = await make({ listeners });

      for (const { dependencies, inputs, urn } of ofType(all, types.listener)) {
        assert.deepEqual(inputs["defaultActions"], [
          { type: "forward", targetGroupArn: only(all, types.targetGroup).state["arn"] },
        ]);
        assert.ok(dependencies.includes(only(all, types.targetGroup).urn));
        assert.ok(groupOf(all).dependencies.includes(urn), `${urn} ${String(listeners)}`);
      }
      assert.ok(groupOf(all).dependencies.includes(only(all, types.document).urn));
    }
  });

  it("refuses listeners that are not returned, for which the group would not wait", async () => {
    const forgetful = (() => undefined) as unknown as NonNullable<GracefulAutoScalingGroupArgs["listeners"]>;

    await assert.rejects(
      make({ listeners: forgetful }),
      /listeners is "a function that returns nothing"; it must be a function that returns the listeners, .* Return them/,
    );
    await assert.rejects(
      make({ listeners: () => [] }),
      /listeners is "a function that returns an empty list"; it must be .* Return them/,
    );
  });

  it("hears of Spot instances with a handler of its own where it is told to", async () => {
    const spotRules = (all: readonly Registration[]) =>
      ofType(all, types.rule).filter(({ name }) => name === "web-handler-spot").length;

    assert.equal(spotRules(await make({ spot: true })), 1);
    assert.equal(spotRules(await make()), 0);
  });

  it("retains with everything that it takes: policy, default result, metric, alarm", async () => {
    const all = await make({
      terminate: { script: "stop", timeout: 120, onFailure: "retain" },
      enabledMetrics: ["GroupDesiredCapacity"],
      alarmTopicArn: "arn:aws:sns:us-east-1:123456789012:alarms",
    });
    const { inputs } = groupOf(all);

    assert.deepEqual(inputs["instanceLifecyclePolicy"], {
      retentionTriggers: { terminateHookAbandon: "retain" },
    });
    assert.deepEqual(inputs["enabledMetrics"], ["GroupDesiredCapacity", "GroupTerminatingRetainedInstances"]);
    assert.equal(only(all, types.hook).inputs["defaultResult"], "ABANDON");
    const alarm = only(all, types.alarm, "web-retained").inputs;
    assert.equal(alarm["metricName"], "GroupTerminatingRetainedInstances");
    assert.deepEqual(alarm["dimensions"], { AutoScalingGroupName: groupOf(all).state["name"] });
    assert.deepEqual(alarm["alarmActions"], ["arn:aws:sns:us-east-1:123456789012:alarms"]);
  });

  it("does nothing of that otherwise", async () => {
    const all = await make({ terminate: { script: "stop", timeout: 120, onFailure: "abandon" } });

    assert.equal(groupOf(all).inputs["instanceLifecyclePolicy"], undefined);
    assert.equal(groupOf(all).inputs["enabledMetrics"], undefined);
    assert.deepEqual(
      ofType(all, types.alarm).filter(({ name }) => name === "web-retained"),
      [],
    );
    assert.equal(only(all, types.hook).inputs["defaultResult"], "ABANDON");
  });

  it("names neither topic nor role where EventBridge brings the events, and calls the hook by that", async () => {
    const all = await make({ transport: "eventbridge" });
    const { inputs } = only(all, types.hook);

    assert.equal(inputs["name"], "graceful-terminate-eventbridge");
    assert.ok(!("notificationTargetArn" in inputs) && !("roleArn" in inputs));
    assert.equal(decodeInstructions(String(inputs["notificationMetadata"]))?.transport, "eventbridge");
  });

  it("passes the caller's tags to instances and volumes too", async () => {
    const all = await make({ tags: { team: "web" } });

    assert.deepEqual((groupOf(all).inputs["tags"] as unknown[]).at(-1), {
      key: "team",
      value: "web",
      propagateAtLaunch: true,
    });
    assert.deepEqual(only(all, types.launchTemplate).inputs["tagSpecifications"], [
      { resourceType: "instance", tags: { team: "web" } },
      { resourceType: "volume", tags: { team: "web" } },
    ]);
  });
});
