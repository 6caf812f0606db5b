// @ts-nocheck
import type { Registration } from "../program/registration";
import { readPolicy, type Statement } from "./iam";

/** What a program registers, as the box needs it: plain data, references resolved by ARN and name. */
export interface World {
  readonly groups: readonly GroupSettings[];
  readonly functions: readonly FunctionSettings[];
  readonly subscriptions: readonly {
    readonly topic: string;
    readonly endpoint: string;
    readonly deadLetters?: string;
  }[];
  readonly permissions: readonly {
    readonly function: string;
    readonly principal: string;
    readonly sourceArn: string;
  }[];
  readonly rules: readonly RuleSettings[];
  readonly documents: ReadonlyMap<string, string>;
  readonly topics: ReadonlySet<string>;
  /** Statements of each topic's policy, by its ARN; none for a topic without a policy of its own. */
  readonly topicPolicies: ReadonlyMap<string, readonly Statement[]>;
  /** Statements of each role, by its ARN. */
  readonly roles: ReadonlyMap<string, readonly Statement[]>;
  /** Statements of each queue's policy, by its ARN. */
  readonly queues: ReadonlyMap<string, readonly Statement[]>;
}

/** A lifecycle hook. */
export interface HookSettings {
  readonly name: string;
  readonly lifecycleTransition: string;
  readonly heartbeatTimeout: number;
  readonly defaultResult: string;
  readonly notificationTargetArn?: string;
  readonly roleArn?: string;
  readonly notificationMetadata?: string;
}

/** An Auto Scaling group. */
export interface GroupSettings {
  readonly name: string;
  readonly arn: string;
  readonly minSize: number;
  readonly maxSize: number;
  readonly desiredCapacity: number;
  readonly hooks: readonly HookSettings[];
  /** Longest deregistration delay of its target groups, seconds; undefined without any. */
  readonly deregistrationDelay: number | undefined;
  readonly retains: boolean;
  /** Images of the overrides of its mixed instances policy, which it takes to replace root volumes. */
  readonly imageOverrides: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  /** Tags that its instances get. */
  readonly instanceTags: Readonly<Record<string, string>>;
  /** Whether the SSM agent of its instances may talk to SSM. */
  readonly isManaged: boolean;
}

/** A Lambda function. */
export interface FunctionSettings {
  readonly name: string;
  readonly arn: string;
  readonly role: string;
  readonly timeout: number;
  readonly memorySize: number;
  readonly reservedConcurrency: number | undefined;
  readonly environment: Readonly<Record<string, string>>;
  readonly code: unknown;
  readonly maximumRetryAttempts: number;
  readonly maximumEventAge: number;
  readonly onFailure: string | undefined;
}

/** An EventBridge rule with its targets. */
export interface RuleSettings {
  readonly name: string;
  readonly arn: string;
  readonly pattern: unknown;
  readonly scheduleExpression: string | undefined;
  readonly targets: readonly { readonly arn: string; readonly deadLetters: string | undefined }[];
}

