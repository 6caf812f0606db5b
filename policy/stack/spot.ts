import type { Group } from "./group";
import { configurationsOf, templatesOf } from "./launch";
import type { Resource, Resources } from "./resource";
import { known, member, numberAt, stringAt } from "./value";

/**
 * Whether a group certainly has Spot instances: by its mixed instances policy, its launch template or its launch
 * configuration.
 */
export function hasSpotInstances(resources: Resources, { resource }: Pick<Group, "resource">): boolean {
  const distribution = member(member(resource.props, "mixedInstancesPolicy"), "instancesDistribution");
  const onDemandShare = known(numberAt(distribution, "onDemandPercentageAboveBaseCapacity"));
  if (onDemandShare !== undefined && onDemandShare < 100) {
    // An On-Demand base that covers all instances leaves no Spot instance; the provider computes a base that is not
    // given.
    const base = known(numberAt(distribution, "onDemandBaseCapacity")) ?? 0;
    return base < (known(numberAt(resource.props, "maxSize")) ?? Infinity);
  }
  return (
    templatesOf(resources, resource).some(isOfSpot) || configurationsOf(resources, resource).some(isOfSpot)
  );
}

/** A launch template names its market, a launch configuration the price of Spot. */
function isOfSpot({ props }: Resource): boolean {
  const price = stringAt(props, "spotPrice");
  return (
    stringAt(member(props, "instanceMarketOptions"), "marketType") === "spot" ||
    (typeof price === "string" && price !== "")
  );
}
