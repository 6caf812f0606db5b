import {
  DescribeLifecycleHooksCommand,
  paginateDescribePolicies,
  type AutoScalingGroup,
  type LifecycleHook,
} from "@aws-sdk/client-auto-scaling";
import type { Resource } from "../../../../policy/stack/resource";
import { nameOfGroup } from "../../groups";
import { translated } from "../../aws/errors";
import { launchOf } from "./launch";
import { found, type Reads } from "./reads";
import { resource } from "./resource";

/**
 * The tag that ECS wants on the groups of its capacity providers. A program's group with the tag may get hooks of ECS;
 * the hooks of a group of an account are all there to read.
 */
const managedByEcs = "AmazonECSManaged";

/** A group as a program would give it. */
export function groupResource(group: AutoScalingGroup): Resource {
  const name = nameOfGroup(group);
  const { AutoScalingGroupARN: arn = name, InstanceLifecyclePolicy, Tags = [] } = group;
  return resource("group", arn, name, {
    name,
    arn,
    minSize: group.MinSize,
    maxSize: group.MaxSize,
    desiredCapacity: group.DesiredCapacity,
    targetGroupArns: group.TargetGroupARNs,
    trafficSources: group.TrafficSources?.map(({ Identifier, Type }) => ({
      identifier: Identifier,
      type: Type,
    })),
    ...launchOf(group),
    instanceLifecyclePolicy: {
      retentionTriggers: {
        terminateHookAbandon: InstanceLifecyclePolicy?.RetentionTriggers?.TerminateHookAbandon,
      },
    },
    warmPool: group.WarmPoolConfiguration && {
      minSize: group.WarmPoolConfiguration.MinSize,
      poolState: group.WarmPoolConfiguration.PoolState,
    },
    tags: Tags.filter(({ Key }) => Key !== managedByEcs).map(({ Key, PropagateAtLaunch, Value }) => ({
      key: Key,
      value: Value,
      propagateAtLaunch: PropagateAtLaunch,
    })),
  });
}

/** A hook as a program would give it. */
export function hookResource(group: AutoScalingGroup, hook: LifecycleHook): Resource {
  const { LifecycleHookName: name = "" } = hook;
  return resource("hook", `${group.AutoScalingGroupARN ?? ""}/lifecycleHook/${name}`, name, {
    name,
    autoscalingGroupName: group.AutoScalingGroupName,
    lifecycleTransition: hook.LifecycleTransition,
    heartbeatTimeout: hook.HeartbeatTimeout,
    defaultResult: hook.DefaultResult,
    notificationTargetArn: hook.NotificationTargetARN,
    notificationMetadata: hook.NotificationMetadata,
    roleArn: hook.RoleARN,
  });
}

/** The hooks of a group. @throws AccountError where AWS denies them, as nothing can be said without them */
export async function readHooks({ account, look }: Reads, group: AutoScalingGroup): Promise<LifecycleHook[]> {
  const { AutoScalingGroupName } = group;
  const hooks = await look({
    what: "hooks",
    action: "autoscaling:DescribeLifecycleHooks",
    key: nameOfGroup(group),
    // An error of this read ends the command.
    make: () =>
      translated(() =>
        account.clients.autoScaling.send(new DescribeLifecycleHooksCommand({ AutoScalingGroupName })),
      ),
  });
  return found(hooks)?.LifecycleHooks ?? [];
}

/** The simple scaling policies of the Region; the rules look at no others. */
export async function readScalingPolicies({ account, look }: Reads): Promise<Resource[]> {
  const policies = await look({
    what: "simple scaling beside hooks",
    action: "autoscaling:DescribePolicies",
    key: "",
    make: async () => {
      const pages = paginateDescribePolicies(
        { client: account.clients.autoScaling, pageSize: 100 },
        { PolicyTypes: ["SimpleScaling"] },
      );
      const all: Resource[] = [];
      for await (const { ScalingPolicies = [] } of pages)
        all.push(
          ...ScalingPolicies.map(({ AutoScalingGroupName, PolicyARN = "", PolicyName = "", PolicyType }) =>
            resource("scalingPolicy", PolicyARN, PolicyName, {
              name: PolicyName,
              autoscalingGroupName: AutoScalingGroupName,
              policyType: PolicyType,
            }),
          ),
        );
      return all;
    },
  });
  return found(policies) ?? [];
}