/** Reads the world from what a program registers. */
export function readWorld(registrations: readonly Registration[]): World {
  const all = (type: string) => registrations.filter((one) => one.type === type).map(fieldsOf);
  const statements = statementsByRole(all);
  return {
    groups: all("aws:autoscaling/group:Group").map((group) => groupSettings(group, all)),
    functions: all("aws:lambda/function:Function").map((one) => functionSettings(one, all)),
    subscriptions: all("aws:sns/topicSubscription:TopicSubscription").map((one) => ({
      topic: text(one["topic"]),
      endpoint: text(one["endpoint"]),
      deadLetters: text(parse(one["redrivePolicy"])["deadLetterTargetArn"]),
    })),
    permissions: all("aws:lambda/permission:Permission").map((one) => ({
      function: text(one["function"]),
      principal: text(one["principal"]),
      sourceArn: text(one["sourceArn"]),
    })),
    rules: all("aws:cloudwatch/eventRule:EventRule").map((rule) => ({
      name: text(rule["name"]),
      arn: text(rule["arn"]),
      pattern: rule["eventPattern"] === undefined ? undefined : parse(rule["eventPattern"]),
      scheduleExpression: optionalText(rule["scheduleExpression"]),
      targets: all("aws:cloudwatch/eventTarget:EventTarget")
        .filter((target) => target["rule"] === rule["name"])
        .map((target) => ({
          arn: text(target["arn"]),
          deadLetters: optionalText(object(target["deadLetterConfig"])["arn"]),
        })),
    })),
    documents: new Map(
      all("aws:ssm/document:Document").map((one) => [text(one["name"]), text(one["content"])]),
    ),
    topics: new Set(all("aws:sns/topic:Topic").map((one) => text(one["arn"]))),
    topicPolicies: new Map(
      all("aws:sns/topic:Topic").map((topic) => [text(topic["arn"]), topicStatements(topic, all)]),
    ),
    roles: new Map(
      all("aws:iam/role:Role").map((role) => [text(role["arn"]), statements.get(text(role["name"])) ?? []]),
    ),
    queues: new Map(
      all("aws:sqs/queue:Queue").map((queue) => [text(queue["arn"]), queueStatements(queue, all)]),
    ),
  };
}

type Fields = Readonly<Record<string, unknown>>;
type All = (type: string) => Fields[];

/** Inputs and what the provider made of them, in one. */
function fieldsOf({ inputs, name, state }: Registration): Fields {
  return { logicalName: name, ...inputs, ...state };
}

function groupSettings(group: Fields, all: All): GroupSettings {
  const name = text(group["name"]);
  const byName = new Map<string, HookSettings>();
  const separate = all("aws:autoscaling/lifecycleHook:LifecycleHook").filter(
    (hook) => hook["autoscalingGroupName"] === name,
  );
  for (const hook of [...list(group["initialLifecycleHooks"]), ...separate])
    byName.set(text(hook["name"]), hookSettings(hook));
  const delays = all("aws:lb/targetGroup:TargetGroup")
    .filter((target) => texts(group["targetGroupArns"]).includes(text(target["arn"])))
    .map((target) => number(target["deregistrationDelay"] ?? 300));
  const tags = [...list(group["tags"]), ...separateTags(name, all)];
  const asRecord = (some: readonly Fields[]) =>
    Object.fromEntries(some.map((tag) => [text(tag["key"]), text(tag["value"])]));
  const overrides = list(object(object(group["mixedInstancesPolicy"])["launchTemplate"])["overrides"]);
  const triggers = object(object(group["instanceLifecyclePolicy"])["retentionTriggers"]);
  return {
    name,
    arn: text(group["arn"]),
    minSize: number(group["minSize"]),
    maxSize: number(group["maxSize"]),
    desiredCapacity: number(group["desiredCapacity"] ?? group["minSize"]),
    hooks: [...byName.values()],
    deregistrationDelay: delays.length > 0 ? Math.max(...delays) : undefined,
    retains: triggers["terminateHookAbandon"] === "retain",
    imageOverrides: overrides.flatMap((one) => optionalText(one["imageId"]) ?? []),
    tags: asRecord(tags),
    instanceTags: asRecord(tags.filter((tag) => tag["propagateAtLaunch"] === true)),
    isManaged: isManaged(group, all),
  };
}

/** Tags that were added to a group made elsewhere. */
function separateTags(group: string, all: All): readonly Fields[] {
  return all("aws:autoscaling/tag:Tag")
    .filter((one) => one["autoscalingGroupName"] === group)
    .map((one) => object(one["tag"]));
}

