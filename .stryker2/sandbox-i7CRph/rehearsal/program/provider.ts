// @ts-nocheck
import { createHash } from "node:crypto";
import type { Inputs } from "./registration";

/** The account in which a program believes to run. */
export interface Account {
  readonly id: string;
  readonly region: string;
  readonly partition: string;
}

/** What AWS would make of a resource, as far as other resources read it. */
export function createdState(
  account: Account,
  type: string,
  name: string,
  inputs: Inputs,
): { id: string; state: Inputs } {
  const physical = typeof inputs["name"] === "string" ? inputs["name"] : `${name}-${hash(type, name)}`;
  const create = creators[type];
  const made = create?.({ account, inputs, name: physical }) ?? {};
  const id = typeof made["id"] === "string" ? made["id"] : physical;
  return { id, state: { name: physical, ...inputs, ...made } };
}

/** Answers of the look-ups that programs make. The Region has two zones, which offer all instance types. */
export function lookUp({ id, partition, region }: Account, token: string, inputs: Inputs): Inputs {
  switch (token) {
    case "aws:ec2/getInstanceTypeOfferings:getInstanceTypeOfferings":
      return { ...inputs, id: region, locations: locations(region, inputs["locationType"]) };
    case "aws:ec2/getSubnet:getSubnet":
      return { ...inputs, ...zoneOf(region, String(inputs["id"])) };
    case "aws:index/getRegion:getRegion":
      return { id: region, name: region, region };
    case "aws:index/getCallerIdentity:getCallerIdentity":
      return { accountId: id, id, arn: `arn:${partition}:iam::${id}:root` };
    case "aws:index/getPartition:getPartition":
      return { partition, id: partition, dnsSuffix: "amazonaws.com" };
    default:
      return inputs;
  }
}

function locations(region: string, locationType: unknown): string[] {
  switch (locationType) {
    case "availability-zone":
      return zones(region).map(({ availabilityZone }) => availabilityZone);
    case "availability-zone-id":
      return zones(region).map(({ availabilityZoneId }) => availabilityZoneId);
    default:
      return [region];
  }
}

/** Zones as AWS names them: us-east-1a, which differs between accounts, and use1-az1, which does not. */
function zones(region: string) {
  const short = region
    .replace(/north|south|east|west|central|gov/g, ([initial = ""]) => initial)
    .replaceAll("-", "");
  return ["a", "b"].map((letter, index) => ({
    availabilityZone: `${region}${letter}`,
    availabilityZoneId: `${short}-az${index + 1}`,
  }));
}

/** Neighbouring subnets are in different zones. */
function zoneOf(region: string, subnetId: string): Inputs {
  return zones(region)[parseInt(subnetId.slice(-1), 16) % 2] ?? {};
}

interface Creation {
  readonly account: Account;
  readonly inputs: Inputs;
  readonly name: string;
}

/** Identifiers in the form that AWS gives them; what is not here has its name as its id and no ARN. */
const creators: Readonly<Record<string, (creation: Creation) => Inputs>> = {
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
  "aws:ec2/launchTemplate:LaunchTemplate": ({ name }) => ({ id: `lt-${hex(name, 17)}`, latestVersion: 1 }),
  "aws:ec2/securityGroup:SecurityGroup": ({ name }) => ({ id: `sg-${hex(name, 17)}` }),
  "aws:iam/instanceProfile:InstanceProfile": ({ account, name }) => ({
    arn: global(account, `instance-profile/${name}`),
  }),
  "aws:iam/role:Role": ({ account, inputs, name }) => ({
    arn: global(account, `role${text(inputs["path"]) ?? "/"}${name}`),
    uniqueId: `AROA${hex(name, 17).toUpperCase()}`,
  }),
  "aws:lambda/function:Function": ({ account, name }) => ({
    arn: arn(account, "lambda", `function:${name}`),
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
  "awsx:lb:ApplicationLoadBalancer": ({ account, name }) => ({
    loadBalancer: {
      ...loadBalancing(account, `loadbalancer/app/${name}/${hex(name, 16)}`),
      dnsName: `${name}.${account.region}.elb.amazonaws.com`,
    },
  }),
};

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function arn({ id, partition, region }: Account, service: string, resource: string): string {
  return `arn:${partition}:${service}:${region}:${id}:${resource}`;
}

function global({ id, partition }: Account, resource: string): string {
  return `arn:${partition}:iam::${id}:${resource}`;
}

function loadBalancing(account: Account, resource: string): Inputs {
  return withId(arn(account, "elasticloadbalancing", resource));
}

function withId(id: string): Inputs {
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
