import type { Fields } from "../contract";
import { decodeInstructions, retains } from "../contract";
import type { GroupSettings, HookSettings } from "../simulator/world";
import { object, text, type All } from "./fields";
import { asRecord, hooksOf, separateTags, zonesOf } from "./groups";

/** Finds groups of another stack for which the program has hooks. */
export function groupsElsewhere(all: All): {
  readonly groups: readonly GroupSettings[];
  readonly leftOut: readonly string[];
} {
  const own = new Set(all("aws:autoscaling/group:Group").map((group) => text(group["name"])));
  const hooks = new Map<string, Fields[]>();
  for (const hook of all("aws:autoscaling/lifecycleHook:LifecycleHook")) {
    const name = text(hook["autoscalingGroupName"]);
    if (own.has(name) || name === "") continue;
    hooks.set(name, [...(hooks.get(name) ?? []), hook]);
  }
  const groups = [...hooks].map(([name, found]) => groupElsewhere(name, found, all));
  return {
    groups,
    leftOut: groups.map(
      ({ name }) =>
        `The group ${name} is made elsewhere: it is played without hooks, tags and target groups that this program does not give it.`,
    ),
  };
}

function groupElsewhere(name: string, hooks: readonly Fields[], all: All): GroupSettings {
  const settings = hooksOf(hooks);
  const instructions = settings.flatMap(
    ({ notificationMetadata }) => decodeInstructions(notificationMetadata) ?? [],
  );
  const delays = instructions.flatMap(({ deregistrationDelay }) => deregistrationDelay);
  const tags = asRecord(separateTags(name, all));
  return {
    name,
    arn: arnOf(name, settings, all),
    minSize: 0,
    maxSize: Infinity,
    desiredCapacity: 0,
    hooks: settings,
    deregistrationDelay: delays.length > 0 ? Math.max(...delays) : undefined,
    retains: instructions.some(({ onFailure }) => retains(onFailure)),
    imageOverrides: [],
    targetGroupArns: [],
    launch: {},
    terminationPolicies: [],
    zones: zonesOf([], arnOf(name, settings, all)),
    tags,
    instanceTags: { ...tags, ...instanceTagOf(name, all) },
    isManaged: true,
  };
}

/** The tag that the group's instances carry, as `GracefulLifecycle` gets it. */
function instanceTagOf(group: string, all: All): Readonly<Record<string, string>> {
  const lifecycles = all("graceful-asg:index:GracefulLifecycle").filter(
    ({ groupName }) => groupName === group,
  );
  return asRecord(lifecycles.map(({ instanceTag }) => object(instanceTag)));
}

/** The group's ARN, in the account and the Region of the topic of its hooks, or of any function of the program. */
function arnOf(name: string, hooks: readonly HookSettings[], all: All): string {
  const functions = all("aws:lambda/function:Function").map(({ arn }) => text(arn));
  const [known = ""] = [...hooks.flatMap((hook) => hook.notificationTargetArn ?? []), ...functions];
  const [, partition = "aws", , region = "us-east-1", account = "123456789012"] = known.split(":");
  return `arn:${partition}:autoscaling:${region}:${account}:autoScalingGroup:elsewhere:autoScalingGroupName/${name}`;
}
