import type { Fields } from "../fields";

/** A zone as AWS names it: us-east-1a, which differs between accounts, and use1-az1, which does not. */
export interface Zone {
  readonly availabilityZone: string;
  readonly availabilityZoneId: string;
}

/** The Availability Zones of a Region; a rehearsal has two of them. */
export function zones(region: string): readonly Zone[] {
  const short = region
    .replace(/north|south|east|west|central|gov/g, ([initial = ""]) => initial)
    .replaceAll("-", "");
  return ["a", "b"].map((letter, index) => ({
    availabilityZone: `${region}${letter}`,
    availabilityZoneId: `${short}-az${index + 1}`,
  }));
}

/** The zone of a subnet; neighbouring subnets are in different zones. */
export function zoneOf(region: string, subnetId: string): Fields {
  return { ...zones(region)[parseInt(subnetId.slice(-1), 16) % 2] };
}