function hookSettings(hook: Fields): HookSettings {
  const target = optionalText(hook["notificationTargetArn"]);
  const roleArn = optionalText(hook["roleArn"]);
  const metadata = optionalText(hook["notificationMetadata"]);
  return {
    name: text(hook["name"]),
    lifecycleTransition: text(hook["lifecycleTransition"]),
    heartbeatTimeout: number(hook["heartbeatTimeout"] ?? 3600),
    defaultResult: text(hook["defaultResult"] ?? "ABANDON"),
    ...(target === undefined ? {} : { notificationTargetArn: target }),
    ...(roleArn === undefined ? {} : { roleArn }),
    ...(metadata === undefined ? {} : { notificationMetadata: metadata }),
  };
}

/** An agent without permission never registers; a launch template of somebody else is taken for a good one. */
function isManaged(group: Fields, all: All): boolean {
  const mixed = object(
    object(object(group["mixedInstancesPolicy"])["launchTemplate"])["launchTemplateSpecification"],
  );
  const id = object(group["launchTemplate"])["id"] ?? mixed["launchTemplateId"];
  const template = all("aws:ec2/launchTemplate:LaunchTemplate").find((one) => one["id"] === id);
  if (template === undefined) return true;
  const profileArn = object(template["iamInstanceProfile"])["arn"];
  const profile = all("aws:iam/instanceProfile:InstanceProfile").find((one) => one["arn"] === profileArn);
  return all("aws:iam/rolePolicyAttachment:RolePolicyAttachment").some(
    (one) =>
      one["role"] === profile?.["role"] &&
      text(one["policyArn"]).endsWith(":policy/AmazonSSMManagedInstanceCore"),
  );
}

function functionSettings(one: Fields, all: All): FunctionSettings {
  const invoke = all("aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig").find(
    (config) => config["functionName"] === one["name"],
  );
  const destination = object(object(object(invoke)["destinationConfig"])["onFailure"])["destination"];
  const environment = Object.entries(object(object(one["environment"])["variables"]));
  return {
    name: text(one["name"]),
    arn: text(one["arn"]),
    role: text(one["role"]),
    timeout: number(one["timeout"] ?? 3),
    memorySize: number(one["memorySize"] ?? 128),
    reservedConcurrency:
      one["reservedConcurrentExecutions"] === undefined
        ? undefined
        : number(one["reservedConcurrentExecutions"]),
    environment: Object.fromEntries(environment.map(([key, value]) => [key, text(value)])),
    code: one["code"],
    maximumRetryAttempts: number(invoke?.["maximumRetryAttempts"] ?? 2),
    maximumEventAge: number(invoke?.["maximumEventAgeInSeconds"] ?? 21_600),
    onFailure: optionalText(destination),
  };
}

function statementsByRole(all: All): ReadonlyMap<string, Statement[]> {
  const found = new Map<string, Statement[]>();
  for (const policy of all("aws:iam/rolePolicy:RolePolicy")) {
    const role = text(policy["role"]);
    const statements = readPolicy(`role ${role}`, "identity", parse(policy["policy"]));
    found.set(role, [...(found.get(role) ?? []), ...statements]);
  }
  return found;
}

function queueStatements(queue: Fields, all: All): Statement[] {
  return all("aws:sqs/queuePolicy:QueuePolicy")
    .filter((policy) => policy["queueUrl"] === queue["url"])
    .flatMap((policy) => readPolicy(`queue ${text(queue["name"])}`, "resource", parse(policy["policy"])));
}

function topicStatements(topic: Fields, all: All): Statement[] {
  const separate = all("aws:sns/topicPolicy:TopicPolicy").filter((one) => one["arn"] === topic["arn"]);
  return [topic, ...separate].flatMap(({ policy }) =>
    policy === undefined ? [] : readPolicy(`topic ${text(topic["name"])}`, "resource", parse(policy)),
  );
}

/** Structured values arrive as JSON text or as they are. */
function parse(value: unknown): Fields {
  return object(typeof value === "string" ? (JSON.parse(value) as unknown) : value);
}

function object(value: unknown): Fields {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function list(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.map(object) : [];
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(text) : [];
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function optionalText(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function number(value: unknown): number {
  return typeof value === "number" ? value : Number(value);
}
