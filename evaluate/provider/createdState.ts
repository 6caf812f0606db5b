import { createHash } from "node:crypto";
import type { Fields } from "../fields";

/** The account in which a program believes to run. */
export interface Account {
  readonly id: string;
  readonly region: string;
  readonly partition: string;
}

/** The id and the state that AWS would give a resource, as far as other resources read them. */
export function createdState(
  account: Account,
  type: string,
  name: string,
  inputs: Fields,
): { id: string; state: Fields } {
  const prefix = text(inputs["namePrefix"]) ?? `${name}-`;
  const physical = text(inputs["name"]) ?? `${prefix}${hash(type, name)}`;
  const creation = { account, inputs, name: physical };
  const made = creators[type]?.(creation) ?? {};
  return {
    id: text(made["id"]) ?? physical,
    state: { ...usualState(type, creation), ...inputs, name: physical, ...made },
  };
}

interface Creation {
  readonly account: Account;
  readonly inputs: Fields;
  readonly name: string;
}

/** The state of a resource of which other resources read only the ARN. */
function usualState(type: string, { account, name }: Creation): Fields {
  const [provider, module = ""] = type.split(":");
  const [service = "", kind = ""] = module.split("/");
  return provider === "aws" ? { arn: arn(account, service, `${kind}/${name}`) } : {};
}

/** Identifiers in the form that AWS gives them; a resource of another type has its name as its id. */
const creators: Readonly<Record<string, (creation: Creation) => Fields>> = {
  "aws:autoscaling/group:Group": ({ account, name }) => ({
    arn: arn(account, "autoscaling", `autoScalingGroup:${uuid(name)}:autoScalingGroupName/${name}`),
  }),
  "aws:cloudwatch/dashboard:Dashboard": ({ inputs }) => ({ dashboardName: inputs["dashboardName"] }),
  "aws:cloudwatch/eventRule:EventRule": ({ account, name }) => ({
    arn: arn(account, "events", `rule/${name}`),
  }),
  "aws:cloudwatch/logGroup:LogGroup": ({ account, name }) => ({
    arn: arn(account, "logs", `log-group:${name}`),
  }),
  "aws:cloudwatch/metricAlarm:MetricAlarm": ({ account, name }) => ({
    arn: arn(account, "cloudwatch", `alarm:${name}`),
  }),
  "aws:ec2/launchTemplate:LaunchTemplate": ({ name }) => ({ id: `lt-${hex(name, 17)}`, latestVersion: 1 }),
  "aws:ec2/securityGroup:SecurityGroup": ({ name }) => ({ id: `sg-${hex(name, 17)}` }),
  "aws:ec2/subnet:Subnet": ({ name }) => ({ id: `subnet-${hex(name, 17)}` }),
  "aws:ec2/vpc:Vpc": ({ name }) => ({ id: `vpc-${hex(name, 17)}` }),
  "aws:iam/instanceProfile:InstanceProfile": ({ account, name }) => ({
    arn: global(account, `instance-profile/${name}`),
  }),
  "aws:iam/role:Role": ({ account, inputs, name }) => ({
    arn: global(account, `role${text(inputs["path"]) ?? "/"}${name}`),
    uniqueId: `AROA${hex(name, 17).toUpperCase()}`,
  }),
  "aws:kms/key:Key": ({ account, name }) => ({
    id: uuid(name),
    arn: arn(account, "kms", `key/${uuid(name)}`),
  }),
  "aws:lambda/alias:Alias": ({ account, inputs, name }) => ({
    arn: arn(account, "lambda", `function:${text(inputs["functionName"]) ?? ""}:${name}`),
  }),
  "aws:lambda/function:Function": ({ account, name }) => ({
    arn: arn(account, "lambda", `function:${name}`),
    invokeArn: arn(account, "apigateway", `lambda:path/2015-03-31/functions/${name}/invocations`),
    version: "1",
  }),
  "aws:lb/targetGroup:TargetGroup": ({ account, name }) =>
    loadBalancing(account, `targetgroup/${name}/${hex(name, 16)}`),
  "aws:sns/topic:Topic": ({ account, name }) => withId(arn(account, "sns", name)),
  "aws:sqs/queue:Queue": ({ account, name }) => ({
    arn: arn(account, "sqs", name),
    url: `https://sqs.${account.region}.amazonaws.com/${account.id}/${name}`,
  }),
  "aws:ssm/document:Document": ({ account, name }) => ({ arn: arn(account, "ssm", `document/${name}`) }),
  "awsx:ec2:DefaultVpc": () => ({
    vpcId: "vpc-0123456789abcdef0",
    publicSubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
    privateSubnetIds: [],
  }),
  "awsx:ec2:Vpc": ({ name }) => ({
    vpcId: `vpc-${hex(name, 17)}`,
    publicSubnetIds: subnetsOf(`${name}-public`),
    privateSubnetIds: subnetsOf(`${name}-private`),
    isolatedSubnetIds: [],
  }),
  "awsx:lb:ApplicationLoadBalancer": ({ account, name }) => ({
    defaultTargetGroup: { name, ...loadBalancing(account, `targetgroup/${name}/${hex(name, 16)}`) },
    loadBalancer: {
      ...loadBalancing(account, `loadbalancer/app/${name}/${hex(name, 16)}`),
      dnsName: `${name}.${account.region}.elb.amazonaws.com`,
    },
  }),
};

function subnetsOf(name: string): readonly string[] {
  return [0, 1].map((zone) => `subnet-${hex(name, 16)}${zone}`);
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function arn({ id, partition, region }: Account, service: string, resource: string): string {
  return `arn:${partition}:${service}:${region}:${id}:${resource}`;
}

function global({ id, partition }: Account, resource: string): string {
  return `arn:${partition}:iam::${id}:${resource}`;
}

function loadBalancing(account: Account, resource: string): Fields {
  return withId(arn(account, "elasticloadbalancing", resource));
}

function withId(id: string): Fields {
  return { id, arn: id };
}

function hash(...parts: string[]): string {
  return hex(parts.join("::"), 7);
}

function hex(text: string, length: number): string {
  return createHash("sha256").update(text).digest("hex").slice(0, length);
}

function uuid(text: string): string {
  const digits = hex(text, 32);
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    digits.slice(12, 16),
    digits.slice(16, 20),
    digits.slice(20),
  ].join("-");
}
