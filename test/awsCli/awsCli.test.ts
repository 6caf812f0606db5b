import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { operatorKey } from "../../simulator";
import type { Output } from "../../simulator/api/operation";
import type { Service } from "../../simulator/wire";
import { subscriptionArns } from "../../simulator/api/topics";
import { TestBed } from "../support/testBed";
import { illegalCalls } from "../support/illegalCalls";
import { errorCodes, mismatches, readServiceModel } from "./serviceModel";

/** The CLI's name of each service of the simulator, which is the name of its model too. */
const cliNames: Readonly<Record<Service, string>> = {
  autoscaling: "autoscaling",
  ec2: "ec2",
  elasticloadbalancing: "elbv2",
  events: "events",
  iam: "iam",
  lambda: "lambda",
  logs: "logs",
  monitoring: "cloudwatch",
  sns: "sns",
  sqs: "sqs",
  ssm: "ssm",
  sts: "sts",
};
const services = Object.keys(cliNames) as Service[];

/** Codes of errors that every operation of a service may have, though no model lists them. */
const generic: Readonly<Partial<Record<Service, readonly string[]>>> = {
  autoscaling: ["ValidationError", "Throttling", "AccessDenied"],
  ec2: [
    "InvalidParameterValue",
    "RequestLimitExceeded",
    "UnauthorizedOperation",
    "InvalidInstanceID.NotFound",
  ],
  events: ["ValidationException", "ThrottlingException", "AccessDeniedException"],
  ssm: ["ValidationException", "ThrottlingException", "AccessDeniedException"],
};

/** Codes that a service answers though its model names another code, or no code; each with its source. */
const observed: Readonly<Record<string, string>> = {
  "sns:Publish NotFound": "SNS model: NotFoundException has the code NotFound",
};

