import { referents, referentsOfList } from "./reference";
import { ofKind, type Resource, type Resources } from "./resource";
import { booleanAt, known, listAt, member, stringAt } from "./value";

/** Tags that a service puts on the groups that it makes. Sources: the EKS and the Elastic Beanstalk guides. */
const makersTags = ["eks:nodegroup-name", "elasticbeanstalk:environment-name"];

/** ECS asks for this tag on the groups that it scales. Source: ECS, CreateCapacityProvider. */
const managedByEcs = "AmazonECSManaged";

/** Whether a service or another program makes the group, puts hooks on the group and deletes it. */
export function isOfOthers(group: Resource): boolean {
  return group.isRead || tagsOf(group).some((key) => makersTags.includes(key));
}

/**
 * Whether another service puts hooks of its own on a group: a capacity provider of ECS drains the instances unless
 * managed draining is disabled (ECS, managed instance draining), and CodeDeploy hooks terminations if a deployment
 * group asks for that (CodeDeploy, terminationHookEnabled). A capacity provider may also be part of another stack.
 */
export function othersMayHook(resources: Resources, group: Resource): boolean {
  return (
    isOfOthers(group) ||
    isDrainedByEcs(resources, group) ||
    ofKind(resources, "deploymentGroup").some(
      (one) =>
        booleanAt(one.props, "terminationHookEnabled") === true &&
        referentsOfList(one, "autoscalingGroups", [group]).found.length > 0,
    )
  );
}

function isDrainedByEcs(resources: Resources, group: Resource): boolean {
  const providers = ofKind(resources, "capacityProvider").filter((one) => {
    const arn = stringAt(settingsOf(one), "autoScalingGroupArn");
    return referents(one, "autoScalingGroupProvider", [arn], [group]).found.length > 0;
  });
  return providers.length > 0
    ? providers.some((one) => known(stringAt(settingsOf(one), "managedDraining")) !== "DISABLED")
    : tagsOf(group).includes(managedByEcs);
}

function settingsOf(capacityProvider: Resource): unknown {
  return member(capacityProvider.props, "autoScalingGroupProvider");
}

function tagsOf({ props }: Resource): string[] {
  return listAt(props, "tags").flatMap((tag) => known(stringAt(tag, "key")) ?? []);
}
