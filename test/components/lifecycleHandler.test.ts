import assert from "node:assert/strict";
import { LifecycleHandler, type LifecycleHandlerArgs } from "../../components";
import { functionTimeout } from "../../components/handler/function";
import { dashboardUrl } from "../../components/handler/monitoring";
import type { Deployment } from "../../evaluate/record";
import { isAllowed, readPolicy } from "../../simulator/iam";
import { ofType, type Registration } from "../../evaluate/registration";
import { minHeartbeatTimeout } from "../../timing";
import { account, only, registered } from "../support/deployment";

const types = {
  alarm: "aws:cloudwatch/metricAlarm:MetricAlarm",
  dashboard: "aws:cloudwatch/dashboard:Dashboard",
  eventInvokeConfig: "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
  filter: "aws:cloudwatch/logMetricFilter:LogMetricFilter",
  function: "aws:lambda/function:Function",
  logGroup: "aws:cloudwatch/logGroup:LogGroup",
  permission: "aws:lambda/permission:Permission",
  policy: "aws:iam/rolePolicy:RolePolicy",
  queue: "aws:sqs/queue:Queue",
  queuePolicy: "aws:sqs/queuePolicy:QueuePolicy",
  role: "aws:iam/role:Role",
  rule: "aws:cloudwatch/eventRule:EventRule",
  subscription: "aws:sns/topicSubscription:TopicSubscription",
  target: "aws:cloudwatch/eventTarget:EventTarget",
  topic: "aws:sns/topic:Topic",
  topicPolicy: "aws:sns/topicPolicy:TopicPolicy",
} as const;

const make = (args?: LifecycleHandlerArgs, deployment?: Partial<Deployment>) =>
  registered(() => new LifecycleHandler("lifecycle", args), deployment);
const statements = ({ inputs }: Registration, document = "policy") =>
  (JSON.parse(String(inputs[document])) as { Statement: unknown[] }).Statement;
const arnOf = (all: readonly Registration[], type: string, name?: string) =>
  only(all, type, name).state["arn"];

