import { InvalidArguments } from "../components";

/** A subnet and its zone. */
export interface ZonedSubnet {
  readonly id: string;
  readonly availabilityZoneId: string;
}

/** Least number of zones of an Application Load Balancer. Source: Elastic Load Balancing, CreateLoadBalancer. */
const leastZones = 2;

/**
 * One subnet of each zone that has the instance type. A zone may lack a type, use1-az3 lacks most types, and a group
 * fails to launch there; a load balancer takes one subnet per zone.
 * @throws InvalidArguments if that leaves too few zones for a load balancer.
 */
export function subnetsForType(
  subnets: readonly ZonedSubnet[],
  zones: readonly string[],
  instanceType: string,
): string[] {
  const byZone = new Map<string, string>();
  for (const { availabilityZoneId, id } of subnets)
    if (zones.includes(availabilityZoneId) && !byZone.has(availabilityZoneId))
      byZone.set(availabilityZoneId, id);
  if (byZone.size < leastZones) {
    throw new InvalidArguments("The stack", [
      {
        argument: "instanceType",
        value: instanceType,
        allowed: `a type that at least ${leastZones} zones offer in which the default VPC has a public subnet; ${counted(byZone.size)}`,
        cure: "Take another type, or give vpcId and subnetIds.",
      },
    ]);
  }
  return [...byZone.values()];
}

function counted(zones: number): string {
  return zones === 0 ? "none does" : "only one does";
}
