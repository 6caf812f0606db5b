import type { Group } from "./group";
import { referents } from "./reference";
import { ofKind, type Resources } from "./resource";
import { known, member, numberAt, stringAt } from "./value";

/** Whether a group certainly has Spot instances: by its mixed instances policy, or by its launch template. */
export function hasSpotInstances(resources: Resources, { resource }: Group): boolean {
  const distribution = member(member(resource.props, "mixedInstancesPolicy"), "instancesDistribution");
  const onDemandShare = known(numberAt(distribution, "onDemandPercentageAboveBaseCapacity"));
  if (onDemandShare !== undefined && onDemandShare < 100) {
    // A base that covers all instances leaves none; the provider computes one that is not given.
    const base = known(numberAt(distribution, "onDemandBaseCapacity")) ?? 0;
    return base < (known(numberAt(resource.props, "maxSize")) ?? Infinity);
  }
  const template = member(resource.props, "launchTemplate");
  const named = [stringAt(template, "id"), stringAt(template, "name")];
  return referents(resource, "launchTemplate", named, ofKind(resources, "launchTemplate")).found.some(
    ({ props }) => stringAt(member(props, "instanceMarketOptions"), "marketType") === "spot",
  );
}