describe("LifecycleHandler", () => {
  let all: readonly Registration[];
  let handler: string;
  before(async () => {
    all = await make();
    handler = String(only(all, types.function).state["name"]);
  });

  it("gives the function these rights and no others", () => {
    assert.deepEqual(statements(only(all, types.policy, "lifecycle-function")), [
      {
        Effect: "Allow",
        Action: ["autoscaling:CompleteLifecycleAction", "autoscaling:RecordLifecycleActionHeartbeat"],
        Resource: "arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:*:autoScalingGroupName/*",
        Condition: { StringEquals: { "autoscaling:ResourceTag/graceful-asg:handler": handler } },
      },
      {
        Effect: "Allow",
        Action: "ssm:SendCommand",
        Resource: `arn:aws:ssm:us-east-1:123456789012:document/${handler}-*`,
      },
      {
        Effect: "Allow",
        Action: "ssm:SendCommand",
        Resource: "arn:aws:ec2:us-east-1:123456789012:instance/*",
        Condition: { StringEquals: { "ssm:resourceTag/graceful-asg:handler": handler } },
      },
      {
        Effect: "Allow",
        Action: [
          "autoscaling:DescribeAutoScalingGroups",
          "autoscaling:DescribeAutoScalingInstances",
          "autoscaling:DescribeLifecycleHooks",
          "autoscaling:DescribeScalingActivities",
          "ssm:CancelCommand",
          "ssm:DescribeInstanceInformation",
          "ssm:GetCommandInvocation",
          "ssm:ListCommandInvocations",
          "ssm:ListCommands",
        ],
        Resource: "*",
      },
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: `${String(arnOf(all, types.logGroup, "lifecycle-function"))}:*`,
      },
      { Effect: "Allow", Action: "sqs:SendMessage", Resource: arnOf(all, types.queue) },
    ]);
  });

  it("lets hooks do nothing but publish to the topic", () => {
    assert.deepEqual(statements(only(all, types.policy, "lifecycle-hooks")), [
      { Effect: "Allow", Action: "sns:Publish", Resource: arnOf(all, types.topic) },
    ]);
  });

  it("lets nobody publish to the topic but the role of the hooks, and forbids nothing else", () => {
    const role = String(arnOf(all, types.role, "lifecycle-hooks"));
    const policy = only(all, types.topicPolicy);
    const given = { Action: "sns:Publish", Resource: arnOf(all, types.topic) };

    assert.equal(policy.inputs["arn"], arnOf(all, types.topic));
    assert.deepEqual(statements(policy), [
      { Effect: "Allow", Principal: { AWS: role }, ...given },
      {
        Effect: "Deny",
        Principal: { AWS: "*" },
        ...given,
        Condition: { ArnNotEquals: { "aws:PrincipalArn": role } },
      },
    ]);
  });

  it("denies whoever may publish by an identity policy of its own, a role of the same name in another account too", () => {
    const topic = String(arnOf(all, types.topic));
    const role = String(arnOf(all, types.role, "lifecycle-hooks"));
    const everything = [{ Effect: "Allow", Action: "*", Resource: "*" }];
    const policy = readPolicy(
      "topic",
      "resource",
      JSON.parse(String(only(all, types.topicPolicy).inputs["policy"])),
    );
    const may = (action: string, principal?: string) =>
      isAllowed([...everything, ...policy], {
        action,
        resource: topic,
        context: principal === undefined ? {} : { "aws:PrincipalArn": principal },
      });

    assert.ok(may("sns:Publish", role));
    for (const stranger of [
      "arn:aws:iam::123456789012:root",
      "arn:aws:iam::123456789012:user/somebody",
      "arn:aws:iam::123456789012:role/administrator",
      role.replace("123456789012", "210987654321"),
      `${role}-2`,
      undefined,
    ])
      assert.ok(!may("sns:Publish", stranger), stranger);
    for (const action of [
      "sns:SetTopicAttributes",
      "sns:Subscribe",
      "sns:DeleteTopic",
      "sns:GetTopicAttributes",
    ])
      assert.ok(may(action, "arn:aws:iam::123456789012:role/administrator"), action);
  });

  it("names the role by its path, where it has one", async () => {
    const inPath = await make({ rolePath: "/graceful/" });

    assert.ok(
      JSON.stringify(statements(only(inPath, types.topicPolicy))).includes(
        String(arnOf(inPath, types.role, "lifecycle-hooks")),
      ),
    );
  });

  it("lets each role be assumed by its service alone", () => {
    const assumed = (name: string) => statements(only(all, types.role, name), "assumeRolePolicy");
    const by = (Service: string) => [{ Effect: "Allow", Principal: { Service }, Action: "sts:AssumeRole" }];

    assert.deepEqual(assumed("lifecycle-function"), by("lambda.amazonaws.com"));
    assert.deepEqual(assumed("lifecycle-hooks"), by("autoscaling.amazonaws.com"));
    assert.equal(ofType(all, types.role).length, 2);
  });

  it("lets the function be invoked by its own topic and rules only", () => {
    const allowed = (principal: string, sourceArn: unknown) => ({
      action: "lambda:InvokeFunction",
      function: handler,
      principal,
      sourceArn,
    });
    const bySource = (one: { sourceArn?: unknown }, other: { sourceArn?: unknown }) =>
      String(one.sourceArn).localeCompare(String(other.sourceArn));

    assert.deepEqual(
      ofType(all, types.permission)
        .map(({ inputs }) => inputs)
        .sort(bySource),
      [
        allowed("sns.amazonaws.com", arnOf(all, types.topic)),
        ...ofType(all, types.rule).map(({ state }) => allowed("events.amazonaws.com", state["arn"])),
      ].sort(bySource),
    );
    assert.equal(ofType(all, types.rule).length, 3);
  });

  it("attaches no managed policy to anything", () => {
    assert.deepEqual(ofType(all, "aws:iam/rolePolicyAttachment:RolePolicyAttachment"), []);
    assert.ok(ofType(all, types.role).every(({ inputs }) => inputs["managedPolicyArns"] === undefined));
  });

  it("makes the function explicit in all that would otherwise change under it", () => {
    const { code: _, description: __, ...inputs } = only(all, types.function).inputs;

    assert.deepEqual(inputs, {
      architectures: ["arm64"],
      environment: {
        variables: { GRACEFUL_ASG_SEAL: only(all, types.role, "lifecycle-function").state["uniqueId"] },
      },
      handler: "__index.handler",
      loggingConfig: {
        logFormat: "JSON",
        logGroup: only(all, types.logGroup, "lifecycle-function").state["name"],
      },
      memorySize: 256,
      role: arnOf(all, types.role, "lifecycle-function"),
      runtime: "nodejs24.x",
      timeout: 60,
    });
  });

  it("ends the function long before the shortest hook could time out", () => {
    assert.ok(functionTimeout < minHeartbeatTimeout / 3);
  });

  it("hears of ended commands of its own documents, and of every minute", () => {
    const pattern: unknown = JSON.parse(
      String(only(all, types.rule, "lifecycle-commands").inputs["eventPattern"]),
    );

    assert.deepEqual(pattern, {
      account: ["123456789012"],
      source: ["aws.ssm"],
      "detail-type": ["EC2 Command Status-change Notification"],
      detail: {
        "document-name": [{ prefix: `${handler}-` }],
        status: ["Success", "Failed", "TimedOut", "Cancelled"],
      },
    });
    assert.equal(only(all, types.rule, "lifecycle-sweep").inputs["scheduleExpression"], "rate(1 minute)");
  });

  it("hears of its own hooks from EventBridge, by the beginning of their metadata", () => {
    const pattern: unknown = JSON.parse(
      String(only(all, types.rule, "lifecycle-hooks").inputs["eventPattern"]),
    );

    assert.deepEqual(pattern, {
      account: ["123456789012"],
      source: ["aws.autoscaling"],
      "detail-type": ["EC2 Instance-launch Lifecycle Action", "EC2 Instance-terminate Lifecycle Action"],
      detail: {
        NotificationMetadata: [
          { prefix: `{"gracefulAsg":1,"handler":"${handler}","transport":"eventbridge",` },
        ],
      },
    });
  });

  it("hears of nothing but what services of AWS send about its own account", async () => {
    const patterns = ofType(await make({ spot: true }), types.rule)
      .map(({ inputs }) => inputs["eventPattern"])
      .filter((pattern) => typeof pattern === "string")
      .map((pattern) => JSON.parse(pattern) as { readonly account: unknown; readonly source: unknown });

    assert.equal(patterns.length, 3);
    // EventBridge takes no such source from a customer. Source: EventBridge API, PutEvents.
    for (const { account, source } of patterns) {
      assert.deepEqual(account, ["123456789012"]);
      assert.ok(Array.isArray(source) && source.length === 1);
      assert.match(String(source[0]), /^aws\./);
    }
  });

  it("hears of Spot instances only where it is told to", async () => {
    const withSpot = await make({ spot: true });
    const pattern: unknown = JSON.parse(
      String(only(withSpot, types.rule, "lifecycle-spot").inputs["eventPattern"]),
    );

    assert.deepEqual(pattern, {
      account: ["123456789012"],
      source: ["aws.ec2"],
      "detail-type": ["EC2 Spot Instance Interruption Warning"],
    });
    assert.ok(ofType(withSpot, types.permission).some(({ name }) => name === "lifecycle-rule-spot"));
    assert.ok(!ofType(all, types.rule).some(({ name }) => name === "lifecycle-spot"));
  });

  it("puts aside what topic, rules and function cannot deliver or handle", () => {
    const deadLetters = arnOf(all, types.queue);

    assert.deepEqual(JSON.parse(String(only(all, types.subscription).inputs["redrivePolicy"])), {
      deadLetterTargetArn: deadLetters,
    });
    for (const { inputs } of ofType(all, types.target))
      assert.deepEqual(inputs["deadLetterConfig"], { arn: deadLetters });
    assert.deepEqual(only(all, types.eventInvokeConfig).inputs, {
      functionName: handler,
      maximumRetryAttempts: 2,
      maximumEventAgeInSeconds: 900,
      destinationConfig: { onFailure: { destination: deadLetters } },
    });
    assert.deepEqual(
      statements(only(all, types.queuePolicy)),
      [
        { service: "sns", arn: arnOf(all, types.topic) },
        { service: "events", arn: arnOf(all, types.rule, "lifecycle-commands") },
        { service: "events", arn: arnOf(all, types.rule, "lifecycle-hooks") },
        { service: "events", arn: arnOf(all, types.rule, "lifecycle-sweep") },
      ].map(({ arn, service }) => ({
        Effect: "Allow",
        Principal: { Service: `${service}.amazonaws.com` },
        Action: "sqs:SendMessage",
        Resource: deadLetters,
        Condition: { ArnEquals: { "aws:SourceArn": arn } },
      })),
    );
  });

  it("allows an invocation before it subscribes or targets", () => {
    const { dependencies } = only(all, types.subscription);
    assert.ok(dependencies.includes(only(all, types.permission, "lifecycle-hooks").urn));
    for (const target of ofType(all, types.target)) {
      const permission = only(all, types.permission, target.name.replace("lifecycle-", "lifecycle-rule-"));
      assert.ok(target.dependencies.includes(permission.urn), target.name);
    }
  });

  it("keeps logs for a month", () => {
    for (const { inputs } of ofType(all, types.logGroup)) assert.equal(inputs["retentionInDays"], 30);
    assert.equal(ofType(all, types.logGroup).length, 2);
  });

  it("raises an alarm for what goes wrong, and tells nobody unless asked to", () => {
    assert.deepEqual(
      ofType(all, types.alarm)
        .map(({ name }) => name)
        .sort(),
      ["dead-letters", "dropped", "errors", "function-errors", "unclean-ends"].map(
        (suffix) => `lifecycle-${suffix}`,
      ),
    );
    for (const { inputs } of ofType(all, types.alarm)) {
      assert.deepEqual(inputs["alarmActions"], []);
      assert.equal(inputs["treatMissingData"], "notBreaching");
    }
  });

  it("counts each outcome once, a machine that is gone neither as clean nor as unclean", () => {
    const metricsOf = (outcome: string) =>
      ofType(all, types.filter)
        .filter(({ inputs }) => String(inputs["pattern"]).includes(`$.message.outcome = "${outcome}"`))
        .map(({ name }) => name.replace("lifecycle-", ""));

    assert.deepEqual(metricsOf("succeeded"), ["CleanEnds"]);
    for (const outcome of ["failed", "overran", "unreachable"])
      assert.deepEqual(metricsOf(outcome), ["UncleanEnds"], outcome);
    assert.deepEqual(metricsOf("gone"), ["GoneMachines"]);
    assert.deepEqual(metricsOf("skipped"), []);
  });

  it("draws every metric that it counts", () => {
    const body = String(only(all, types.dashboard).inputs["dashboardBody"]);
    const names = ofType(all, types.filter).map(
      ({ inputs }) => (inputs["metricTransformation"] as { readonly name: string }).name,
    );

    assert.equal(names.length, 4);
    for (const name of names) assert.ok(body.includes(`"${name}"`), name);
  });

  it("counts in the namespace that its alarms watch", () => {
    const counted = ofType(all, types.filter).map(({ inputs }) => inputs["metricTransformation"]);
    const watched = only(all, types.alarm, "lifecycle-unclean-ends").inputs;

    assert.ok(
      counted.some(
        (metric) =>
          typeof metric === "object" &&
          metric !== null &&
          "namespace" in metric &&
          "name" in metric &&
          metric.namespace === watched["namespace"] &&
          metric.name === watched["metricName"],
      ),
    );
  });

  it("is the parent of all that it makes", () => {
    const component = only(all, "graceful-asg:index:LifecycleHandler");
    for (const { name, parent, type, urn } of all)
      if (urn !== component.urn) assert.equal(parent, component.urn, `${type} ${name}`);
  });

  it("hands its arguments to the engine", () => {
    return make({ logRetentionDays: 7 }).then((made) => {
      assert.equal(only(made, "graceful-asg:index:LifecycleHandler").inputs["logRetentionDays"], 7);
    });
  });
});

