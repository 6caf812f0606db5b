import { isNetworkProtocol } from "../../timing";
import { referents, referentsOf, referentsOfList } from "./reference";
import { ofKind, type Resource, type Resources } from "./resource";
import { listAt, member, notYetKnown, stringAt } from "./value";

/** The target groups that a group names itself. */
export function ownTargetGroups(resources: Resources, group: Resource): Resource[] {
  const candidates = ofKind(resources, "targetGroup");
  const sources = listAt(group.props, "trafficSources").map((source) => stringAt(source, "identifier"));
  const found = [
    ...referentsOfList(group, "targetGroupArns", candidates).found,
    ...referents(group, "trafficSources", sources, candidates).found,
  ];
  return [...new Set(found)];
}

/** The target groups that resources of their own attach to a group. */
export function attachedTargetGroups(resources: Resources, group: Resource): Resource[] {
  const candidates = ofKind(resources, "targetGroup");
  const attached = ofKind(resources, "attachment", "trafficSourceAttachment").filter(
    (one) => referentsOf(one, "autoscalingGroupName", [group]).found.length > 0,
  );
  return attached.flatMap((one) => {
    const identifier = stringAt(member(one.props, "trafficSource"), "identifier");
    return [
      ...referentsOf(one, "lbTargetGroupArn", candidates).found,
      ...referents(one, "trafficSource", [identifier], candidates).found,
    ];
  });
}

/** Whether a Network Load Balancer forwards to a target group; false where that is not known yet. */
export function isOfNetwork(props: Resource["props"]): boolean {
  const protocol = stringAt(props, "protocol");
  return protocol !== notYetKnown && isNetworkProtocol(protocol);
}
