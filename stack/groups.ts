import { PoolState, type Fields } from "../contract";
import type { GroupSettings, HookSettings, WarmPoolSettings } from "../simulator/world";
import { defaultDeregistrationDelay, deregistrationTime, isNetworkProtocol } from "../timing";
import { list, number, object, optionalText, text, texts, type All } from "./fields";
import { launchOf } from "./launch";

/** Reads the Auto Scaling groups of a program. */
export function groupsIn(all: All): GroupSettings[] {
  return all("aws:autoscaling/group:Group").map((group) => groupSettings(group, all));
}

function groupSettings(group: Fields, all: All): GroupSettings {
  const name = text(group["name"]);
  const separate = all("aws:autoscaling/lifecycleHook:LifecycleHook").filter(
    (hook) => hook["autoscalingGroupName"] === name,
  );
  const tags = [...list(group["tags"]), ...separateTags(name, all)];
  const overrides = list(object(object(group["mixedInstancesPolicy"])["launchTemplate"])["overrides"]);
  const triggers = object(object(group["instanceLifecyclePolicy"])["retentionTriggers"]);
  return {
    name,
    arn: text(group["arn"]),
    minSize: number(group["minSize"], 0),
    maxSize: number(group["maxSize"], Infinity),
    desiredCapacity: number(group["desiredCapacity"] ?? group["minSize"], 0),
    hooks: hooksOf([...list(group["initialLifecycleHooks"]), ...separate]),
    deregistrationDelay: delayOf(group, all),
    retains: triggers["terminateHookAbandon"] === "retain",
    ...(group["capacityRebalance"] === true ? { capacityRebalance: true } : {}),
    terminationPolicies: texts(group["terminationPolicies"]),
    zones: zonesOf(texts(group["vpcZoneIdentifiers"]), text(group["arn"])),
    imageOverrides: overrides.flatMap((one) => optionalText(one["imageId"]) ?? []),
    tags: asRecord(tags),
    instanceTags: asRecord(tags.filter((tag) => tag["propagateAtLaunch"] === true)),
    isManaged: isManaged(group, all),
    targetGroupArns: [...new Set(targetsOf(group, all))],
    launch: launchOf(group),
    ...(group["warmPool"] === undefined ? {} : { warmPool: warmPoolOf(object(group["warmPool"])) }),
  };
}

/** A group of the provider has its warm pool as a property; -1 stands for no limit of its own. */
function warmPoolOf(pool: Fields): WarmPoolSettings {
  const prepared = number(pool["maxGroupPreparedCapacity"], -1);
  return {
    minSize: number(pool["minSize"], 0),
    maxGroupPreparedCapacity: prepared < 0 ? undefined : prepared,
    poolState: Object.values(PoolState).find((one) => one === pool["poolState"]) ?? PoolState.Stopped,
    reuseOnScaleIn: object(pool["instanceReusePolicy"])["reuseOnScaleIn"] === true,
  };
}

/** Zones of subnets, of which a program knows no more than their ids: each subnet is taken to be in a zone of its own. */
export function zonesOf(subnets: readonly string[], groupArn: string): string[] {
  const [, , , region = "us-east-1"] = groupArn.split(":");
  const letters = ["a", "b", "c", "d", "e", "f"].slice(0, Math.max(1, new Set(subnets).size));
  return letters.map((letter) => `${region}${letter}`);
}

/** Hooks by name; hooks that are resources come after the hooks that the group is created with. */
export function hooksOf(hooks: readonly Fields[]): HookSettings[] {
  return [...new Map(hooks.map((hook) => [text(hook["name"]), hookSettings(hook)])).values()];
}

/** Tags that were added to a group made elsewhere. */
export function separateTags(group: string, all: All): readonly Fields[] {
  return all("aws:autoscaling/tag:Tag")
    .filter((one) => one["autoscalingGroupName"] === group)
    .map((one) => object(one["tag"]));
}

export function asRecord(tags: readonly Fields[]): Readonly<Record<string, string>> {
  return Object.fromEntries(tags.map((tag) => [text(tag["key"]), text(tag["value"])]));
}