describe("LifecycleHandler for an organisation", () => {
  const kmsKeyArn = "arn:aws:kms:us-east-1:123456789012:key/1";

  it("puts boundary and path on all roles and tags on all that takes them", async () => {
    const all = await make({
      permissionsBoundary: "arn:aws:iam::123456789012:policy/b",
      rolePath: "/graceful/",
      tags: { team: "web" },
    });

    for (const { inputs } of ofType(all, types.role)) {
      assert.equal(inputs["permissionsBoundary"], "arn:aws:iam::123456789012:policy/b");
      assert.equal(inputs["path"], "/graceful/");
    }
    for (const type of [
      types.alarm,
      types.function,
      types.logGroup,
      types.queue,
      types.role,
      types.rule,
      types.topic,
    ]) {
      for (const { inputs, name } of ofType(all, type))
        assert.deepEqual(inputs["tags"], { team: "web" }, name);
    }
  });

  it("encrypts with its key, and grants it to those who publish", async () => {
    const all = await make({ kmsKeyArn });

    assert.equal(only(all, types.topic).inputs["kmsMasterKeyId"], kmsKeyArn);
    assert.equal(only(all, types.queue).inputs["kmsMasterKeyId"], kmsKeyArn);
    assert.equal(only(all, types.queue).inputs["sqsManagedSseEnabled"], undefined);
    for (const { inputs } of ofType(all, types.logGroup)) assert.equal(inputs["kmsKeyId"], kmsKeyArn);
    for (const [name, generate] of [
      ["lifecycle-hooks", "kms:GenerateDataKey*"],
      ["lifecycle-function", "kms:GenerateDataKey"],
    ] as const) {
      assert.deepEqual(statements(only(all, types.policy, name)).at(-1), {
        Effect: "Allow",
        Action: [generate, "kms:Decrypt"],
        Resource: kmsKeyArn,
      });
    }
  });

  it("tells its topic of alarms, keeps logs as long as it says, limits concurrency", async () => {
    const all = await make({
      alarmTopicArn: "arn:aws:sns:us-east-1:123456789012:alarms",
      logRetentionDays: 365,
      reservedConcurrency: 5,
    });

    for (const { inputs } of ofType(all, types.alarm))
      assert.deepEqual(inputs["alarmActions"], ["arn:aws:sns:us-east-1:123456789012:alarms"]);
    for (const { inputs } of ofType(all, types.logGroup)) assert.equal(inputs["retentionInDays"], 365);
    assert.equal(only(all, types.function).inputs["reservedConcurrentExecutions"], 5);
  });

  it("leads to the console of its partition", () => {
    const url = (partition: string, region: string) =>
      dashboardUrl(`arn:${partition}:lambda:${region}:123456789012:function:lifecycle`, "lifecycle");

    for (const [partition, region, domain] of [
      ["aws", "us-east-1", "us-east-1.console.aws.amazon.com"],
      ["aws-cn", "cn-north-1", "cn-north-1.console.amazonaws.cn"],
      ["aws-eusc", "eusc-de-east-1", "eusc-de-east-1.console.amazonaws-eusc.eu"],
      ["aws-us-gov", "us-gov-west-1", "us-gov-west-1.console.amazonaws-us-gov.com"],
    ] as const) {
      assert.equal(
        url(partition, region),
        `https://${domain}/cloudwatch/home?region=${region}#dashboards/dashboard/lifecycle`,
      );
    }
  });

  it("names no partition but the one it is in", async () => {
    const all = await make({}, { account: { ...account, partition: "aws-cn", region: "cn-north-1" } });

    assert.ok(
      !JSON.stringify(all.map(({ inputs, name, type }) => ({ inputs, name, type }))).includes("arn:aws:"),
    );
  });
});