describe("the real AWS CLI with the simulator", function () {
  this.timeout(120_000);

  let bed: TestBed;
  let ids: Readonly<Record<string, string>>;
  before(async () => {
    bed = await TestBed.open({
      scriptSeconds: 100,
      args: { launch: { script: "ready", timeout: 60 } },
      // The topic's own policy would refuse messages of an operator.
      world: (world) => ({ ...world, topicPolicies: new Map() }),
    });
    bed.simulator.autoScaling.populate(bed.group, 3);
    bed.simulator.autoScaling.setDesired(bed.group, 2);
    await bed.pass(330);
    const waiting = bed.of("action").at(-1);
    const command = bed.of("command").at(-1);
    const inService = [...bed.group.instances.values()].find(({ state }) => state === "InService");
    if (inService !== undefined) bed.simulator.ec2.retire([inService], { after: 1e9, isTold: true });
    ids = {
      group: bed.group.settings.name,
      hook: "graceful-terminate-sns",
      token: waiting?.token ?? "",
      command: command?.command ?? "",
      waiting: waiting?.instance ?? "",
      instance: inService?.id ?? "",
      document: command?.document ?? "",
      topic: [...bed.world.topics][0] ?? "",
      subscription: subscriptionArns(bed.simulator.context, bed.world)[0] ?? "",
      function: bed.world.functions[0]?.name ?? "",
      rule: bed.world.rules[0]?.name ?? "",
      queue: [...bed.world.queues.keys()][0]?.split(":").at(-1) ?? "",
      logGroup: bed.world.functions[0]?.logGroup ?? "",
    };
  });
  after(() => bed.close());

  /** Runs the CLI; the simulator answers meanwhile. */
  const aws = (service: Service, command: string, input: Readonly<Record<string, unknown>>) =>
    bed.call(
      () =>
        new Promise<unknown>((resolve, reject) => {
          const args = [
            cliNames[service],
            command,
            "--endpoint-url",
            bed.url,
            "--output",
            "json",
            "--no-paginate",
            "--cli-input-json",
            JSON.stringify(input),
          ];
          const env = {
            ...process.env,
            AWS_ACCESS_KEY_ID: operatorKey,
            AWS_SECRET_ACCESS_KEY: "simulator",
            AWS_DEFAULT_REGION: "us-east-1",
            AWS_PAGER: "",
          };
          const child = spawn("aws", args, { env });
          let text = "";
          let errors = "";
          child.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()));
          child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
          child.on("error", reject);
          child.on("close", (code) => {
            if (code === 0) resolve(text.trim() === "" ? {} : JSON.parse(text));
            else reject(new Error(errors));
          });
        }),
    );

  const cases: Readonly<
    Partial<Record<Service, Readonly<Record<string, () => Readonly<Record<string, unknown>>>>>>
  > = {
    elasticloadbalancing: {
      DescribeTargetGroups: () => ({ TargetGroupArns: [...bed.group.settings.targetGroupArns] }),
      DescribeTargetGroupAttributes: () => ({ TargetGroupArn: bed.group.settings.targetGroupArns[0] }),
    },
    events: {
      PutEvents: () => ({
        Entries: [
          { Source: "graceful-asg", DetailType: "Graceful Lifecycle Action Started", Detail: "{}" },
          { Source: "aws.ssm", DetailType: "EC2 Command Status-change Notification", Detail: "{}" },
        ],
      }),
      ListRules: () => ({}),
      ListTargetsByRule: () => ({ Rule: ids["rule"] }),
      ListRuleNamesByTarget: () => ({ TargetArn: bed.world.functions[0]?.arn }),
    },
    iam: {
      SimulatePrincipalPolicy: () => ({
        PolicySourceArn: [...bed.world.roles.keys()][0],
        ActionNames: ["ssm:SendCommand"],
        ResourceArns: ["arn:aws:ssm:us-east-1:123456789012:document/x"],
        ContextEntries: [
          { ContextKeyName: "aws:ResourceTag/x", ContextKeyValues: ["y"], ContextKeyType: "string" },
        ],
      }),
    },
    lambda: {
      GetFunctionConfiguration: () => ({ FunctionName: ids["function"] }),
      GetPolicy: () => ({ FunctionName: ids["function"] }),
      GetFunctionEventInvokeConfig: () => ({ FunctionName: ids["function"] }),
    },
    monitoring: {
      GetMetricData: () => ({
        StartTime: "2026-01-01T00:00:00Z",
        EndTime: "2026-01-02T00:00:00Z",
        MetricDataQueries: [
          {
            Id: "errors",
            MetricStat: {
              Metric: {
                Namespace: "AWS/Lambda",
                MetricName: "Errors",
                Dimensions: [{ Name: "FunctionName", Value: ids["function"] }],
              },
              Period: 3600,
              Stat: "Sum",
            },
          },
        ],
      }),
    },
    sqs: {
      GetQueueUrl: () => ({ QueueName: ids["queue"] }),
      GetQueueAttributes: () => ({
        QueueUrl: `https://sqs.us-east-1.amazonaws.com/123456789012/${ids["queue"] ?? ""}`,
        AttributeNames: ["ApproximateNumberOfMessages"],
      }),
    },
    autoscaling: {
      DescribePolicies: () => ({ PolicyTypes: ["SimpleScaling"] }),
      DescribeLaunchConfigurations: () => ({ LaunchConfigurationNames: ["none"] }),
      PutWarmPool: () => ({
        AutoScalingGroupName: ids["group"],
        PoolState: "Running",
        InstanceReusePolicy: { ReuseOnScaleIn: true },
      }),
      DescribeWarmPool: () => ({ AutoScalingGroupName: ids["group"] }),
      DescribeAutoScalingGroups: () => ({
        Filters: [{ Name: "tag-value", Values: Object.values(bed.group.settings.tags) }],
      }),
      DescribeAutoScalingInstances: () => ({ InstanceIds: [ids["waiting"], ids["instance"]] }),
      DescribeLifecycleHooks: () => ({ AutoScalingGroupName: ids["group"] }),
      DescribeScalingActivities: () => ({ AutoScalingGroupName: ids["group"] }),
      RecordLifecycleActionHeartbeat: () => ({
        AutoScalingGroupName: ids["group"],
        LifecycleHookName: ids["hook"],
        InstanceId: ids["waiting"],
      }),
      CompleteLifecycleAction: () => ({
        AutoScalingGroupName: ids["group"],
        LifecycleHookName: ids["hook"],
        LifecycleActionToken: ids["token"],
        LifecycleActionResult: "CONTINUE",
      }),
      PutLifecycleHook: () => ({
        AutoScalingGroupName: ids["group"],
        LifecycleHookName: "mine",
        LifecycleTransition: "autoscaling:EC2_INSTANCE_LAUNCHING",
      }),
      DeleteLifecycleHook: () => ({ AutoScalingGroupName: ids["group"], LifecycleHookName: "mine" }),
      SetDesiredCapacity: () => ({ AutoScalingGroupName: ids["group"], DesiredCapacity: 2 }),
      SetInstanceHealth: () => ({ InstanceId: ids["instance"], HealthStatus: "Healthy" }),
      SetInstanceProtection: () => ({
        AutoScalingGroupName: ids["group"],
        InstanceIds: [ids["instance"]],
        ProtectedFromScaleIn: false,
      }),
      DeleteWarmPool: () => ({ AutoScalingGroupName: ids["group"] }),
      TerminateInstanceInAutoScalingGroup: () => ({
        InstanceId: ids["instance"],
        ShouldDecrementDesiredCapacity: true,
      }),
    },
    ec2: {
      DescribeLaunchTemplateVersions: () => ({
        LaunchTemplateId: bed.group.settings.launch.template?.id,
        Versions: ["$Latest"],
      }),
      DescribeInstanceStatus: () => ({
        Filters: [{ Name: "event.code", Values: ["instance-retirement"] }],
        MaxResults: 1000,
      }),
      CreateTags: () => ({
        Resources: [ids["instance"]],
        Tags: [{ Key: "graceful-asg:replace", Value: "by hand" }],
      }),
      DescribeTags: () => ({
        Filters: [
          { Name: "key", Values: ["graceful-asg:replace"] },
          { Name: "resource-type", Values: ["instance"] },
        ],
      }),
      DeleteTags: () => ({
        Resources: [ids["instance"]],
        Tags: [{ Key: "graceful-asg:replace" }],
      }),
    },
    ssm: {
      GetDocument: () => ({ Name: ids["document"] }),
      ListDocuments: () => ({ Filters: [{ Key: "Owner", Values: ["Self"] }] }),
      SendCommand: () => ({
        DocumentName: ids["document"],
        InstanceIds: [ids["instance"]],
        Comment: "by hand",
      }),
      ListCommands: () => ({ Filters: [{ key: "DocumentName", value: ids["document"] }] }),
      ListCommandInvocations: () => ({ CommandId: ids["command"] }),
      GetCommandInvocation: () => ({
        CommandId: ids["command"],
        InstanceId: ids["waiting"],
        PluginName: "runLinux",
      }),
      DescribeInstanceInformation: () => ({ Filters: [{ Key: "InstanceIds", Values: [ids["instance"]] }] }),
      CancelCommand: () => ({ CommandId: ids["command"], InstanceIds: [ids["waiting"]] }),
    },
    logs: {
      FilterLogEvents: () => ({ logGroupName: ids["logGroup"], filterPattern: `"${ids["waiting"] ?? ""}"` }),
    },
    sts: { GetCallerIdentity: () => ({}) },
    sns: {
      GetTopicAttributes: () => ({ TopicArn: ids["topic"] }),
      ListSubscriptionsByTopic: () => ({ TopicArn: ids["topic"] }),
      GetSubscriptionAttributes: () => ({ SubscriptionArn: ids["subscription"] }),
      Publish: () => ({ TopicArn: ids["topic"], Message: "hello" }),
    },
  };

  for (const service of services) {
    for (const [action, input] of Object.entries(cases[service] ?? {})) {
      it(`understands ${service}:${action}, whose answer has the shape of the service model`, async () => {
        let answered: Output | undefined;
        bed.simulator.onAnswer = (call, output) => {
          if (call.action === action) answered = output;
        };
        const understood = await aws(service, kebab(action), input());
        bed.simulator.onAnswer = undefined;

        assert.ok(answered, "the simulator was not asked");
        assert.deepEqual(mismatches(readServiceModel(cliNames[service]), action, answered), []);
        assert.deepEqual(withoutEmpty(understood), withoutEmpty(asJson(answered)));
      });
    }
  }

  it("has a case for every call that the simulator answers", () => {
    for (const service of services) {
      assert.deepEqual(
        Object.keys(cases[service] ?? {}).sort(),
        [...bed.simulator.actionsOf(service)].sort(),
      );
    }
  });

  it("is refused with codes of the service model, or with codes that every operation has", () => {
    for (const [name, { action, code, service }] of Object.entries(illegalCalls)) {
      const codes = [...errorCodes(readServiceModel(service), action), ...(generic[service] ?? [])];
      const isKnown = codes.includes(code) || `${service}:${action} ${code}` in observed;
      assert.ok(isKnown, `${name}: ${code} is none of ${codes.join(", ")}`);
    }
  });
});

function kebab(action: string): string {
  return action.replaceAll(/(?<=[a-z])(?=[A-Z])/g, "-").toLowerCase();
}

/** Instants as the CLI prints them. */
function asJson(value: unknown): unknown {
  if (value instanceof Date) return value.getTime();
  if (value instanceof Map) return Object.fromEntries(value.entries());
  if (Array.isArray(value)) return value.map(asJson);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asJson(inner)]));
}

/** The CLI leaves out empty values, and prints instants as text or as seconds since 1970. */
function withoutEmpty(value: unknown): unknown {
  if (typeof value === "number" && value > 1e9 && value < 1e11) return Math.round(value * 1000);
  if (typeof value === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(value)) return Date.parse(value);
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(
        ([, inner]) => inner !== undefined && inner !== "" && !(Array.isArray(inner) && inner.length === 0),
      )
      .map(([key, inner]) => [key, withoutEmpty(inner)]),
  );
}