/** ARNs of the target groups of a group, however they are attached. */
function targetsOf(group: Fields, all: All): string[] {
  const name = text(group["name"]);
  const attached = [
    ...all("aws:autoscaling/attachment:Attachment").map((one) => ({
      group: one["autoscalingGroupName"],
      target: one["lbTargetGroupArn"],
    })),
    ...all("aws:autoscaling/trafficSourceAttachment:TrafficSourceAttachment").map((one) => ({
      group: one["autoscalingGroupName"],
      target: object(one["trafficSource"])["identifier"],
    })),
  ].filter((one) => one.group === name);
  return [
    ...texts(group["targetGroupArns"]),
    ...list(group["trafficSources"]).map(({ identifier }) => text(identifier)),
    ...attached.map(({ target }) => text(target)),
  ];
}

/** How long the slowest target group may take to deregister an instance, seconds; undefined without target groups. */
function delayOf(group: Fields, all: All): number | undefined {
  const targets = targetsOf(group, all);
  const known = targetGroupsIn(all);
  const delays = targets.map((arn) => known.get(arn) ?? defaultDeregistrationDelay);
  return delays.length > 0 ? Math.max(...delays) : undefined;
}

/** Times to deregister by ARN, seconds. */
function targetGroupsIn(all: All): ReadonlyMap<string, number> {
  const balancers = all("awsx:lb:ApplicationLoadBalancer").map((one) => ({
    ...object(one["defaultTargetGroup"]),
    deregistrationDelay: object(one["defaultTargetGroup"])["deregistrationDelay"],
  }));
  const targets = [
    ...all("aws:lb/targetGroup:TargetGroup"),
    ...all("aws:alb/targetGroup:TargetGroup"),
    ...balancers,
  ].map(object);
  return new Map(
    targets.map(({ arn, deregistrationDelay, protocol }) => [
      text(arn),
      deregistrationTime({
        deregistrationDelay: number(deregistrationDelay, defaultDeregistrationDelay),
        isNetwork: isNetworkProtocol(optionalText(protocol)),
      }),
    ]),
  );
}

function hookSettings(hook: Fields): HookSettings {
  const target = optionalText(hook["notificationTargetArn"]);
  const roleArn = optionalText(hook["roleArn"]);
  const metadata = optionalText(hook["notificationMetadata"]);
  return {
    name: text(hook["name"]),
    lifecycleTransition: text(hook["lifecycleTransition"]),
    heartbeatTimeout: number(hook["heartbeatTimeout"], 3600),
    defaultResult: optionalText(hook["defaultResult"]) ?? "ABANDON",
    ...(target === undefined ? {} : { notificationTargetArn: target }),
    ...(roleArn === undefined ? {} : { roleArn }),
    ...(metadata === undefined ? {} : { notificationMetadata: metadata }),
  };
}

/** An agent without permission never registers; we assume that a template or a profile from elsewhere permits it. */
function isManaged(group: Fields, all: All): boolean {
  const mixed = object(
    object(object(group["mixedInstancesPolicy"])["launchTemplate"])["launchTemplateSpecification"],
  );
  const id = object(group["launchTemplate"])["id"] ?? mixed["launchTemplateId"];
  const template = all("aws:ec2/launchTemplate:LaunchTemplate").find((one) => one["id"] === id);
  if (template === undefined) return true;
  const { arn, name } = object(template["iamInstanceProfile"]);
  if (arn === undefined && name === undefined) return false;
  const profile = all("aws:iam/instanceProfile:InstanceProfile").find((one) =>
    arn === undefined ? one["name"] === name : one["arn"] === arn,
  );
  return profile === undefined || policiesOf(profile["role"], all).some((policy) => managed.test(policy));
}

/** Policies of AWS that let an agent talk to SSM. */
const managed = /:policy\/(AmazonSSMManagedInstanceCore|service-role\/AmazonEC2RoleforSSM)$/;

function policiesOf(role: unknown, all: All): readonly string[] {
  const own = all("aws:iam/role:Role").find((one) => one["name"] === role);
  const attached = all("aws:iam/rolePolicyAttachment:RolePolicyAttachment").filter(
    (one) => one["role"] === role,
  );
  return [...attached.map((one) => text(one["policyArn"])), ...texts(own?.["managedPolicyArns"])];
}
